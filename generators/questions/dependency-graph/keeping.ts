import { condensation } from '../../graph/condensation.ts';
import { digraph, targetsOf } from '../../graph/digraph.ts';
import { dominatedSums, immediateDominators, unreached } from '../../graph/dominators.ts';
import { heaviestChains } from '../../graph/heaviest-chains.ts';
import { type Reach, reachedBy, reachedSums, reachersOf } from '../../graph/reach.ts';
import type { StoreGraph } from './store-graph.ts';

/** Who asks for what: the reasons why store paths are there. */
export interface Holders {
  /** Declared packages: the nodes of their outputs, whether a file names them, and the options that bring them. */
  packages: readonly { roots: readonly number[]; named: boolean; by: readonly string[] }[];
  /** Enabled options with the paths that they keep apart from those packages. */
  options: readonly { option: string; roots: readonly number[] }[];
  /** What the distribution adds. */
  base: readonly number[];
}

/** Sizes in bytes of what one holder needs, and of what only it keeps. */
export interface Held {
  closureSize: number;
  paths: number;
  exclusiveSize: number;
  exclusivePaths: number;
  /** Nothing stands above it: not a package that comes only with its option. */
  unit: boolean;
}

/** The answers for all holders at once. */
export interface Keeping {
  size: number;
  paths: number;
  packages: Held[];
  options: Held[];
  base: Held;
  /** Which holders keep this path: indexes into `packages` and `options`, ascending, and whether base does. */
  keepersOf: (node: number) => Keepers;
  /** The holder that alone keeps a path; null where several do. */
  soleKeeperOf: (node: number) => Holder | null;
  /** Whether a path would go with this package or option. */
  dominates: (holder: { kind: 'package' | 'option'; index: number }, node: number) => boolean;
  /** The heaviest chain of references from a path on: its nodes and its weight. */
  heaviestChainFrom: (node: number) => { nodes: number[]; size: number };
}

export interface Keepers {
  packages: number[];
  options: number[];
  base: boolean;
}

export type Holder = { kind: 'package' | 'option'; index: number } | { kind: 'base' };

/**
 * Joins the store graph with a node for every holder and one root above them. What a holder
 * dominates is what nothing else keeps: *exclusive*. A package that comes only with one option hangs below
 * that option; one that a file names too, or that several options bring, is kept by each of them.
 */
export function keeping(store: StoreGraph, holders: Holders): Keeping {
  const count = store.graph.size;
  const firstPackage = count;
  const firstOption = firstPackage + holders.packages.length;
  const base = firstOption + holders.options.length;
  const root = base + 1;
  const optionIndex = new Map(holders.options.map(({ option }, index) => [option, index]));

  const rows: ArrayLike<number>[] = Array.from({ length: count }, (_, node) => targetsOf(store.graph, node));
  const below = holders.options.map(({ roots }) => new Set(roots));
  const top = [base, ...holders.options.map((_, index) => firstOption + index)];
  holders.packages.forEach(({ roots, named, by }, index) => {
    const node = firstPackage + index;
    rows.push(roots as number[]);
    const options = by.map((option) => optionIndex.get(option)).filter((option) => option !== undefined);
    const [only] = options;
    if (only !== undefined && options.length === 1 && !named) {
      below[only]?.add(node);
    } else {
      top.push(node);
      for (const option of options) for (const path of roots) below[option]?.add(path);
    }
  });
  rows.push(...below.map((targets) => [...targets]), holders.base as number[], top);

  const { component, dag } = condensation(digraph(rows));
  const sizes = new Float64Array(dag.size);
  const ones = new Float64Array(dag.size);
  for (let node = 0; node < count; node++) {
    const at = component[node] as number;
    (sizes[at] as number) += store.sizes[node] as number;
    (ones[at] as number)++;
  }
  const at = (node: number): number => component[node] as number;
  const dominators = immediateDominators(dag, at(root));
  const exclusiveSizes = dominatedSums(dominators, sizes);
  const exclusivePaths = dominatedSums(dominators, ones);
  const holderNodes = Array.from({ length: root - count }, (_, index) => at(count + index));
  const reach = reachedBy(dag, holderNodes);
  const closureSizes = reachedSums(reach, sizes);
  const closurePaths = reachedSums(reach, ones);
  const chains = heaviestChains(dag, sizes);

  const held = (node: number): Held => ({
    closureSize: closureSizes[node - count] as number,
    paths: closurePaths[node - count] as number,
    exclusiveSize: exclusiveSizes[at(node)] as number,
    exclusivePaths: exclusivePaths[at(node)] as number,
    unit: dominators[at(node)] === at(root),
  });
  const asHolder = new Map(holderNodes.map((node, index) => [node, index]));
  const firstMember = new Int32Array(dag.size).fill(-1);
  for (let node = count - 1; node >= 0; node--) firstMember[at(node)] = node;

  return {
    size: exclusiveSizes[at(root)] as number,
    paths: exclusivePaths[at(root)] as number,
    packages: holders.packages.map((_, index) => held(firstPackage + index)),
    options: holders.options.map((_, index) => held(firstOption + index)),
    base: held(base),
    keepersOf: (node) => keepers(reach, at(node), holders),
    soleKeeperOf: (node) => {
      let above = at(node);
      while (dominators[above] !== at(root)) {
        if (above === at(root) || dominators[above] === unreached) return null;
        above = dominators[above] as number;
      }
      const index = asHolder.get(above);
      if (index === undefined) return null;
      if (index < holders.packages.length) return { kind: 'package', index };
      if (index < base - count) return { kind: 'option', index: index - holders.packages.length };
      return { kind: 'base' };
    },
    dominates: ({ kind, index }, node) => {
      const above = at(kind === 'package' ? firstPackage + index : firstOption + index);
      let link = at(node);
      while (link !== above && link !== at(root) && dominators[link] !== unreached) link = dominators[link] as number;
      return link === above;
    },
    heaviestChainFrom: (node) => {
      const nodes: number[] = [];
      let link = at(node);
      for (;;) {
        nodes.push(firstMember[link] as number);
        const next = chains.next[link] as number;
        if (next === link) break;
        link = next;
      }
      return { nodes, size: chains.weight[at(node)] as number };
    },
  };
}

function keepers(reach: Reach, node: number, holders: Holders): Keepers {
  const packages: number[] = [];
  const options: number[] = [];
  let base = false;
  for (const index of reachersOf(reach, node)) {
    if (index < holders.packages.length) packages.push(index);
    else if (index < holders.packages.length + holders.options.length) options.push(index - holders.packages.length);
    else base = true;
  }
  return { packages, options, base };
}
