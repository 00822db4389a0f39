import type { Digraph } from '../../graph/digraph.ts';
import { type Retainers, soleOption } from './retainers.ts';
import type { StoreGraph } from './store-graph.ts';

/** The store graph with a node for every retainer, and a root above them. */
export interface RetainerGraph {
  graph: Digraph;
  packageNode: (index: number) => number;
  optionNode: (index: number) => number;
  base: number;
  root: number;
}

/**
 * A package that comes only with one option hangs below that option. A package that a file names too, or that
 * several options add, hangs below the root, and its outputs hang below each of these options.
 */
export function retainerGraph(store: StoreGraph, { packages, options, base }: Retainers): RetainerGraph {
  const firstPackage = store.names.length;
  const firstOption = firstPackage + packages.length;
  const baseNode = firstOption + options.length;
  const rootRow = [baseNode, ...options.map((_, index) => firstOption + index)];
  const optionRows = new Map(options.map(({ option, storePaths }) => [option, new Set(storePaths)]));
  packages.forEach((each, index) => {
    const onlyOption = optionRows.get(soleOption(each) ?? '');
    if (onlyOption !== undefined) {
      onlyOption.add(firstPackage + index);
      return;
    }
    rootRow.push(firstPackage + index);
    for (const option of each.addedByOptions) {
      for (const output of each.outputs) optionRows.get(option)?.add(output);
    }
  });
  return {
    graph: [
      ...store.references,
      ...packages.map(({ outputs }) => outputs),
      ...options.map(({ option }) => [...(optionRows.get(option) ?? [])]),
      base,
      rootRow,
    ],
    packageNode: (index) => firstPackage + index,
    optionNode: (index) => firstOption + index,
    base: baseNode,
    root: baseNode + 1,
  };
}
