import { at } from '../../at.ts';
import { condensation } from '../../graph/condensation.ts';
import { dominatedSums, immediateDominators } from '../../graph/dominators.ts';
import { heaviestChains } from '../../graph/heaviest-chains.ts';
import { reachedBy, reachedSums, reachersOf } from '../../graph/reach.ts';
import { type Retainers, soleOption } from '../closure-graph/retainers.ts';
import type { StoreGraph } from '../closure-graph/store-graph.ts';

/** Sizes in bytes and numbers of store paths. */
interface Retained {
  closureSize: number;
  closurePaths: number;
  /** What no other retainer reaches. */
  exclusiveSize: number;
  exclusivePaths: number;
}

/** Which retainers reach a store path: indexes of packages and options, ascending, and whether base does. */
export interface RetainedBy {
  packages: number[];
  options: number[];
  base: boolean;
}

/** What every retainer needs and what only it retains. */
export interface Retention {
  size: number;
  paths: number;
  packages: readonly Retained[];
  options: readonly Retained[];
  base: Retained;
  retainedBy: (node: number) => RetainedBy;
  /** Whether no retainer alone retains the path. */
  isShared: (node: number) => boolean;
  /** The store paths that removing the package or option would free, ascending. */
  freedBy: (kind: 'package' | 'option', index: number) => number[];
  /** The heaviest chain of references from a path on, and its size. */
  heaviestChainFrom: (node: number) => { nodes: number[]; size: number };
}

/**
 * Adds a node for every retainer and a root above them to the store graph. What a retainer dominates is
 * exclusive to it. A package that comes only with one option hangs below that option; a package that a file
 * names too, or that several options add, hangs below the root and its outputs below each option.
 */
export function retention(store: StoreGraph, retainers: Retainers): Retention {
  const { packages, options } = retainers;
  const count = store.names.length;
  const firstOption = count + packages.length;
  const baseNode = firstOption + options.length;
  const { component, dag } = condensation([...store.references, ...retainerRows(count, retainers)]);
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

  const root = componentOf(baseNode + 1);
  const dominators = immediateDominators(dag, root);
  const exclusiveSizes = dominatedSums(dominators, sizes);
  const exclusivePaths = dominatedSums(dominators, ones);
  const retainerNodes = Array.from({ length: baseNode + 1 - count }, (_, index) => componentOf(count + index));
  const retainerSet = new Set(retainerNodes);
  const reach = reachedBy(dag, retainerNodes);
  const closureSizes = reachedSums(reach, sizes);
  const closurePaths = reachedSums(reach, ones);
  const chains = heaviestChains(dag, sizes);

  const retained = (node: number): Retained => ({
    closureSize: at(closureSizes, node - count),
    closurePaths: at(closurePaths, node - count),
    exclusiveSize: at(exclusiveSizes, componentOf(node)),
    exclusivePaths: at(exclusivePaths, componentOf(node)),
  });
  /** The dominators of a component, from itself up to the root; empty where the root does not reach it. */
  const dominatorsOf = (from: number): number[] => {
    const found: number[] = [];
    for (let node = from; node >= 0 && node !== root; node = at(dominators, node)) found.push(node);
    return found;
  };

  return {
    size: at(exclusiveSizes, root),
    paths: at(exclusivePaths, root),
    packages: packages.map((_, index) => retained(count + index)),
    options: options.map((_, index) => retained(firstOption + index)),
    base: retained(baseNode),
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
    isShared: (node) => !retainerSet.has(dominatorsOf(componentOf(node)).at(-1) ?? root),
    freedBy: (kind, index) => {
      const retainer = componentOf(kind === 'package' ? count + index : firstOption + index);
      return store.names.flatMap((_, node) => (dominatorsOf(componentOf(node)).includes(retainer) ? [node] : []));
    },
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

/** The references of the retainers' nodes, numbered from `count`: packages, options, base, root. */
function retainerRows(count: number, { packages, options, base }: Retainers): (readonly number[])[] {
  const firstOption = count + packages.length;
  const optionNode = new Map(options.map(({ option }, index) => [option, firstOption + index]));
  const top = options.map((_, index) => firstOption + index);
  const optionRows = new Map(options.map(({ option, storePaths }) => [option, new Set(storePaths)]));
  packages.forEach((each, index) => {
    const only = soleOption(each);
    if (only !== undefined && optionNode.has(only)) {
      optionRows.get(only)?.add(count + index);
      return;
    }
    top.push(count + index);
    for (const option of each.addedByOptions) {
      for (const output of each.outputs) optionRows.get(option)?.add(output);
    }
  });
  return [
    ...packages.map(({ outputs }) => outputs),
    ...options.map(({ option }) => [...(optionRows.get(option) ?? [])]),
    base,
    [...top, firstOption + options.length],
  ];
}
