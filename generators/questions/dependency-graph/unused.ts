/** What shell history says about one user's packages. */
export interface Usage {
  /** Packages with commands that a person would type and that the histories do not hold. */
  unused: readonly string[];
  /** The shells whose histories were read: `fish`. */
  shells: readonly string[];
  /** First day that the histories cover, and how many days. */
  since: string | null;
  days: number;
}

/** What the closure says about one declared package. */
export interface Dependents {
  id: string;
  broughtInByCount: number;
  keptByBase: boolean;
  keptByOptions: readonly string[];
}

/** Unused packages on which nothing depends either, in the order of `packages`. */
export function unusedWithoutDependents(packages: readonly Dependents[], { unused }: Usage): string[] {
  const idle = new Set(unused);
  return packages
    .filter(
      ({ id, broughtInByCount, keptByBase, keptByOptions }) =>
        idle.has(id) && broughtInByCount === 0 && !keptByBase && keptByOptions.length === 0,
    )
    .map(({ id }) => id);
}

/** "These 5 packages are unused (no dependents, not in Fish history)."; null where there are none. */
export function unusedSentence(count: number, { shells }: Usage): string | null {
  if (count === 0 || shells.length === 0) return null;
  const named = shells.map((shell) => shell[0]?.toUpperCase() + shell.slice(1));
  const last = named.pop();
  const histories = named.length === 0 ? last : `${named.join(', ')} or ${last}`;
  const subject = count === 1 ? 'This package is' : `These ${count} packages are`;
  return `${subject} unused (no dependents, not in ${histories} history).`;
}
