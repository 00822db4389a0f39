import { nameLikeness, scores } from '../../evidence/name-likeness.ts';
import type { Claim, PackageEffect } from '../plan.ts';
import type { Facts } from './facts.ts';

/** How a configuration differs after an edit. */
export interface Comparison {
  /** What the claim says, as it happened: `home.packages: + ripgrep-14.1.1`. */
  claimed: string[];
  /** What follows from an option: packages and values that modules set. */
  consequences: string[];
  /** What the claim does not say. */
  unclaimed: string[];
}

/** @param unstable differences that every edit of the flake makes, because the configuration contains its own source */
export function compareFacts(before: Facts, after: Facts, claim: Claim, unstable: ReadonlySet<string>): Comparison {
  const found: Comparison = { claimed: [], consequences: [], unclaimed: [] };
  const rest = claim.options.length > 0 ? found.consequences : found.unclaimed;
  comparePackages(before, after, claim, found, rest);
  compareAsked(before, after, claim, found);
  compareValues(before, after, claim, found, rest, unstable);
  if (found.claimed.length === 0 && before.drvPath !== after.drvPath && !unstable.has('drvPath')) {
    found.unclaimed.push('the derivation changes');
  }
  return found;
}

function comparePackages(before: Facts, after: Facts, claim: Claim, found: Comparison, rest: string[]): void {
  const happened = new Set<PackageEffect>();
  for (const list of new Set([...Object.keys(before.packageLists), ...Object.keys(after.packageLists)])) {
    const [old, now] = [names(before.packageLists[list]), names(after.packageLists[list])];
    const left = claim.packages.filter(({ option }) => isOption(list, option));
    for (const [change, changed, facts] of [
      ['removed', minus(old, now), before],
      ['added', minus(now, old), after],
    ] as const) {
      for (const name of changed) {
        const at = left.findIndex((effect) => effect.change === change && isPackage(effect.package, name, facts));
        const text = `${list}: ${change === 'added' ? '+' : '-'} ${name}`;
        const [effect] = at < 0 ? [] : left.splice(at, 1);
        if (effect === undefined) rest.push(text);
        else {
          happened.add(effect);
          found.claimed.push(text);
        }
      }
    }
  }
  if (claim.kind === 'replace' && happened.size > 0 && happened.size < claim.packages.length) {
    const missing = claim.packages.filter((effect) => !happened.has(effect) && !effect.conditional);
    for (const { change, package: name, option } of missing)
      found.unclaimed.push(`${option}: ${name} is not ${change}`);
  }
  if (claim.kind === 'dedupe' && happened.size > 0) {
    const left = new Set(Object.values(after.packageLists).flatMap((list) => list.map(({ path }) => path)));
    for (const { name, path } of Object.values(before.packageLists).flat()) {
      if (!left.has(path) && claim.packages.some((effect) => isPackage(effect.package, name, before)))
        found.unclaimed.push(`${name} is no longer installed`);
    }
  }
}

/** `home.packages` is `home-manager.users.ann.home.packages` in the configuration of a host. */
function isOption(evaluated: string, option: string): boolean {
  if (evaluated === option) return true;
  const own = /^home-manager\.users\.[^.]+\.(.+)$/.exec(evaluated)?.[1];
  return own === option || (/^users\.users\.[^.]+\.packages$/.test(evaluated) && option.includes('${'));
}

function isPackage(attribute: string, name: string, { packages }: Facts): boolean {
  const known = packages[attribute];
  if (known?.name === name) return true;
  const own = name.replace(/-\d[^-]*(?:-.*)?$/, '');
  const score = nameLikeness(attribute, { name: own, mainProgram: null })?.score ?? 0;
  // A package of `pkgs` has this name, unless it is overridden.
  return score >= (known === null || known === undefined ? scores.part : scores.stem);
}

const names = (list: Facts['packageLists'][string] | undefined): string[] => (list ?? []).map(({ name }) => name);

/** The names that the first list has more often than the second. */
function minus(list: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of other) counts.set(name, (counts.get(name) ?? 0) + 1);
  return list.filter((name) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count - 1);
    return count <= 0;
  });
}

function compareAsked(before: Facts, after: Facts, claim: Claim, found: Comparison): void {
  for (const { option, value, hash } of claim.options) {
    for (const [name, now] of Object.entries(after.asked)) {
      if (!isOption(name, option) || before.asked[name] === now) continue;
      if (hash === null || hash === now) found.claimed.push(`${name} = ${value}`);
      else found.unclaimed.push(`${name} changes, and not to ${value}: another definition decides`);
    }
  }
}

function compareValues(
  before: Facts,
  after: Facts,
  claim: Claim,
  found: Comparison,
  rest: string[],
  unstable: ReadonlySet<string>,
): void {
  if (before.values === null || after.values === null) return;
  const claimed = [...claim.packages, ...claim.options].map(({ option }) => option);
  for (const name of new Set([...Object.keys(before.values), ...Object.keys(after.values)])) {
    const [old, now] = [before.values[name], after.values[name]];
    if (claimed.some((option) => isOption(name, option)) || unstable.has(name)) continue;
    // A definition that is not the claimed one, in a file that is edited.
    const isEdited = old !== undefined && now !== undefined && old.edited !== now.edited;
    // A definition by another name of the same option gives the same value.
    if (isEdited && claim.kind !== 'same') found.unclaimed.push(`${name} changes`);
    else if (old?.value !== now?.value) {
      rest.push(
        `${name} ${now === undefined ? 'is no longer set' : now.enabled && !old?.enabled ? 'is enabled' : 'changes'}`,
      );
    }
  }
}

/** The facts that differ between two evaluations of the same configuration in different folders. */
export function unstableFacts(one: Facts, other: Facts): Set<string> {
  const found = new Set<string>();
  if (one.drvPath !== other.drvPath) found.add('drvPath');
  for (const [name, { value, edited }] of Object.entries(one.values ?? {})) {
    const again = other.values?.[name];
    if (again?.value !== value || again?.edited !== edited) found.add(name);
  }
  return found;
}
