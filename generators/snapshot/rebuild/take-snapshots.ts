import path from 'node:path';
import { execa } from 'execa';
import { asCaller } from './as-caller.ts';

/**
 * Takes the snapshots before a rebuild, each by `nixos-intelligence snapshot KIND` in a process of its own. A failed
 * snapshot is reported and the previous file remains: old evidence is better than no rebuild.
 *
 * @param kinds `git`, `shell`
 * @param out folder of the snapshots; undefined: the default of the snapshot command
 * @param flake folder of the flake that is rebuilt, see `flakeFolder`
 */
export async function takeSnapshots(
  kinds: readonly string[],
  out: string | undefined,
  flake: string | null | undefined,
): Promise<void> {
  if (flake === null && out === undefined) {
    console.error(
      'nixos-intelligence: no snapshot taken, because the flake is not a folder on this machine; pass --out DIR',
    );
    return;
  }
  const self = [process.execPath, path.resolve(process.argv[1] ?? '')];
  const options = { stdio: 'inherit', reject: false, ...(flake ? { cwd: flake } : {}) } as const;
  for (const kind of kinds) {
    const snapshot = [...self, 'snapshot', kind, ...(out === undefined ? [] : ['--out', out])];
    const [program = '', ...args] = [...asCaller(process.getuid?.(), process.env), ...snapshot];
    const { exitCode } = await execa(program, args, options);
    // 1: the snapshot is written, and its command reported the problem.
    if (exitCode !== 0 && exitCode !== 1) console.error(`snapshot ${kind}: failed, the earlier snapshot is kept`);
  }
}
