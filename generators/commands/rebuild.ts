import { execa } from 'execa';
import type { Command } from '../command.ts';
import { parseCommand } from '../command.ts';
import { commands } from '../commands.ts';
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
    for (const entry of commands) {
      const [group, kind] = entry.name.split(' ');
      if (group !== 'snapshot' || kind === undefined || (only !== undefined && !only.includes(kind))) continue;
      await takeSnapshot(entry.name, out === undefined ? [] : ['--out', out]);
    }
    const override = input === undefined ? [] : ['--override-input', input, `path:${out}`];
    const { exitCode } = await execa(program, [...args, ...override], { stdio: 'inherit', reject: false });
    return exitCode === 0 ? 0 : 1;
  },
};

/** Old evidence is better than no rebuild. */
async function takeSnapshot(name: string, args: string[]): Promise<void> {
  try {
    const entry = commands.find((one) => one.name === name);
    const loaded = await entry?.load();
    if (loaded !== undefined) await loaded.command.run(parseCommand(loaded.command, args));
  } catch (error) {
    const why = error instanceof UserError ? error.message : String((error as Error).stack ?? error);
    console.error(`${name}: not taken: ${why}`);
  }
}
