import { at } from '../../at.ts';
import { chainFinder } from '../../questions/dependency-graph/reference-chains.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { LoadedGraph } from './load-graph.ts';

/** The declared packages and options that retain a store path, with the chains of references. */
export interface Why {
  node: number;
  storeName: string;
  /** Bytes. */
  size: number;
  /** Declared packages of which it is an output, with other evidence about them. */
  declared: { id: string; declaredIn: string[]; addedByOptions: string[]; notes: string[] }[];
  /** Declared packages that need it, shortest chain first. */
  packages: RetainerChain[];
  /** Enabled options that need it apart from declared packages, shortest chain first. */
  options: RetainerChain[];
  /** The shortest chain from the base system. */
  base: number[] | null;
}

/** The shortest chain of references from a package or option to the path, both included. */
interface RetainerChain {
  name: string;
  nodes: number[];
}

/** Explains several store paths. */
export function whyOf(
  { figures, store, retainers }: LoadedGraph,
  nodes: readonly number[],
  profiles: readonly ToolProfile[] = [],
): Why[] {
  const notes = new Map(profiles.map((profile) => [profile.id, profile.notes.map(({ text }) => text)]));
  const chainsTo = chainFinder(store.references);
  const outputs = retainers.packages.map((each) => each.outputs);
  // A declared package with the same path needs no further reason.
  const declaredPaths = new Set(outputs.flat());
  const ofOptions = retainers.options.map(({ storePaths }) => storePaths.filter((node) => !declaredPaths.has(node)));
  return nodes.map((node) => {
    const chainsFrom = chainsTo(node);
    return {
      node,
      storeName: at(store.names, node),
      size: at(store.sizes, node),
      declared: figures.packages
        .filter((_, index) => at(outputs, index).includes(node))
        .map(({ id, declaredIn, addedByOptions }) => ({ id, declaredIn, addedByOptions, notes: notes.get(id) ?? [] })),
      packages: chainsFrom(outputs)
        .filter((chain) => chain.nodes.length > 1)
        .map((chain) => ({ name: at(retainers.packages, chain.retainer).id, nodes: chain.nodes })),
      options: chainsFrom(ofOptions).map((chain) => ({
        name: at(retainers.options, chain.retainer).option,
        nodes: chain.nodes,
      })),
      base: chainsFrom([retainers.base])[0]?.nodes ?? null,
    };
  });
}
