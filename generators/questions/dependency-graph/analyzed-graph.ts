import { at } from '../../at.ts';
import type { ConfigurationGraph } from '../closure-graph/retainers.ts';
import type { ChainFinder } from './reference-chains.ts';
import type { RetainedBy, Retention } from './retention.ts';
import type { RequiredBy, RetainerName } from './schema.ts';

/** The graph of a configuration with what was computed over it: the input of every part of the answer. */
export interface AnalyzedGraph extends ConfigurationGraph {
  retention: Retention;
  chainsTo: ChainFinder;
}

/** Maximum length of lists of packages, which have their full count beside them. */
export const maxPackages = 5;

/** The retainers by name; packages with small closures first, because they say most exactly why a path is present. */
export function requiredBy(
  { packages, options, retention }: AnalyzedGraph,
  { packages: packageIndexes, options: optionIndexes, base }: RetainedBy,
): RequiredBy {
  const closureSize = (index: number): number => at(retention.packages, index).closureSize;
  const ids = [...packageIndexes]
    .sort((a, b) => closureSize(a) - closureSize(b) || a - b)
    .map((index) => at(packages, index).id);
  return {
    packages: ids.slice(0, maxPackages),
    packageCount: ids.length,
    options: optionIndexes.map((index) => at(options, index).option),
    base,
  };
}

/** The shortest chain of references to a store path, as names: from a package, else from an option, else from base. */
export function shortestChain(
  { packages, options, base, chainsTo, store }: AnalyzedGraph,
  node: number,
): { retainer: RetainerName; referenceChain: string[] } {
  const chainsFrom = chainsTo(node);
  const named = (nodes: readonly number[]): string[] => nodes.map((link) => at(store.names, link));
  const [fromPackage] = chainsFrom(packages.map(({ outputs }) => outputs));
  if (fromPackage !== undefined) {
    const { id } = at(packages, fromPackage.retainer);
    return { retainer: { kind: 'package', name: id }, referenceChain: named(fromPackage.nodes) };
  }
  const [fromOption] = chainsFrom(options.map(({ storePaths }) => storePaths));
  if (fromOption !== undefined) {
    const { option } = at(options, fromOption.retainer);
    return { retainer: { kind: 'option', name: option }, referenceChain: named(fromOption.nodes) };
  }
  const [fromBase] = chainsFrom([base]);
  return { retainer: { kind: 'base', name: null }, referenceChain: named(fromBase?.nodes ?? []) };
}
