import { byText } from '../../evidence/canonical.ts';
import { type Digraph, digraph } from '../../graph/digraph.ts';
import type { Closure } from '../../schema/closure.ts';
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
export function storeGraph(closure: Closure, roots: Iterable<string>): ReadStoreGraph {
  const described = new Map(closure.paths.map((path) => [path.path, path]));
  const references = new Map<string, string[]>();
  const mentions = new Map<string, number>();
  let unknownReferences = 0;
  const open = [...new Set(roots)].filter((path) => described.has(path));
  for (const path of open) references.set(path, []);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const own = references.get(path) as string[];
    for (const reference of new Set(described.get(path)?.references)) {
      if (reference === path) continue;
      if (!described.has(reference)) {
        unknownReferences++;
        continue;
      }
      own.push(reference);
      mentions.set(reference, (mentions.get(reference) ?? 0) + 1);
      if (!references.has(reference)) {
        references.set(reference, []);
        open.push(reference);
      }
    }
  }

  const ranked = [...references.keys()]
    .map((path) => ({ path, label: storeLabel(path), mentions: mentions.get(path) ?? 0 }))
    .sort((a, b) => b.mentions - a.mentions || byText(a.label, b.label) || byText(a.path, b.path));
  const nodeOf = new Map(ranked.map(({ path }, node) => [path, node]));
  const rows = ranked.map(({ path }) =>
    Uint32Array.from((references.get(path) as string[]).map((target) => nodeOf.get(target) as number)).sort(),
  );
  const commandsRead = closure.paths.some(({ commands }) => commands !== undefined);
  return {
    graph: digraph(rows),
    labels: ranked.map(({ label }) => label),
    sizes: Float64Array.from(ranked, ({ path }) => described.get(path)?.narSize ?? 0),
    nodeOf,
    commands: commandsRead ? ranked.map(({ path }) => described.get(path)?.commands ?? []) : null,
    unknownReferences,
  };
}
