import { bytes } from '../../bytes.ts';
import { storeLabel } from '../../store-name.ts';
import type { Closure, StorePathInfo } from './nix-path-info.ts';

/** What adding a package would bring onto the machine. */
export interface Addition {
  /** Paths of its closure that are not there yet, largest first. */
  missing: StorePathInfo[];
  /** How many of its closure are there. */
  present: number;
  /** Bytes of its own outputs among the missing. */
  ownSize: number;
  /** Bytes of all else among them. */
  dependenciesSize: number;
}

/** @param isThere whether a store path is there already */
export function additionOf({ own, paths }: Closure, isThere: (path: StorePathInfo) => boolean): Addition {
  const missing = paths.filter((path) => !isThere(path)).sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  const total = (list: readonly StorePathInfo[]): number => list.reduce((sum, { size }) => sum + size, 0);
  const ownSize = total(missing.filter(({ path }) => own.includes(path)));
  return { missing, present: paths.length - missing.length, ownSize, dependenciesSize: total(missing) - ownSize };
}

/** "Adding package X will pull 200 MB of dependencies …", or that there is nothing to pull. */
export function additionText(
  name: string,
  { missing, present, ownSize, dependenciesSize }: Addition,
  limit: number,
): string {
  if (missing.length === 0) {
    return `Adding package ${name} pulls nothing: its closure (${paths(present)}) is already there.\n`;
  }
  const there = present > 0 ? `, beyond the ${present} of its closure already there` : '';
  const pulled =
    dependenciesSize > 0
      ? `${bytes(dependenciesSize, 3)} of dependencies and ${bytes(ownSize, 3)} of its own`
      : `${bytes(ownSize, 3)} of its own and no dependencies`;
  return `${[
    `Adding package ${name} will pull ${pulled}: ${paths(missing.length)}${there}.`,
    ...missing.slice(0, limit).map(({ path, size }) => `  ${storeLabel(path)}, ${bytes(size, 3)}`),
    ...(missing.length > limit ? [`  and ${missing.length - limit} more (--all)`] : []),
  ].join('\n')}\n`;
}

function paths(count: number): string {
  return `${count} store ${count === 1 ? 'path' : 'paths'}`;
}
