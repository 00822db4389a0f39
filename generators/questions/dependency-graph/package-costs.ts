import { at } from '../../at.ts';
import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { byText } from '../../order.ts';
import { type AnalyzedGraph, requiredBy } from './analyzed-graph.ts';
import type { RetainedBy } from './retention.ts';
import type { PackageCost } from './schema.ts';

const maxLinks = 5;

/** What every declared package needs, what its removal would free, and what else requires it. Sorted by id. */
export function packageCosts(graph: AnalyzedGraph): PackageCost[] {
  const { packages, evaluated, retention, store } = graph;
  const entries = new Map(evaluated.map(({ entry }) => [entry.id, entry]));
  return packages.flatMap(({ id, outputs, declaredDirectly, addedByOptions }, index) => {
    const entry = entries.get(id);
    if (entry === undefined) return [];
    const outputNames = outputs.map((node) => at(store.names, node));
    const others = retainersOfAll(essentialOutputs(entry, outputs, outputNames).map(retention.retainedBy));
    const chain = outputs
      .map(retention.heaviestChainFrom)
      .reduce((heaviest, other) => (other.size > heaviest.size ? other : heaviest));
    return [
      {
        id,
        name: entry.name,
        version: entry.version,
        declaredIn: [...new Set(entry.declarations.map(({ file }) => file))].sort(byText),
        declaredDirectly,
        addedByOptions: [...addedByOptions],
        outputs: outputNames,
        ...at(retention.packages, index),
        requiredBy: requiredBy(graph, {
          packages: others.packages.filter((other) => other !== index),
          options: others.options.filter((option) => !addedByOptions.includes(at(graph.options, option).option)),
          base: others.base,
        }),
        heaviestChain: chain.nodes.slice(0, maxLinks).map((node) => at(store.names, node)),
        heaviestChainLength: chain.nodes.length,
        heaviestChainSize: chain.size,
      },
    ];
  });
}

/** The outputs that another package may need: nothing refers to documentation. */
function essentialOutputs(
  { name }: EvaluatedPackage,
  outputs: readonly number[],
  outputNames: readonly string[],
): readonly number[] {
  const essential = outputs.filter((_, index) => {
    const outputName = at(outputNames, index);
    return !outputName.startsWith(name) || !/-(debug|devdoc|doc|info|man)$/.test(outputName);
  });
  return essential.length > 0 ? essential : outputs;
}

/** What retains every one of several paths. */
function retainersOfAll(all: readonly RetainedBy[]): RetainedBy {
  return all.reduce((a, b) => ({
    packages: a.packages.filter((index) => b.packages.includes(index)),
    options: a.options.filter((index) => b.options.includes(index)),
    base: a.base && b.base,
  }));
}
