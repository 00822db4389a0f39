import { homedir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../errors.ts';
import { snapshots } from '../evidence/snapshots.ts';
import type { Command } from './command.ts';
import { asCaller } from './rebuild/as-caller.ts';
import { flakeFolder } from './rebuild/flake-folder.ts';
import { mayBeDropped, overrideInput } from './rebuild/override-input.ts';
import { runThrough } from './rebuild/run-through.ts';

const example = 'nixos-intelligence rebuild -- sudo nixos-rebuild switch --flake .';

export const command: Command = {
  name: 'rebuild',
  usage: '[--out DIR] [--input NAME] [--only KIND] -- COMMAND …',
  description: `Takes the snapshots anew, then runs the command (nixos-rebuild, home-manager, nh) as it stands:

  ${example}

The snapshots are those of the flake that the command names, or else rebuilds by default, and of the user,
also below sudo. One that cannot be taken is said and leaves the one before it; it never stops the rebuild.
With --input, the command gets --override-input NAME path:DIR, for a flake that has the snapshots as an
input. The exit status is the command's.`,
  options: {
    out: { type: 'string', value: 'DIR', help: 'folder of the snapshots (default: intelligence/<user> of that flake)' },
    input: { type: 'string', value: 'NAME', help: 'the flake input that the snapshots are; needs --out' },
    only: { type: 'string', multiple: true, value: 'KIND', help: `take only these: ${kinds().join(', ')}` },
  },
  run: async ({ values, positionals }) => {
    if (positionals.length === 0) throw new UserError('usage', 'no command to run', { hint: example });
    const out = values.out === undefined ? undefined : path.resolve(values.out as string);
    const input = values.input as string | undefined;
    if (input !== undefined && out === undefined) {
      throw new UserError('usage', '--input needs --out: the folder that the input is to be', {
        hint: `nixos-intelligence rebuild --input ${input} --out ~/.local/state/nixos-intelligence/snapshots -- ${positionals.join(' ')}`,
      });
    }
    const only = (values.only as string[] | undefined) ?? kinds();
    const unknown = only.find((kind) => !kinds().includes(kind));
    if (unknown !== undefined) {
      throw new UserError('usage', `no such kind of snapshot: \`${unknown}\``, {
        hint: `--only ${kinds().join(' or ')}`,
      });
    }
    await takeSnapshots(only, out, flakeFolder(positionals, { home: homedir(), environment: process.env }));
    if (input !== undefined && mayBeDropped(positionals)) {
      console.error(
        `nixos-intelligence: nixos-rebuild may take only your own --override-input, and not that of \`${input}\`; lock yours in the flake`,
      );
    }
    return runThrough(input === undefined ? positionals : overrideInput(positionals, input, out as string));
  },
};

/** `git` of `nixos-intelligence snapshot git`. */
function kinds(): string[] {
  return snapshots.map(({ kind }) => kind);
}

/** By this very program, as typed. Old evidence is better than no rebuild: a failure is only said. */
async function takeSnapshots(
  only: readonly string[],
  out: string | undefined,
  flake: string | null | undefined,
): Promise<void> {
  if (flake === null && out === undefined) {
    console.error('nixos-intelligence: no snapshot taken, for the flake is no folder here; say where with --out DIR');
    return;
  }
  const caller = asCaller(process.getuid?.(), process.env);
  for (const kind of only) {
    const snapshot = [process.execPath, process.argv[1] as string, 'snapshot', kind];
    const [program, ...args] = [...caller, ...snapshot, ...(out === undefined ? [] : ['--out', out])] as [string];
    const { exitCode } = await execa(program, args, {
      stdio: 'inherit',
      reject: false,
      ...(flake ? { cwd: flake } : {}),
    });
    if (exitCode !== 0) console.error(`snapshot ${kind}: not taken, going on with what is there`);
  }
}
