import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { byText } from '../../order.ts';
import type { Keepers } from './keeping.ts';
import type { OptionCost, PackageCost, UnitCost } from './schema.ts';
import type { ReadStoreGraph } from './store-graph.ts';
import { at, label, optionNames, shownPackages, smallestFirst, type World } from './world.ts';

const shownLinks = 5;

/** What one declared package needs, what would go with it, and who brings it in anyway. */
export function packageCost(
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

/** What can be taken out of a configuration, costliest first: packages by themselves, and options with what only they bring. */
export function unitCosts({ kept }: World, costs: readonly PackageCost[], options: readonly OptionCost[]): UnitCost[] {
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
