import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { byText } from '../../order.ts';

/** Whether a file names the package, and which options bring it; one that nothing declares counts as named. */
export function bringers({ declarations }: EvaluatedPackage): { named: boolean; by: string[] } {
  const by = [...new Set(declarations.flatMap((declaration) => declaration.by ?? []))].sort(byText);
  return { by, named: by.length === 0 || declarations.some((declaration) => declaration.by === null) };
}

/**
 * Every option that brings a package or keeps paths. What it keeps only by bringing a package is left to
 * the package, so that the package's own figure says what it costs.
 */
export function optionHolders(
  packages: readonly { roots: readonly number[]; named: boolean; by: readonly string[] }[],
  services: Readonly<Record<string, readonly string[]>>,
  nodes: (paths: readonly string[]) => number[],
): { option: string; roots: number[] }[] {
  const names = new Set([...Object.keys(services), ...packages.flatMap(({ by }) => by)]);
  return [...names].sort(byText).map((option) => {
    const brought = new Set(
      packages.filter(({ named, by }) => !named && by.length === 1 && by[0] === option).flatMap(({ roots }) => roots),
    );
    return { option, roots: nodes(services[option] ?? []).filter((node) => !brought.has(node)) };
  });
}
