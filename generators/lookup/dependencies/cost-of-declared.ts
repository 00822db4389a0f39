import { bytes } from '../../bytes.ts';
import type { OptionCost, PackageCost } from '../../questions/dependency-graph/schema.ts';
import type { LoadedGraph } from './read-graph.ts';
import { declaration } from './why-text.ts';

/** What one declared package or enabled option costs, and what would go with it. */
export function costOfDeclared(loaded: LoadedGraph, name: string, limit: number): string | null {
  const { file } = loaded;
  const packages = file.packages.filter((entry) => entry.id === name || entry.name === name);
  const options = file.options.filter(({ option }) => option === name);
  const texts = [
    ...packages.map((entry) => packageText(loaded, entry, limit)),
    ...options.map((entry) => optionText(loaded, entry, limit)),
  ];
  return texts.length === 0 ? null : texts.join('\n');
}

function packageText(loaded: LoadedGraph, cost: PackageCost, limit: number): string {
  const { file, store } = loaded;
  const index = file.packages.indexOf(cost);
  // The file has it cut; here there is room.
  const heaviest = cost.roots
    .map((node) => loaded.kept().heaviestChainFrom(node))
    .reduce((best, chain) => (chain.size > best.size ? chain : best));
  const others = [
    ...cost.broughtInBy,
    ...(cost.broughtInByCount > cost.broughtInBy.length
      ? [`${cost.broughtInByCount - cost.broughtInBy.length} more`]
      : []),
    ...cost.keptByOptions,
    ...(cost.keptByBase ? ['the distribution'] : []),
  ];
  return lines([
    declaration(`${cost.id}${cost.version ? ` ${cost.version}` : ''}`, cost.declaredIn, cost.by),
    `  needs ${bytes(cost.closureSize, 3)} in ${count(cost.paths)}`,
    ...freed(loaded, cost, { kind: 'package', index }, limit),
    ...(others.length > 0 ? [`  also brought in by ${others.join(', ')}`] : []),
    `  heaviest chain: ${heaviest.nodes.map((node) => store.labels[node]).join(' -> ')}, ${bytes(heaviest.size, 3)}`,
  ]);
}

function optionText(loaded: LoadedGraph, cost: OptionCost, limit: number): string {
  const index = loaded.file.options.indexOf(cost);
  return lines([
    cost.option,
    ...(cost.packages.length > 0 ? [`  brings ${cost.packages.join(', ')}`] : []),
    `  needs ${bytes(cost.closureSize, 3)}`,
    ...freed(loaded, cost, { kind: 'option', index }, limit),
  ]);
}

/** The store paths that nothing else keeps, largest first. */
function freed(
  { store, kept, file }: LoadedGraph,
  { exclusiveSize, exclusivePaths }: { exclusiveSize: number; exclusivePaths: number },
  holder: { kind: 'package' | 'option'; index: number },
  limit: number,
): string[] {
  if (exclusivePaths === 0)
    return ['  frees nothing: all of it is needed otherwise (off PATH it would be all the same)'];
  const { dominates } = kept();
  const paths = store.labels
    .map((label, node) => ({ label, node, size: store.sizes[node] as number }))
    .filter(({ node }) => dominates(holder, node))
    .sort((a, b) => b.size - a.size || a.node - b.node);
  const instead = holder.kind === 'package' && file.packages[holder.index]?.named === false ? ' with its option' : '';
  return [
    `  frees ${bytes(exclusiveSize, 3)} in ${count(exclusivePaths)}, if it goes${instead}:`,
    ...paths.slice(0, limit).map(({ label, size }) => `    ${label}, ${bytes(size, 3)}`),
    ...(paths.length > limit ? [`    and ${paths.length - limit} more (--all)`] : []),
  ];
}

function count(paths: number): string {
  return `${paths} store ${paths === 1 ? 'path' : 'paths'}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
