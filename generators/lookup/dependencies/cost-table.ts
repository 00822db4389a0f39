import { bytes } from '../../bytes.ts';
import { byText } from '../../order.ts';
import type { DependencyGraph } from '../../questions/dependency-graph/schema.ts';

export interface CostRow {
  kind: 'package' | 'option';
  name: string;
  exclusiveSize: number;
  closureSize: number;
  exclusivePaths: number;
  /** Declared packages that come with the option and with it alone. */
  packages: string[];
}

/**
 * Everything that can be taken out: declared packages, and options with what only they bring. A package
 * that comes only with an option stands in that option's row.
 */
export function costRows({ packages, options }: DependencyGraph, by: 'exclusive' | 'closure'): CostRow[] {
  const optionOf = ({ named, by: options }: DependencyGraph['packages'][number]): string | undefined =>
    !named && options.length === 1 ? options[0] : undefined;
  const rows: CostRow[] = [
    ...packages
      .filter((entry) => optionOf(entry) === undefined)
      .map(({ id, exclusiveSize, closureSize, exclusivePaths }) => ({
        kind: 'package' as const,
        name: id,
        exclusiveSize,
        closureSize,
        exclusivePaths,
        packages: [],
      })),
    ...options.map(({ option, exclusiveSize, closureSize, exclusivePaths }) => ({
      kind: 'option' as const,
      name: option,
      exclusiveSize,
      closureSize,
      exclusivePaths,
      packages: packages.filter((entry) => optionOf(entry) === option).map(({ id }) => id),
    })),
  ];
  const figure = by === 'closure' ? 'closureSize' : 'exclusiveSize';
  return rows.sort((a, b) => b[figure] - a[figure] || b.closureSize - a.closureSize || byText(a.name, b.name));
}

const shownPackages = 3;

/** The table with a line on the whole above it. */
export function costTable(file: DependencyGraph, rows: readonly CostRow[], limit: number): string {
  const { size, paths, exclusive, shared } = file.system;
  const cells = rows
    .slice(0, limit)
    .map((row) => [
      bytes(row.exclusiveSize, 3),
      bytes(row.closureSize, 3),
      String(row.exclusivePaths),
      `${row.name}${row.packages.length > 0 ? ` (${brought(row)})` : ''}`,
    ]);
  const table = [['frees', 'needs', 'paths', 'name'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] as string).length)));
  return [
    `${bytes(size, 3)} in ${paths} store paths: ${bytes(exclusive.packagesAndOptions, 3)} kept by one package or option each,`,
    `${bytes(exclusive.base, 3)} by the distribution alone, ${bytes(shared.size, 3)} shared.`,
    '`frees`: what only it keeps, in so many paths; `needs`: its whole closure.',
    '',
    ...table.map(
      (row) => `${widths.map((width, column) => (row[column] as string).padStart(width)).join('  ')}  ${row[3]}`,
    ),
    ...(rows.length > limit ? [`and ${rows.length - limit} more (--all)`] : []),
    '',
  ].join('\n');
}

function brought({ packages }: CostRow): string {
  const shown = packages.slice(0, shownPackages).join(', ');
  return packages.length > shownPackages ? `${shown} and ${packages.length - shownPackages} more` : shown;
}
