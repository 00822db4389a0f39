import { at } from '../../at.ts';
import type { Closure } from '../../evidence/closure.ts';
import type { Digraph } from '../../graph/digraph.ts';
import { reachable } from '../../graph/reachable.ts';
import { byText } from '../../order.ts';
import { storeLabel } from '../../store-name.ts';

/** The references between store paths. */
export interface StoreGraph {
  references: Digraph;
  /** Names of the store paths without their hashes. */
  names: readonly string[];
  /** Bytes of each store path alone. */
  sizes: readonly number[];
}

/** A store graph made from a closure. */
export interface DescribedStoreGraph extends StoreGraph {
  /** Store path -> node. */
  nodeOf: ReadonlyMap<string, number>;
  /** Commands in the `bin/` of each path; null when the closure has no commands. */
  commands: readonly (readonly string[])[] | null;
  /** Number of references to paths that the closure does not describe; they are left out. */
  undescribedReferences: number;
}

/**
 * The part of a closure that `roots` reach. Paths with many referrers come first, so that frequent references
 * are short numbers. The order depends only on names, hashes and references.
 */
export function storeGraph({ paths }: Closure, roots: readonly string[]): DescribedStoreGraph {
  const indexOf = new Map(paths.map(({ path }, index) => [path, index]));
  const rows = paths.map(({ references }, source) =>
    [...new Set(references.flatMap((path) => indexOf.get(path) ?? []))].filter((target) => target !== source),
  );
  const reached = [
    ...reachable(
      rows,
      roots.flatMap((path) => indexOf.get(path) ?? []),
    ),
  ];
  const referrers = paths.map(() => 0);
  for (const source of reached) for (const target of at(rows, source)) referrers[target] = at(referrers, target) + 1;
  const ranked = reached
    .map((index) => ({ index, ...at(paths, index), name: storeLabel(at(paths, index).path) }))
    .sort(
      (a, b) => at(referrers, b.index) - at(referrers, a.index) || byText(a.name, b.name) || byText(a.path, b.path),
    );
  const nodes = paths.map(() => 0);
  ranked.forEach(({ index }, node) => {
    nodes[index] = node;
  });
  return {
    references: ranked.map(({ index }) =>
      at(rows, index)
        .map((target) => at(nodes, target))
        .sort((a, b) => a - b),
    ),
    names: ranked.map(({ name }) => name),
    sizes: ranked.map(({ narSize }) => narSize),
    nodeOf: new Map(ranked.map(({ path }, node) => [path, node])),
    commands: paths.some(({ commands }) => commands !== undefined)
      ? ranked.map(({ commands }) => commands ?? [])
      : null,
    undescribedReferences: ranked.flatMap(({ references }) => references).filter((path) => !indexOf.has(path)).length,
  };
}

/** The nodes of those paths that the graph has, each once, ascending. */
export function nodesOf(nodeOf: ReadonlyMap<string, number>, paths: readonly string[]): number[] {
  return [...new Set(paths.flatMap((path) => nodeOf.get(path) ?? []))].sort((a, b) => a - b);
}
