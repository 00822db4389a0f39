import { byText } from '../evidence/canonical.ts';
import type { Evidence } from '../frame.ts';
import { targetsOf } from '../graph/digraph.ts';
import { encodeRows, encodeVlq } from '../graph/vlq.ts';
import type {
  DependencyGraph,
  DependencyInsight,
  HiddenCommand,
  OptionCost,
  PackageCost,
  RemovedButKept,
  ToolChain,
  UnitCost,
} from '../schema/dependency-graph.ts';
import type { EvaluatedPackage } from '../schema/evaluated.ts';
import { hiddenCommands } from './dependency-graph/hidden-commands.ts';
import type { Joined } from './dependency-graph/joined.ts';
import { type Keepers, type Keeping, keeping } from './dependency-graph/keeping.ts';
import { offers as offersOf } from './dependency-graph/offers.ts';
import { type RemovedName, removedButKept } from './dependency-graph/removed-but-kept.ts';
import { sideBySide } from './dependency-graph/side-by-side.ts';
import { type ReadStoreGraph, storeGraph } from './dependency-graph/store-graph.ts';
import { toolChains } from './dependency-graph/tool-chains.ts';
import { type Usage, unusedSentence, unusedWithoutDependents } from './dependency-graph/unused.ts';
import { type WayFinder, wayFinder } from './dependency-graph/ways.ts';

/** Lists of package names are cut at this length; a count beside them says how many there are. */
const shownPackages = 5;
const shownLinks = 5;
const sharedCoreLength = 20;

/**
 * What depends on what, and what it costs: for every declared package and enabled option at once, in
 * time that grows with the references (times the packages, by the machine word). `closure` must be there.
 */
export function analyzeDependencyGraph(evidence: Evidence, joined: Joined = {}): DependencyGraph {
  const { closure, evaluated } = evidence;
  if (closure === undefined) throw new TypeError('the dependency graph needs a closure');

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
    insights: insights(evaluated.packages, costs, chains, removed ?? [], joined.usage),
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

interface World {
  store: ReadStoreGraph;
  kept: Keeping;
  waysTo: WayFinder;
  /** Package ids, by index. */
  ids: readonly string[];
  packages: readonly { roots: readonly number[]; named: boolean; by: readonly string[] }[];
  options: readonly { option: string; roots: readonly number[] }[];
  base: readonly number[];
}

/** Whether a file names the package, and which options bring it; one that nothing declares counts as named. */
function bringers({ declarations }: EvaluatedPackage): { named: boolean; by: string[] } {
  const by = [...new Set(declarations.flatMap((declaration) => declaration.by ?? []))].sort(byText);
  return { by, named: by.length === 0 || declarations.some((declaration) => declaration.by === null) };
}

/**
 * Every option that brings a package or keeps paths. What it keeps only by bringing a package is left to
 * the package, so that the package's own figure says what it costs.
 */
function optionHolders(
  packages: readonly { roots: readonly number[]; named: boolean; by: readonly string[] }[],
  services: Readonly<Record<string, readonly string[]>>,
  nodes: (paths: readonly string[]) => number[],
): { option: string; roots: number[] }[] {
  const names = new Set([...Object.keys(services), ...packages.flatMap(({ by }) => by)]);
  return [...names].sort(byText).map((option) => {
    const brought = new Set(
      packages.filter(({ named, by }) => !named && by.length === 1 && by[0] === option).flatMap(({ roots }) => roots),
    );
    return { option, roots: nodes(services[option] ?? []).filter((node) => !brought.has(node)) };
  });
}

function packageCost(
  world: World,
  { id, name, version, declarations }: EvaluatedPackage,
  roots: readonly number[],
  index: number,
): PackageCost {
  const { store, kept } = world;
  const { named, by } = at(world.packages, index);
  const { closureSize, paths, exclusiveSize, exclusivePaths } = at(kept.packages, index);
  const others = common(essential(store, roots, name).map((node) => kept.keepersOf(node)));
  const broughtInBy = smallestFirst(
    world,
    others.packages.filter((other) => other !== index),
  );
  const heaviest = roots
    .map((node) => kept.heaviestChainFrom(node))
    .reduce((best, chain) => (chain.size > best.size ? chain : best));
  return {
    id,
    name,
    version,
    declaredIn: [...new Set(declarations.map(({ file }) => file))].sort(byText),
    named,
    by: [...by],
    roots: [...roots],
    closureSize,
    paths,
    exclusiveSize,
    exclusivePaths,
    broughtInBy: broughtInBy.slice(0, shownPackages),
    broughtInByCount: broughtInBy.length,
    keptByBase: others.base,
    keptByOptions: optionNames(world, others).filter((option) => !by.includes(option)),
    heaviestChain: heaviest.nodes.slice(0, shownLinks).map((node) => label(store, node)),
    heaviestChainSize: heaviest.size,
  };
}

/** The outputs without which a package is not there: documentation is never referred to. */
function essential({ labels }: ReadStoreGraph, roots: readonly number[], name: string): readonly number[] {
  const working = roots.filter((node) => {
    const text = at(labels, node);
    return !text.startsWith(name) || !/-(debug|devdoc|doc|info|man)$/.test(text);
  });
  return working.length > 0 ? working : roots;
}

/** Who keeps every one of several paths. */
function common(all: readonly Keepers[]): Keepers {
  return all.reduce((a, b) => ({
    packages: a.packages.filter((index) => b.packages.includes(index)),
    options: a.options.filter((index) => b.options.includes(index)),
    base: a.base && b.base,
  }));
}

/** Ids of packages by closure size: the smallest says most exactly why something is there. */
function smallestFirst({ kept, ids }: World, indexes: readonly number[]): string[] {
  return [...indexes]
    .sort((a, b) => at(kept.packages, a).closureSize - at(kept.packages, b).closureSize || a - b)
    .map((index) => at(ids, index));
}

function optionNames({ options }: World, keepers: Keepers): string[] {
  return keepers.options.map((index) => at(options, index).option);
}

function unitCosts({ kept }: World, costs: readonly PackageCost[], options: readonly OptionCost[]): UnitCost[] {
  const units: UnitCost[] = [
    ...costs.flatMap(({ id, closureSize, exclusiveSize, exclusivePaths }, index): UnitCost[] =>
      at(kept.packages, index).unit
        ? [{ kind: 'package', name: id, packages: [id], closureSize, exclusiveSize, exclusivePaths }]
        : [],
    ),
    ...options.map(({ option, closureSize, exclusiveSize, exclusivePaths }): UnitCost => {
      const only = costs.filter(({ named, by }) => !named && by.length === 1 && by[0] === option);
      const packages = only.map(({ id }) => id);
      return { kind: 'option', name: option, packages, closureSize, exclusiveSize, exclusivePaths };
    }),
  ];
  return units.sort(
    (a, b) => b.exclusiveSize - a.exclusiveSize || b.closureSize - a.closureSize || byText(a.name, b.name),
  );
}

function sharedCore({ store, kept }: World): DependencyGraph['system']['sharedCore'] {
  return store.labels
    .flatMap((storeName, node) =>
      kept.soleKeeperOf(node) === null ? [{ node, storeName, size: at(store.sizes, node) }] : [],
    )
    .sort((a, b) => b.size - a.size || a.node - b.node)
    .slice(0, sharedCoreLength)
    .map(({ node, storeName, size }) => {
      const { packages, base } = kept.keepersOf(node);
      return { storeName, size, packages: packages.length, base };
    });
}

function versionsSideBySide(world: World): DependencyGraph['system']['sideBySide'] {
  const { store, kept } = world;
  return sideBySide(store).map(({ name, versions }) => ({
    name,
    versions: versions.map(({ nodes }) => {
      const keepers = nodes.map((node) => kept.keepersOf(node));
      const packages = smallestFirst(world, [...new Set(keepers.flatMap((each) => each.packages))]);
      const options = new Set(keepers.flatMap((each) => optionNames(world, each)));
      const [main] = nodes.map((node) => label(store, node)).sort((a, b) => a.length - b.length || byText(a, b));
      return {
        storeName: main as string,
        size: nodes.reduce((sum, node) => sum + at(store.sizes, node), 0),
        packages: packages.slice(0, shownPackages),
        packagesCount: packages.length,
        base: keepers.some(({ base }) => base),
        options: [...options].sort(byText),
      };
    }),
  }));
}

function keptRemovals(
  { store, waysTo, packages, options, base, ids }: World,
  removed: readonly RemovedName[],
  declared: readonly { entry: EvaluatedPackage }[],
): RemovedButKept[] {
  const names = new Set(declared.flatMap(({ entry }) => [entry.id, entry.name]));
  const onPath = new Set(base);
  const kept = removedButKept(store, removed, names).filter(({ node }) => !onPath.has(node));
  return kept.map(({ removed: { name, on, commit }, node }) => {
    const [byPackage] = waysTo(node, packages);
    const [byOption] = byPackage ? [] : waysTo(node, options);
    const way = byPackage ?? byOption ?? waysTo(node, [{ roots: base }])[0];
    return {
      name,
      removedOn: on,
      commit,
      storeName: label(store, node),
      size: at(store.sizes, node),
      package: byPackage ? at(ids, byPackage.holder) : null,
      option: byOption ? at(options, byOption.holder).option : null,
      way: way?.nodes.map((link) => label(store, link)) ?? [],
    };
  });
}

function insights(
  evaluated: readonly EvaluatedPackage[],
  costs: readonly PackageCost[],
  chains: readonly ToolChain[],
  removed: readonly RemovedButKept[],
  usage: Usage | undefined,
): DependencyInsight[] {
  const names = new Map(evaluated.map(({ id, name }) => [id, name]));
  const called = (id: string): string => names.get(id) ?? id;
  const found: DependencyInsight[] = chains.flatMap(({ purpose, parts }) =>
    parts.flatMap(({ via, way, name }): DependencyInsight[] =>
      via === null
        ? []
        : [
            {
              kind: 'present-as-dependency',
              text: `You need ${name} for ${purpose}. It's already installed via ${called(via)}.`,
              packages: [via],
              evidence: [way.join(' -> '), `nothing that is declared puts ${name} on PATH`],
            },
          ],
    ),
  );
  const unused = usage ? unusedWithoutDependents(costs, usage) : [];
  const sentence = usage ? unusedSentence(unused.length, usage) : null;
  if (sentence !== null) {
    found.push({
      kind: 'unused',
      text: sentence,
      packages: unused,
      evidence: ['no other declared package, no enabled option and nothing of the distribution refers to them'],
    });
  }
  for (const { name, removedOn, commit, storeName, package: keeper, option, way } of removed) {
    found.push({
      kind: 'removed-but-kept',
      text: `${name} was removed on ${removedOn}, but ${storeName} is still in the closure, kept by ${keeper ? called(keeper) : (option ?? 'the distribution')}.`,
      packages: keeper ? [keeper] : [],
      evidence: [`commit ${commit}`, way.join(' -> ')],
    });
  }
  return found;
}

function label({ labels }: ReadStoreGraph, node: number): string {
  return at(labels, node);
}

function at<Item>(list: ArrayLike<Item>, index: number): Item {
  return list[index] as Item;
}
