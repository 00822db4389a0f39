import { at } from '../../at.ts';
import type { AnalyzedGraph } from './analyzed-graph.ts';
import type { Usage } from './other-evidence.ts';
import type { PackageCost, UnusedPackages } from './schema.ts';

/** Unused packages on which nothing depends either, in the order of `costs`, and what removing them would free. */
export function unusedPackages(
  graph: AnalyzedGraph,
  costs: readonly PackageCost[],
  { unused, shells, since, days }: Usage,
): UnusedPackages {
  const neverTyped = new Set(unused);
  const found = costs.filter(
    ({ id, requiredBy: { packageCount, options, base } }) =>
      neverTyped.has(id) && packageCount === 0 && options.length === 0 && !base,
  );
  // A package that an option adds cannot be removed by itself.
  const removable = found.filter(({ addedByOptions }) => addedByOptions.length === 0).map(({ id }) => id);
  return {
    packages: found.map(({ id }) => id),
    removable,
    freedSize: freedTogether(graph, removable),
    shells: [...shells],
    since,
    days,
  };
}

/** Bytes that no retainer but these packages reaches; more than their exclusive sizes where two of them share a path. */
function freedTogether({ store, packages, retention }: AnalyzedGraph, ids: readonly string[]): number {
  const removed = new Set(ids);
  return store.sizes.reduce((sum, size, node) => {
    const retainers = retention.retainedBy(node);
    const freed =
      !retainers.base &&
      retainers.options.length === 0 &&
      retainers.packages.every((index) => removed.has(at(packages, index).id));
    return freed ? sum + size : sum;
  }, 0);
}
