import { byText } from '../order.ts';
import type { Evaluated, EvaluatedPackage } from './evaluated.ts';

/** A list of packages that is written in a file of the user's. */
export interface PackageList {
  file: string;
  /** The first line of the list that declares a package; undefined: not known. */
  line: number | undefined;
  /** The option: `environment.systemPackages`. */
  list: string;
  /** The packages that it declares. */
  count: number;
  /** A JSON pointer to the declarations of one of them in `evaluated.json`. */
  pointer: string;
}

/**
 * The lists of packages in the user's files, largest first, without declarations whose file is unknown.
 */
export function packageLists(
  { packages }: Evaluated,
  isIncluded: (one: EvaluatedPackage) => boolean = () => true,
): PackageList[] {
  const lists = new Map<string, PackageList>();
  for (const [index, one] of packages.entries()) {
    if (!isIncluded(one)) continue;
    for (const { by, file, line, list } of one.declarations) {
      if (by !== null || !file.endsWith('.nix')) continue;
      const key = listKey({ file, list });
      const found = lists.get(key) ?? { file, line, list, count: 0, pointer: `/packages/${index}/declarations` };
      const first = line !== undefined && (found.line === undefined || line < found.line) ? line : found.line;
      lists.set(key, { ...found, line: first, count: found.count + 1 });
    }
  }
  return [...lists.values()].sort((a, b) => b.count - a.count || byText(listKey(a), listKey(b)));
}

/** Equal for the same list of the same file. */
export const listKey = ({ file, list }: Pick<PackageList, 'file' | 'list'>): string => JSON.stringify([file, list]);
