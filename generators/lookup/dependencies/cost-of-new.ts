import { bytes } from '../../bytes.ts';
import { storeLabel } from '../../store-name.ts';
import type { Closure, StorePathInfo } from './nix-path-info.ts';

/** The cost of adding a package to this machine. */
export interface Addition {
  /** Paths of its closure that are not present, largest first. */
  missing: StorePathInfo[];
  /** Number of paths of its closure that are present. */
  presentPaths: number;
  /** Bytes of its own outputs among the missing paths. */
  ownSize: number;
  /** Bytes of the other missing paths. */
  dependenciesSize: number;
}

/** @param isPresent whether a store path is already present */
export function additionOf({ own, paths }: Closure, isPresent: (path: StorePathInfo) => boolean): Addition {
  const missing = paths
    .filter((path) => !isPresent(path))
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  const total = (list: readonly StorePathInfo[]): number => list.reduce((sum, { size }) => sum + size, 0);
  const ownSize = total(missing.filter(({ path }) => own.includes(path)));
  return { missing, presentPaths: paths.length - missing.length, ownSize, dependenciesSize: total(missing) - ownSize };
}

/** `Adding package X will pull 200 MB of dependencies …`, or that everything is present. */
export function additionText(
  name: string,
  { missing, presentPaths, ownSize, dependenciesSize }: Addition,
  limit: number,
): string {
  if (missing.length === 0) {
    return `Adding package ${name} pulls nothing: its closure (${paths(presentPaths)}) is already present.\n`;
  }
  const alreadyPresent = presentPaths > 0 ? `; ${presentPaths} of its closure are already present` : '';
  const pulled =
    dependenciesSize > 0
      ? `${bytes(dependenciesSize, 3)} of dependencies and ${bytes(ownSize, 3)} of its own`
      : `${bytes(ownSize, 3)} of its own and no dependencies`;
  return `${[
    `Adding package ${name} will pull ${pulled}: ${paths(missing.length)}${alreadyPresent}.`,
    ...missing.slice(0, limit).map(({ path, size }) => `  ${storeLabel(path)}, ${bytes(size, 3)}`),
    ...(missing.length > limit ? [`  and ${missing.length - limit} more (--all)`] : []),
  ].join('\n')}\n`;
}

function paths(count: number): string {
  return `${count} store ${count === 1 ? 'path' : 'paths'}`;
}
