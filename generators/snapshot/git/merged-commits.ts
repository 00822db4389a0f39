import type { FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import type { FileChange, LogEntry } from './read-log.ts';
import { shapeName, toolKey } from './timeline.ts';

/** The declarations of a blob; undefined: the clone lacks the blob. */
export type DeclarationsOf = (blob: string) => FileDeclarations | undefined;

/** Returns the commits from the root to `head`, following first parents. */
export function firstParentLine(byHash: ReadonlyMap<string, LogEntry>, head: string): LogEntry[] {
  const line: LogEntry[] = [];
  for (let at = byHash.get(head); at !== undefined; at = byHash.get(at.parents[0] ?? '')) line.push(at);
  return line.reverse();
}

/**
 * Returns a function from a commit of the first-parent line to the commits that it merges, newest first. Each commit is
 * returned once, so ask in the order of the line.
 *
 * @param log parents before children
 */
export function mergedCommits(log: readonly LogEntry[], byHash: ReadonlyMap<string, LogEntry>) {
  const order = new Map(log.map(({ hash }, index) => [hash, index]));
  const seen = new Set<string>();
  return (commit: LogEntry): LogEntry[] => {
    const merged: { entry: LogEntry; index: number }[] = [];
    const open = commit.parents.slice(1);
    for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
      const entry = byHash.get(hash);
      if (entry === undefined || seen.has(hash)) continue;
      seen.add(hash);
      merged.push({ entry, index: order.get(hash) ?? 0 });
      open.push(...entry.parents);
    }
    seen.add(commit.hash);
    return merged.sort((a, b) => b.index - a.index).map(({ entry }) => entry);
  };
}

/** Returns the newest of the merged commits that made this change to a tool itself. */
export function authorOfChange(
  merged: readonly LogEntry[],
  key: string,
  change: 'added' | 'removed' | 'any',
  declarationsOf: DeclarationsOf,
): LogEntry | undefined {
  return merged.find((entry) => {
    if (entry.parents.length > 1) return false;
    return change === 'any' ? differs(entry, key, declarationsOf) : effectOn(entry, key, declarationsOf) === change;
  });
}

/** The change of a commit to a tool, by the files that it changes; undefined: none. */
export function effectOn(
  entry: LogEntry,
  key: string,
  declarationsOf: DeclarationsOf,
): 'added' | 'removed' | undefined {
  const isBefore = entriesOf(entry, key, 'before', declarationsOf).length > 0;
  const isAfter = entriesOf(entry, key, 'after', declarationsOf).length > 0;
  if (isBefore === isAfter) return undefined;
  return isAfter ? 'added' : 'removed';
}

function differs(entry: LogEntry, key: string, declarationsOf: DeclarationsOf): boolean {
  const [before, after] = (['before', 'after'] as const).map((side) => entriesOf(entry, key, side, declarationsOf));
  return before?.join() !== after?.join();
}

function entriesOf(
  { changes }: LogEntry,
  key: string,
  side: keyof Pick<FileChange, 'before' | 'after'>,
  declarationsOf: DeclarationsOf,
): string[] {
  return changes
    .flatMap((change) => {
      const blob = change[side];
      const declared = blob === null ? [] : (declarationsOf(blob)?.declarations ?? []);
      return declared
        .filter(({ kind, name }) => toolKey(kind, name) === key)
        .map((declaration) => `${change.path}#${declaration.list} ${shapeName(declaration)}`);
    })
    .sort();
}
