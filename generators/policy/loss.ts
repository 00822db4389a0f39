import { relative } from 'node:path';
import type { GitLines } from './git-state.ts';
import { isMadeAgain } from './made-again.ts';

/** What a call would lose, for a reason; `'unknown'` if git could not say in time; null: nothing. */
export type Loss = string | 'unknown' | null;

/** A file of `git status`: its state in the index and in the work tree, and its absolute path. */
export interface ChangedFile {
  /** Two letters, as `git status` prints them: `??` is untracked, `!!` ignored. */
  state: string;
  path: string;
}

/** The changes that `git status --porcelain` lists; its paths are relative to the root of the work tree. */
export function changedFiles(lines: GitLines, tree: string): ChangedFile[] | 'slow' {
  if (lines === 'slow') return 'slow';
  return (lines ?? []).map((line) => ({
    state: line.slice(0, 2),
    path: `${tree}/${line.slice(3).replace(/^"|"$/g, '').replace(/\/$/, '')}`,
  }));
}

/** The first of the changes that no program makes again, in words. */
export function lostFiles(files: readonly ChangedFile[] | 'slow', tree: string): Loss {
  if (files === 'slow') return 'unknown';
  const lost = files.filter(
    ({ state, path }) => !(/^(\?\?|!!)$/.test(state) && isMadeAgain(path, tree, state === '!!')),
  );
  const [first] = lost;
  if (first === undefined) return null;
  const kind = { '??': 'the untracked', '!!': 'the ignored' }[first.state] ?? 'uncommitted changes in';
  const more = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
  return `${kind} \`${relative(tree, first.path).replaceAll('`', "'")}\`${more}`;
}

/** The first loss of several; what is behind the first is not looked at. */
export function firstLoss(...losses: (() => Loss)[]): Loss {
  for (const loss of losses) {
    const value = loss();
    if (value !== null) return value;
  }
  return null;
}
