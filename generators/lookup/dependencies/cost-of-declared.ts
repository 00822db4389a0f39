import { at } from '../../at.ts';
import { bytes } from '../../bytes.ts';
import { reachable } from '../../graph/reachable.ts';
import { retainerGraph } from '../../questions/closure-graph/retainer-graph.ts';
import { soleOption } from '../../questions/closure-graph/retainers.ts';
import type { OptionCost, PackageCost } from '../../questions/dependency-graph/schema.ts';
import type { LoadedGraph } from './load-graph.ts';
import { declaration } from './why-text.ts';

/** The cost of the declared packages and enabled options with a name. */
export interface DeclaredCost {
  packages: (PackageCost & Freed)[];
  options: (OptionCost & Freed)[];
}

interface Freed {
  /** The store paths that a removal frees, largest first. */
  freed: { storeName: string; size: number }[];
}

export function costOfDeclared({ figures, store, retainers }: LoadedGraph, name: string): DeclaredCost {
  const { graph, root, packageNode, optionNode } = retainerGraph(store, retainers);
  const freedWithout = (retainer: number): Freed['freed'] => {
    const kept = reachable(graph, [root], [retainer]);
    return store.names
      .flatMap((storeName, node) => (kept.has(node) ? [] : [{ storeName, size: at(store.sizes, node) }]))
      .sort((a, b) => b.size - a.size);
  };
  return {
    packages: figures.packages.flatMap((cost, index) =>
      cost.id === name || cost.name === name ? [{ ...cost, freed: freedWithout(packageNode(index)) }] : [],
    ),
    options: figures.options.flatMap((cost, index) =>
      cost.option === name ? [{ ...cost, freed: freedWithout(optionNode(index)) }] : [],
    ),
  };
}

/** The costs as text, with at most `limit` store paths for each. */
export function declaredCostText({ packages, options }: DeclaredCost, limit: number): string {
  return [...packages.map((cost) => packageText(cost, limit)), ...options.map((cost) => optionText(cost, limit))].join(
    '\n',
  );
}

function packageText(cost: PackageCost & Freed, limit: number): string {
  const { packages, packageCount, options, base } = cost.requiredBy;
  const others = [
    ...packages,
    ...(packageCount > packages.length ? [`${packageCount - packages.length} more`] : []),
    ...options,
    ...(base ? ['the base system'] : []),
  ];
  const links = cost.heaviestChainLength - cost.heaviestChain.length;
  const rest = links > 0 ? [`${links} more`] : [];
  return lines([
    declaration(`${cost.id}${cost.version ? ` ${cost.version}` : ''}`, cost.declaredIn, cost.addedByOptions),
    `  needs ${bytes(cost.closureSize, 3)} in ${count(cost.closurePaths)}`,
    ...freedLines(cost, soleOption(cost) === undefined ? '' : ' with its option', limit),
    ...(others.length > 0 ? [`  also required by ${others.join(', ')}`] : []),
    `  heaviest chain: ${[...cost.heaviestChain, ...rest].join(' -> ')}, ${bytes(cost.heaviestChainSize, 3)}`,
  ]);
}

function optionText(cost: OptionCost & Freed, limit: number): string {
  return lines([
    cost.option,
    ...(cost.packages.length > 0 ? [`  adds ${cost.packages.join(', ')}`] : []),
    `  needs ${bytes(cost.closureSize, 3)}`,
    ...freedLines(cost, '', limit),
  ]);
}

function freedLines({ exclusiveSize, freed }: Freed & { exclusiveSize: number }, how: string, limit: number): string[] {
  if (freed.length === 0) return ['  frees nothing when removed: all of it is needed by others'];
  return [
    `  frees ${bytes(exclusiveSize, 3)} in ${count(freed.length)} when removed${how}:`,
    ...freed.slice(0, limit).map(({ storeName, size }) => `    ${storeName}, ${bytes(size, 3)}`),
    ...(freed.length > limit ? [`    and ${freed.length - limit} more (--all)`] : []),
  ];
}

function count(paths: number): string {
  return `${paths} store ${paths === 1 ? 'path' : 'paths'}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
