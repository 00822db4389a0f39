import { at } from '../../at.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { configurationGraph } from '../closure-graph/retainers.ts';
import type { AnalyzedGraph } from './analyzed-graph.ts';
import { commandIndex } from './command-index.ts';
import { commandsNotOnPath } from './commands-not-on-path.ts';
import { multipleVersions } from './multiple-versions.ts';
import type { OtherEvidence } from './other-evidence.ts';
import { packageCosts } from './package-costs.ts';
import { chainFinder } from './reference-chains.ts';
import { removableUnits } from './removable-units.ts';
import { removedButPresent } from './removed-but-present.ts';
import { retention } from './retention.ts';
import type { DependencyGraph, OptionCost } from './schema.ts';
import { toolChains } from './tool-chains.ts';
import { unusedPackages } from './unused-packages.ts';

/** The figures of `dependency_graph.json`, without sentences. */
export type DependencyFigures = Omit<DependencyGraph, 'insights'>;

const maxCostliest = 20;
const maxShared = 20;

/**
 * What depends on what, what it costs, and what a removal would free, for all declared packages and enabled
 * options together: O(references · packages / 32).
 */
export function analyzeDependencyGraph(
  evidence: EvidenceWith<'closure'>,
  { removed, usage }: OtherEvidence = {},
): DependencyFigures {
  const configuration = configurationGraph(evidence);
  const { store, evaluated, unevaluatedPackages } = configuration;
  const graph: AnalyzedGraph = {
    ...configuration,
    retention: retention(store, configuration),
    chainsTo: chainFinder(store.references),
  };
  const commands = commandIndex(evidence, store);
  const packages = packageCosts(graph);
  const options = optionCosts(graph);
  return {
    schemaVersion: 1,
    system: {
      ...systemSizes(graph, removableUnits(packages, options)),
      multipleVersions: multipleVersions(graph),
      commandsNotOnPath: commandsNotOnPath(graph, commands),
    },
    packages,
    options,
    toolChains: toolChains(graph, commands),
    removedButPresent: removed ? removedButPresent(graph, removed) : null,
    unused: usage ? unusedPackages(graph, packages, usage) : null,
    incomplete: {
      packagesWithoutStorePaths: evaluated
        .filter(({ entry, outputs }) => !entry.base && outputs.length === 0)
        .map(({ entry }) => entry.id),
      undescribedReferences: store.undescribedReferences,
      unevaluatedPackages: unevaluatedPackages.length,
      commandsKnown: store.commands !== null,
    },
  };
}

function optionCosts({ options, packages, store, retention }: AnalyzedGraph): OptionCost[] {
  return options.map(({ option, storePaths }, index) => {
    const { closureSize, exclusiveSize, exclusivePaths } = at(retention.options, index);
    return {
      option,
      storePaths: storePaths.map((node) => at(store.names, node)),
      packages: packages.filter(({ addedByOptions }) => addedByOptions.includes(option)).map(({ id }) => id),
      closureSize,
      exclusiveSize,
      exclusivePaths,
    };
  });
}

function systemSizes(
  { store, packages, retention }: AnalyzedGraph,
  units: DependencyGraph['system']['costliest'],
): Omit<DependencyGraph['system'], 'multipleVersions' | 'commandsNotOnPath'> {
  const { size, paths, base, isShared, retainedBy } = retention;
  const exclusiveSize = units.reduce((sum, unit) => sum + unit.exclusiveSize, 0);
  const exclusivePaths = units.reduce((sum, unit) => sum + unit.exclusivePaths, 0);
  return {
    size,
    paths,
    declaredPackages: packages.length,
    exclusive: { packagesAndOptions: exclusiveSize, base: base.exclusiveSize },
    shared: {
      size: size - exclusiveSize - base.exclusiveSize,
      paths: paths - exclusivePaths - base.exclusivePaths,
    },
    largestShared: store.names
      .flatMap((storeName, node) => (isShared(node) ? [{ node, storeName, size: at(store.sizes, node) }] : []))
      .sort((a, b) => b.size - a.size || a.node - b.node)
      .slice(0, maxShared)
      .map(({ node, storeName, size }) => {
        const { packages, base } = retainedBy(node);
        return { storeName, size, packageCount: packages.length, base };
      }),
    costliest: units.filter((unit) => unit.exclusiveSize > 0).slice(0, maxCostliest),
  };
}
