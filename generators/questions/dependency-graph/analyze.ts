import type { EvidenceWith } from '../../evidence/evidence.ts';
import { targetsOf } from '../../graph/digraph.ts';
import { encodeRows, encodeVlq } from '../../graph/vlq.ts';
import { byText } from '../../order.ts';
import { hiddenCommands } from './hidden-commands.ts';
import { bringers, optionHolders } from './holders.ts';
import { insights } from './insights.ts';
import type { Joined } from './joined.ts';
import { keeping } from './keeping.ts';
import { offers as offersOf } from './offers.ts';
import { packageCost, unitCosts } from './package-costs.ts';
import { keptRemovals } from './removed-but-kept.ts';
import type { DependencyGraph, HiddenCommand, OptionCost } from './schema.ts';
import { storeGraph } from './store-graph.ts';
import { sharedCore, versionsSideBySide } from './system-view.ts';
import { toolChains } from './tool-chains.ts';
import { wayFinder } from './ways.ts';
import { at, label, optionNames, shownPackages, type World } from './world.ts';

/**
 * What depends on what, and what it costs: for every declared package and enabled option at once, in
 * time that grows with the references (times the packages, by the machine word).
 */
export function analyzeDependencyGraph(evidence: EvidenceWith<'closure'>, joined: Joined = {}): DependencyGraph {
  const { closure, evaluated } = evidence;

  const store = storeGraph(closure, [...Object.values(closure.roots), ...Object.values(closure.services)].flat());
  const nodes = (paths: readonly string[]): number[] =>
    [...new Set(paths.flatMap((path) => store.nodeOf.get(path) ?? []))].sort((a, b) => a - b);
  const known = new Map(evaluated.packages.map((entry) => [entry.id, entry]));
  const rooted = [...known.values()]
    .map((entry) => ({ entry, roots: nodes(closure.roots[entry.id] ?? []) }))
    .sort((a, b) => byText(a.entry.id, b.entry.id));
  const declared = rooted.filter(({ entry, roots }) => !entry.base && roots.length > 0);
  const unknownRoots = Object.keys(closure.roots).filter((id) => !known.has(id));
  const base = nodes([
    ...rooted.filter(({ entry }) => entry.base).flatMap(({ entry }) => closure.roots[entry.id] ?? []),
    ...unknownRoots.flatMap((id) => closure.roots[id] ?? []),
  ]);

  const packages = declared.map(({ entry, roots }) => ({ roots, ...bringers(entry) }));
  const options = optionHolders(packages, closure.services, nodes);
  const holders = { packages, options, base };
  const kept = keeping(store, holders);
  const waysTo = wayFinder(store.graph);
  const world: World = { store, kept, waysTo, ids: declared.map(({ entry }) => entry.id), ...holders };

  const costs = declared.map(({ entry, roots }, index) => packageCost(world, entry, roots, index));
  const offers = offersOf(evidence, store);
  const onPath = new Set(rooted.flatMap(({ entry }) => offers.ofPackage(entry.id)));
  const hidden = hiddenCommands(store, kept, offers, onPath, new Set(rooted.flatMap(({ roots }) => roots)));
  const chains = toolChains(
    store,
    offers,
    rooted
      .filter(({ roots }) => roots.length > 0)
      .map(({ entry, roots }) => ({ id: entry.id, name: entry.name, base: entry.base, roots })),
    waysTo,
  );
  const removed = joined.removed && keptRemovals(world, joined.removed, declared);
  const optionCosts = options.map(({ option, roots }, index): OptionCost => {
    const { closureSize, exclusiveSize, exclusivePaths } = at(kept.options, index);
    const brought = costs.filter(({ by }) => by.includes(option)).map(({ id }) => id);
    return { option, roots: [...roots], packages: brought, closureSize, exclusiveSize, exclusivePaths };
  });
  const units = unitCosts(world, costs, optionCosts);
  const exclusive = units.reduce((sum, { exclusiveSize }) => sum + exclusiveSize, 0);
  const exclusivePaths = units.reduce((sum, unit) => sum + unit.exclusivePaths, 0);

  return {
    schemaVersion: 1,
    system: {
      size: kept.size,
      paths: kept.paths,
      declaredPackages: declared.length,
      exclusive: { packagesAndOptions: exclusive, base: kept.base.exclusiveSize },
      shared: {
        size: kept.size - exclusive - kept.base.exclusiveSize,
        paths: kept.paths - exclusivePaths - kept.base.exclusivePaths,
      },
      sharedCore: sharedCore(world),
      costliest: units.filter(({ exclusiveSize }) => exclusiveSize > 0).slice(0, 20),
      sideBySide: versionsSideBySide(world),
      hiddenCommands: hidden.map(({ node, name, commands, keepers }): HiddenCommand => {
        const ways = waysTo(node, packages);
        const way = ways[0] ?? waysTo(node, options)[0] ?? waysTo(node, [{ roots: base }])[0];
        return {
          storeName: label(store, node),
          name,
          commands,
          readFrom: offers.readFrom,
          packages: ways.slice(0, shownPackages).map(({ holder }) => at(world.ids, holder)),
          packagesCount: ways.length,
          base: keepers.base,
          options: optionNames(world, keepers),
          way: way?.nodes.map((link) => label(store, link)) ?? [],
        };
      }),
    },
    packages: costs,
    options: optionCosts,
    toolChains: chains,
    removedButKept: removed ?? null,
    insights: insights(world, evaluated.packages, costs, chains, removed ?? [], joined.usage),
    incomplete: {
      packagesWithoutPaths: rooted
        .filter(({ entry, roots }) => !entry.base && roots.length === 0)
        .map(({ entry }) => entry.id),
      unknownReferences: store.unknownReferences,
      unknownRoots: unknownRoots.length,
      commandsRead: store.commands !== null,
    },
    graph: {
      names: store.labels.join(' '),
      sizes: encodeVlq(store.sizes),
      references: encodeRows(store.labels.map((_, node) => targetsOf(store.graph, node))),
      base: encodeRows([base]),
    },
  };
}
