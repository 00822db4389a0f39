import { git } from '../../snapshot/git/git.ts';
import { shortHash } from '../../snapshot/git/short-hash.ts';

/** When a line last changed; `uncommitted`: it differs from the last commit, or its file is not in it. */
export type LineChange = { uncommitted: true } | { commit: string; day: string; subject: string };

/** @returns null outside of a git repository, without git, and for a line that the file does not have */
export async function lastChange(root: string, file: string, line: number): Promise<LineChange | null> {
  const blame = await gitOrNull(root, ['blame', '--porcelain', '-L', `${line},${line}`, '--', file]);
  if (blame === null) {
    const untracked = await gitOrNull(root, ['ls-files', '--others', '--', file]);
    return untracked === null || untracked === '' ? null : { uncommitted: true };
  }
  const [, hash = ''] = /^([0-9a-f]{40,64}) /.exec(blame) ?? [];
  if (/^0*$/.test(hash)) return hash === '' ? null : { uncommitted: true };
  const seconds = Number(/^committer-time (\d+)$/m.exec(blame)?.[1] ?? Number.NaN);
  return {
    commit: shortHash(hash),
    day: Number.isNaN(seconds) ? '' : new Date(1000 * seconds).toISOString().slice(0, 10),
    subject: /^summary (.*)$/m.exec(blame)?.[1] ?? '',
  };
}

/** The lines that differ from the last commit, by `.nix` file; empty without git. */
export async function uncommittedLines(root: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const diff = await gitOrNull(root, [
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--no-prefix',
    '--relative',
    'HEAD',
    '--',
    '*.nix',
  ]);
  const found = new Map<string, number[]>();
  let lines: number[] = [];
  for (const line of (diff ?? '').split('\n')) {
    const [, file] = /^\+\+\+ (.+?)\t?$/.exec(line) ?? [];
    if (file !== undefined) {
      lines = [];
      found.set(file, lines);
    }
    const [, first, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    // Of lines that were only removed, the one before them is left.
    for (let index = 0; first !== undefined && index < Math.max(1, Number(count)); index += 1)
      lines.push(Number(first) + index);
  }
  return found;
}

async function gitOrNull(root: string, args: readonly string[]): Promise<string | null> {
  return git(root, args).catch(() => null);
}
