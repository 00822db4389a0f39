import { bytes } from '../../bytes.ts';
import type { DependencyGraph, RemovableUnit } from '../../questions/dependency-graph/schema.ts';

const maxPackages = 3;

/** A summary of the system, and one row for each of the first `limit` units. */
export function costTable(
  { size, paths, exclusive, shared }: DependencyGraph['system'],
  units: readonly RemovableUnit[],
  limit: number,
): string {
  const rows = units.slice(0, limit).map((unit) => ({
    frees: bytes(unit.exclusiveSize, 3),
    needs: bytes(unit.closureSize, 3),
    paths: String(unit.exclusivePaths),
    name: `${unit.name}${unit.kind === 'option' ? withPackages(unit.packages) : ''}`,
  }));
  const table = [{ frees: 'frees', needs: 'needs', paths: 'paths', name: 'name' }, ...rows];
  const width = (column: 'frees' | 'needs' | 'paths'): number => Math.max(...table.map((row) => row[column].length));
  const widths = { frees: width('frees'), needs: width('needs'), paths: width('paths') };
  return [
    `${bytes(size, 3)} in ${paths} store paths: ${bytes(exclusive.packagesAndOptions, 3)} needed by only one package or option,`,
    `${bytes(exclusive.base, 3)} by only the base system, ${bytes(shared.size, 3)} shared.`,
    '`frees`: what a removal frees, in `paths` store paths; `needs`: the whole closure.',
    '',
    ...table.map(({ frees, needs, paths, name }) =>
      [frees.padStart(widths.frees), needs.padStart(widths.needs), paths.padStart(widths.paths), name].join('  '),
    ),
    ...(units.length > limit ? [`and ${units.length - limit} more (--all)`] : []),
    '',
  ].join('\n');
}

function withPackages(packages: readonly string[]): string {
  if (packages.length === 0) return '';
  const shown = packages.slice(0, maxPackages).join(', ');
  return ` (${shown}${packages.length > maxPackages ? ` and ${packages.length - maxPackages} more` : ''})`;
}
