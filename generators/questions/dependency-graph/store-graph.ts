import type { Closure, ClosurePath } from '../../evidence/closure.ts';
import { type Digraph, digraph } from '../../graph/digraph.ts';
import { byText } from '../../order.ts';
import { storeLabel } from '../../store-name.ts';

/** The references between store paths, without their hashes. */
export interface StoreGraph {
  graph: Digraph;
  /** Names without hash. */
  labels: string[];
  /** Bytes of each path alone. */
  sizes: Float64Array;
}

/** A store graph made from evidence. */
export interface ReadStoreGraph extends StoreGraph {
  /** Store path -> node. */
  nodeOf: ReadonlyMap<string, number>;
  /** Commands in each path's `bin/`; null where the closure was taken without. */
  commands: (readonly string[])[] | null;
  /** References to paths that the closure does not describe; they are left out. */
  unknownReferences: number;
}

/**
 * The part of a closure that `roots` reach, most referenced first: what many refer to gets a short
 * number. The order depends on nothing but names, hashes and references.
 */
export function storeGraph({ paths }: Closure, roots: Iterable<string>): ReadStoreGraph {
  const described = new Map(paths.map(({ path }, index) => [path, index]));
  const read = rowsOf(paths, described);
  const reached = reachable(
    read.rows,
    [...roots].flatMap((path) => described.get(path) ?? []),
  );
  const mentions = new Uint32Array(paths.length);
  for (const index of reached) for (const target of read.rows[index] as Uint32Array) (mentions[target] as number)++;

  const ranked = reached
    .map((index) => ({
      index,
      entry: paths[index] as ClosurePath,
      label: storeLabel((paths[index] as ClosurePath).path),
    }))
    .sort(
      (a, b) =>
        (mentions[b.index] as number) - (mentions[a.index] as number) ||
        byText(a.label, b.label) ||
        byText(a.entry.path, b.entry.path),
    );
  const nodeAt = new Uint32Array(paths.length);
  ranked.forEach(({ index }, node) => {
    nodeAt[index] = node;
  });
  const rows = ranked.map(({ index }) =>
    (read.rows[index] as Uint32Array).map((target) => nodeAt[target] as number).sort(),
  );
  const commandsRead = paths.some(({ commands }) => commands !== undefined);
  return {
    graph: digraph(rows),
    labels: ranked.map(({ label }) => label),
    sizes: Float64Array.from(ranked, ({ entry }) => entry.narSize),
    nodeOf: new Map(ranked.map(({ entry }, node) => [entry.path, node])),
    commands: commandsRead ? ranked.map(({ entry }) => entry.commands ?? []) : null,
    unknownReferences: ranked.reduce((sum, { index }) => sum + (read.unknown[index] as number), 0),
  };
}

/** References by number, each once, without a path's own; and how many of each path lead nowhere. */
function rowsOf(
  paths: readonly ClosurePath[],
  described: ReadonlyMap<string, number>,
): { rows: Uint32Array[]; unknown: Uint32Array } {
  const unknown = new Uint32Array(paths.length);
  const lastSource = new Int32Array(paths.length).fill(-1);
  const rows = paths.map(({ references }, source) => {
    const row: number[] = [];
    for (const reference of references) {
      const target = described.get(reference);
      if (target === undefined) (unknown[source] as number)++;
      else if (target !== source && lastSource[target] !== source) {
        lastSource[target] = source;
        row.push(target);
      }
    }
    return Uint32Array.from(row);
  });
  return { rows, unknown };
}

function reachable(rows: readonly Uint32Array[], roots: readonly number[]): number[] {
  const seen = new Uint8Array(rows.length);
  const found: number[] = [];
  const open = [...roots];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (seen[index] === 1) continue;
    seen[index] = 1;
    found.push(index);
    for (const target of rows[index] as Uint32Array) if (seen[target] === 0) open.push(target);
  }
  return found;
}
