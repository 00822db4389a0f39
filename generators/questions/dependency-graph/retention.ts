import { at } from '../../at.ts';
import { condensation } from '../../graph/condensation.ts';
import { dominatedSums, immediateDominators } from '../../graph/dominators.ts';
import { heaviestChains } from '../../graph/heaviest-chains.ts';
import { reachedBy, reachedSums, reachersOf } from '../../graph/reach.ts';
import { retainerGraph } from '../closure-graph/retainer-graph.ts';
import type { Retainers } from '../closure-graph/retainers.ts';
import type { StoreGraph } from '../closure-graph/store-graph.ts';

/** Sizes in bytes and numbers of store paths. */
interface Retained {
  closureSize: number;
  closurePaths: number;
  /** Paths that no other retainer reaches. */
  exclusiveSize: number;
  exclusivePaths: number;
}

/** Which retainers reach a store path: indexes of packages and options, ascending, and whether base does. */
export interface RetainedBy {
  packages: number[];
  options: number[];
  base: boolean;
}

/** The closure of every retainer, and the paths that only it retains. */
export interface Retention {
  size: number;
  paths: number;
  packages: readonly Retained[];
  options: readonly Retained[];
  base: Retained;
  retainedBy: (node: number) => RetainedBy;
  /** Whether no retainer alone retains the path. */
  isShared: (node: number) => boolean;
  /** The heaviest chain of references from a path on, and its size. */
  heaviestChainFrom: (node: number) => { nodes: number[]; size: number };
}

/** What a retainer dominates in the {@link retainerGraph} is exclusive to it. */
export function retention(store: StoreGraph, retainers: Retainers): Retention {
  const { packages, options } = retainers;
  const { graph, ...nodes } = retainerGraph(store, retainers);
  const { component, dag } = condensation(graph);
  const componentOf = (node: number): number => at(component, node);

  const sizes = dag.map(() => 0);
  const ones = dag.map(() => 0);
  const members: number[][] = dag.map(() => []);
  store.sizes.forEach((size, node) => {
    const index = componentOf(node);
    sizes[index] = at(sizes, index) + size;
    ones[index] = at(ones, index) + 1;
    at(members, index).push(node);
  });

  const root = componentOf(nodes.root);
  const dominators = immediateDominators(dag, root);
  const exclusiveSizes = dominatedSums(dominators, sizes);
  const exclusivePaths = dominatedSums(dominators, ones);
  const retainerNodes = [
    ...packages.map((_, index) => componentOf(nodes.packageNode(index))),
    ...options.map((_, index) => componentOf(nodes.optionNode(index))),
    componentOf(nodes.base),
  ];
  const retainerSet = new Set(retainerNodes);
  const reach = reachedBy(dag, retainerNodes);
  const closureSizes = reachedSums(reach, sizes);
  const closurePaths = reachedSums(reach, ones);
  const chains = heaviestChains(dag, sizes);

  const retained = retainerNodes.map(
    (node, index): Retained => ({
      closureSize: at(closureSizes, index),
      closurePaths: at(closurePaths, index),
      exclusiveSize: at(exclusiveSizes, node),
      exclusivePaths: at(exclusivePaths, node),
    }),
  );
  const isShared = (node: number): boolean => {
    let dominator = componentOf(node);
    while (dominator !== root && !retainerSet.has(dominator)) dominator = at(dominators, dominator);
    return dominator === root;
  };

  return {
    size: at(exclusiveSizes, root),
    paths: at(exclusivePaths, root),
    packages: retained.slice(0, packages.length),
    options: retained.slice(packages.length, -1),
    base: at(retained, packages.length + options.length),
    retainedBy: (node) => {
      const indexes = reachersOf(reach, componentOf(node));
      return {
        packages: indexes.filter((index) => index < packages.length),
        options: indexes
          .map((index) => index - packages.length)
          .filter((index) => index >= 0 && index < options.length),
        base: indexes.at(-1) === packages.length + options.length,
      };
    },
    isShared,
    heaviestChainFrom: (node) => {
      const nodes: number[] = [];
      let link = componentOf(node);
      const size = at(chains.weight, link);
      for (let previous = -1; link !== previous; link = at(chains.next, link)) {
        nodes.push(at(at(members, link), 0));
        previous = link;
      }
      return { nodes, size };
    },
  };
}
