import { posix } from 'node:path';
import { packageList } from '../lang/nix/declarations/package-lists.ts';
import { onlyItem } from '../order.ts';
import type { Limits } from './plan.ts';
import type { NixFile, SourceTree } from './source-tree.ts';
import type { PackageEntry, PackageList } from './written-packages.ts';

/** An element of a list with its file; `list` is the option also where the file is imported as its value. */
export interface Declared extends PackageEntry {
  source: NixFile;
}

export interface DeclaredList extends PackageList {
  source: NixFile;
}

/** The elements that declare a package, or a package in a set other than `pkgs` (`unstable.ripgrep`). */
export function declaredAs(tree: SourceTree, name: string): Declared[] {
  const all = tree.files.flatMap((source) =>
    source.packages.entries.map((entry) => ({ ...entry, source, list: optionOf(tree, source, entry.list) })),
  );
  const exact = all.filter(({ names, set }) => names.some((one) => one === name || `${set}.${one}` === name));
  if (exact.length > 0) return exact;
  const similar = all.filter(({ names }) => names.some((one) => one.split('.').at(-1) === name));
  const attributes = new Set(similar.flatMap(({ names }) => names));
  return attributes.size === 1 ? similar : [];
}

export function writtenLists(tree: SourceTree): DeclaredList[] {
  return tree.files.flatMap((source) =>
    source.packages.lists.map((list) => ({ ...list, source, list: optionOf(tree, source, list.list) })),
  );
}

/** The option of a list that is the value of a file: `home.packages = import ./packages.nix { … }`. */
function optionOf(tree: SourceTree, { file }: NixFile, list: string): string {
  if (list !== '<list>') return list;
  const options = tree.files.flatMap((other) =>
    other.definitions.paths
      .filter(({ path }) => {
        const target = posix.normalize(posix.join(posix.dirname(other.file), path));
        return target === file || posix.join(target, 'default.nix') === file;
      })
      .map(({ within }) => packageList(within)),
  );
  return onlyItem([...new Set(options)]) ?? list;
}

export const isUserList = (list: string): boolean => list.startsWith('home.') || list.startsWith('users.users.');

/** Whether a list is in the scope, the file and a configuration that the user asked for. */
export function isWithin(limits: Limits, { list, source }: { list: string; source: NixFile }): boolean {
  if (limits.scope !== null && (limits.scope === 'user') !== isUserList(list)) return false;
  if (limits.file !== null && limits.file !== source.file) return false;
  return limits.host === null || source.hosts.length === 0 || source.hosts.includes(limits.host);
}

export const placeOf = ({ source, line }: { source: NixFile; line: number }): string => `${source.file}:${line}`;

/** The configurations that import all of these files; null where paths do not show it for one of them. */
export function hostsOf(sources: readonly NixFile[]): string[] | null {
  if (sources.some(({ hosts }) => hosts.length === 0)) return null;
  return [...new Set(sources.flatMap(({ hosts }) => hosts))];
}
