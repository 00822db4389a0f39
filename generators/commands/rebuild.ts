import { execa } from 'execa';
import { snapshotKinds } from '../analyses.ts';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';

export const command: Command = {
  name: 'rebuild',
  usage: '[--out DIR] [--input NAME] [--only KIND] -- COMMAND …',
  description: `Takes the snapshots anew, then runs the command (nixos-rebuild, home-manager, nh) as it stands.

A snapshot that cannot be taken is said and leaves the one before it; it never stops the rebuild. With
--input, the command gets --override-input NAME path:DIR, for a flake that has the snapshots as an input.
The exit status is 0 if the command's is, else 1.`,
  options: {
    out: { type: 'string', value: 'DIR', help: 'folder of the snapshots (as for `snapshot …`)' },
    input: { type: 'string', value: 'NAME', help: 'the flake input that the snapshots are' },
    only: { type: 'string', multiple: true, value: 'KIND', help: 'take only these: shell, git, …' },
  },
  run: async ({ values, positionals }) => {
    const [program, ...args] = positionals;
    if (program === undefined) {
      throw new UserError('usage', 'no command to run', {
        hint: 'nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .',
      });
    }
    const out = values.out as string | undefined;
    const input = values.input as string | undefined;
    if (input !== undefined && out === undefined) {
      throw new UserError('usage', '--input needs --out: the folder that the input is to be');
    }
    const only = values.only as string[] | undefined;
    for (const { command: typed } of snapshotKinds) {
      // `nixos-intelligence snapshot shell`
      const words = typed.split(' ').slice(1);
      if (only === undefined || only.includes(words.at(-1) ?? '')) {
        await takeSnapshot(words, out === undefined ? [] : ['--out', out]);
      }
    }
    const override = input === undefined ? [] : ['--override-input', input, `path:${out}`];
    const { exitCode } = await execa(program, [...args, ...override], { stdio: 'inherit', reject: false });
    return exitCode === 0 ? 0 : 1;
  },
};

/** By this very program, as typed. Old evidence is better than no rebuild: a failure is only said. */
async function takeSnapshot(words: readonly string[], args: readonly string[]): Promise<void> {
  const self = process.argv[1] as string;
  const { exitCode } = await execa(process.execPath, [self, ...words, ...args], { stdio: 'inherit', reject: false });
  if (exitCode !== 0) console.error(`${words.join(' ')}: not taken, going on with what is there`);
}
