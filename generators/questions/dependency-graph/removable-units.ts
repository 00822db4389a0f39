import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import { soleOption } from '../closure-graph/retainers.ts';
import type { OptionCost, PackageCost, RemovableUnit } from './schema.ts';

/**
 * Everything that can be removed from a configuration by itself: declared packages, and options with the packages
 * that only they add. Largest first.
 */
export function removableUnits(
  packages: readonly PackageCost[],
  options: readonly OptionCost[],
  order: 'exclusiveSize' | 'closureSize' = 'exclusiveSize',
): RemovableUnit[] {
  const byOption = groupBy(packages, soleOption);
  const units: RemovableUnit[] = [
    ...(byOption.get(undefined) ?? []).map(({ id, closureSize, exclusiveSize, exclusivePaths }) => ({
      kind: 'package' as const,
      name: id,
      packages: [id],
      closureSize,
      exclusiveSize,
      exclusivePaths,
    })),
    ...options.map(({ option, closureSize, exclusiveSize, exclusivePaths }) => ({
      kind: 'option' as const,
      name: option,
      packages: (byOption.get(option) ?? []).map(({ id }) => id),
      closureSize,
      exclusiveSize,
      exclusivePaths,
    })),
  ];
  return units.sort((a, b) => b[order] - a[order] || b.closureSize - a.closureSize || byText(a.name, b.name));
}
