import { bytes } from '../../bytes.ts';
import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { freedTogether } from './freed-together.ts';
import type { DependencyInsight, PackageCost, RemovedButKept, ToolChain } from './schema.ts';
import { type Usage, unusedSentence, unusedWithoutDependents } from './unused.ts';
import type { World } from './world.ts';

/** The findings as sentences, each with what it rests on. */
export function insights(
  world: World,
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
      evidence: [
        'no other declared package, no enabled option and nothing of the distribution refers to them',
        `no use in ${usage?.days} days of history${usage?.since ? `, since ${usage.since}` : ''}`,
        ...freed(world, costs, unused),
      ],
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

/** What comes with an option cannot be taken out by itself, and is left out of the sum. */
function freed(world: World, costs: readonly PackageCost[], unused: readonly string[]): string[] {
  const gone = new Set(unused);
  const removable = costs.filter(({ id, by }) => gone.has(id) && by.length === 0).map(({ id }) => id);
  if (removable.length === 0) return [];
  const which = removable.length === unused.length ? 'they' : `the ${removable.length} that no option brings`;
  return [`taken out together ${which} free ${bytes(freedTogether(world, removable), 3)}`];
}
