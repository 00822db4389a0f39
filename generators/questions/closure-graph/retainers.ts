import type { Closure } from '../../evidence/closure.ts';
import type { Evaluated, EvaluatedPackage } from '../../evidence/evaluated.ts';
import { byText } from '../../order.ts';
import { type DescribedStoreGraph, nodesOf, storeGraph } from './store-graph.ts';

/** The retainers of store paths: each path is present because at least one of them reaches it. */
export interface Retainers {
  /** Declared packages, sorted by id. */
  packages: readonly PackageRetainer[];
  /** Enabled options, sorted by name. */
  options: readonly OptionRetainer[];
  /** Nodes of the packages that the base system adds. */
  base: readonly number[];
}

export interface PackageRetainer {
  id: string;
  /** Nodes of its installed outputs. */
  outputs: readonly number[];
  /** A file of the user names the package itself. */
  declaredDirectly: boolean;
  /** Options that add it, sorted. */
  addedByOptions: readonly string[];
}

interface OptionRetainer {
  option: string;
  /** Nodes of its store paths, apart from those that it has only by adding a package. */
  storePaths: readonly number[];
}

/** The store graph of a configuration with everything that retains its paths. */
export interface ConfigurationGraph extends Retainers {
  store: DescribedStoreGraph;
  /** Every evaluated package, sorted by id, with the nodes of its installed outputs. */
  evaluated: readonly { entry: EvaluatedPackage; outputs: readonly number[] }[];
  /** Packages of the closure that the evaluation does not have; they count as base. */
  unevaluatedPackages: readonly string[];
}

/** Reads the store graph and its retainers from the evidence. */
export function configurationGraph({
  closure,
  evaluated: { packages: evaluated },
}: {
  closure: Closure;
  evaluated: Pick<Evaluated, 'packages'>;
}): ConfigurationGraph {
  const store = storeGraph(closure, [...Object.values(closure.roots), ...Object.values(closure.services)].flat());
  const outputsOf = (id: string): readonly string[] => closure.roots[id] ?? [];
  const byId = new Map(evaluated.map((entry) => [entry.id, entry]));
  const entries = [...byId.values()]
    .map((entry) => ({ entry, outputs: nodesOf(store.nodeOf, outputsOf(entry.id)) }))
    .sort((a, b) => byText(a.entry.id, b.entry.id));
  const unevaluatedPackages = Object.keys(closure.roots).filter((id) => !byId.has(id));
  const packages = entries
    .filter(({ entry, outputs }) => !entry.base && outputs.length > 0)
    .map(({ entry, outputs }) => ({ id: entry.id, outputs, ...declarers(entry) }));
  const baseIds = entries.flatMap(({ entry }) => (entry.base ? [entry.id] : []));
  return {
    store,
    evaluated: entries,
    unevaluatedPackages,
    packages,
    options: optionRetainers(packages, closure.services, store),
    base: nodesOf(store.nodeOf, [...baseIds, ...unevaluatedPackages].flatMap(outputsOf)),
  };
}

/** The option that alone adds the package, which therefore goes with it; undefined where there is none. */
export function soleOption({
  declaredDirectly,
  addedByOptions,
}: Pick<PackageRetainer, 'declaredDirectly' | 'addedByOptions'>): string | undefined {
  return !declaredDirectly && addedByOptions.length === 1 ? addedByOptions[0] : undefined;
}

/** A package that nothing declares counts as declared directly. */
function declarers({ declarations }: EvaluatedPackage): Pick<PackageRetainer, 'declaredDirectly' | 'addedByOptions'> {
  const addedByOptions = [...new Set(declarations.flatMap(({ by }) => by ?? []))].sort(byText);
  return {
    addedByOptions,
    declaredDirectly: addedByOptions.length === 0 || declarations.some(({ by }) => by === null),
  };
}

/**
 * Every option that adds a package or has store paths. Paths that it has only by adding a package are left to
 * the package, so that its figure is its cost.
 */
function optionRetainers(
  packages: readonly PackageRetainer[],
  services: Closure['services'],
  { nodeOf }: DescribedStoreGraph,
): OptionRetainer[] {
  const options = new Set([...Object.keys(services), ...packages.flatMap(({ addedByOptions }) => addedByOptions)]);
  return [...options].sort(byText).map((option) => {
    const ofPackages = new Set(
      packages.filter((each) => soleOption(each) === option).flatMap(({ outputs }) => outputs),
    );
    const storePaths = nodesOf(nodeOf, services[option] ?? []).filter((node) => !ofPackages.has(node));
    return { option, storePaths };
  });
}
