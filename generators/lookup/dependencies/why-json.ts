import { at } from '../../at.ts';
import type { LoadedGraph } from './load-graph.ts';
import type { Why } from './why.ts';

/** The answer as JSON: store names in place of nodes. */
export function whyJson({ store }: LoadedGraph, answers: readonly Why[]): object[] {
  const named = (nodes: readonly number[]): string[] => nodes.map((node) => at(store.names, node));
  return answers.map(({ storeName, size, declared, packages, options, base }) => ({
    storeName,
    size,
    declared,
    requiredBy: {
      packages: packages.map(({ name, nodes }) => ({ name, referenceChain: named(nodes) })),
      options: options.map(({ name, nodes }) => ({ name, referenceChain: named(nodes) })),
      base: base && { referenceChain: named(base) },
    },
  }));
}
