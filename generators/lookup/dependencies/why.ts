import { wayFinder } from '../../questions/dependency-graph/ways.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { LoadedGraph } from './read-graph.ts';

/** Who keeps one store path, and by which references. */
export interface Why {
  node: number;
  name: string;
  size: number;
  /** Declared packages of which it is an output, with what the other evidence says of them. */
  declared: { id: string; in: string[]; by: string[]; notes: string[] }[];
  /** The shortest chain of references from every declared package that needs it, shortest first. */
  packages: KeptBy[];
  /** The like for enabled options, by what they keep beside declared packages. */
  options: KeptBy[];
  base: number[] | null;
}

export interface KeptBy {
  name: string;
  /** From an output of the package to the path itself. */
  way: number[];
}

/** Answers for several paths: the graph is turned round once. */
export function whyOf(
  { file, store, holders }: LoadedGraph,
  nodes: readonly number[],
  profiles: readonly ToolProfile[] = [],
): Why[] {
  const notes = new Map(profiles.map((profile) => [profile.id, profile.notes.map(({ text }) => text)]));
  const waysTo = wayFinder(store.graph);
  const declaredRoots = new Set(file.packages.flatMap(({ roots }) => roots));
  // An option whose path a declared package has too says nothing that the package does not say.
  const ownRoots = file.options.map(({ roots }) => ({ roots: roots.filter((node) => !declaredRoots.has(node)) }));
  return nodes.map((node) => {
    const declared = file.packages.filter(({ roots }) => roots.includes(node));
    const packages = waysTo(node, file.packages)
      .filter(({ nodes: way }) => way.length > 1)
      .map(({ holder, nodes: way }) => ({ name: file.packages[holder]?.id ?? '', way }));
    const options = waysTo(node, ownRoots).map(({ holder, nodes: way }) => ({
      name: file.options[holder]?.option ?? '',
      way,
    }));
    return {
      node,
      name: store.labels[node] as string,
      size: store.sizes[node] as number,
      declared: declared.map(({ id, declaredIn, by }) => ({ id, in: declaredIn, by, notes: notes.get(id) ?? [] })),
      packages,
      options,
      base: waysTo(node, [{ roots: holders.base }])[0]?.nodes ?? null,
    };
  });
}
