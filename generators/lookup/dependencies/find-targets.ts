import { at } from '../../at.ts';
import { byText } from '../../order.ts';
import { parseStoreName, toolName } from '../../store-name.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { LoadedGraph } from './load-graph.ts';

/** The store paths that a name means, the likeliest first; where there are none, similar names. */
export interface Targets {
  nodes: number[];
  near: string[];
}

const maxNear = 8;

/**
 * A name is, in this order: a full store name; a name with or without version, a declared package, or a command that
 * a dependency has; a name followed by a version number (`python` for `python313`); a command of a package.
 *
 * @param profiles the packages with their commands, where known
 */
export function findTargets(
  { store, figures, retainers }: Omit<LoadedGraph, 'retention'>,
  name: string,
  profiles: readonly ToolProfile[] = [],
): Targets {
  const parsed = store.names.map((storeName, node) => ({ node, storeName, ...parseStoreName(storeName) }));
  const exact = parsed.filter(({ storeName }) => storeName === name);
  if (exact.length > 0) return { nodes: exact.map(({ node }) => node), near: [] };

  const declared = figures.packages.flatMap((cost, index) =>
    cost.id === name || cost.name === name ? at(retainers.packages, index).outputs : [],
  );
  const withCommand = new Set(
    figures.system.commandsNotOnPath.flatMap(({ storeName, commands }) => (commands.includes(name) ? [storeName] : [])),
  );
  const named = parsed.filter(
    (path) =>
      path.name === name ||
      `${path.name}-${path.version}` === name ||
      toolName(path.storeName) === name ||
      withCommand.has(path.storeName),
  );
  const numbered = parsed.filter((path) => withoutNumber(path.name) === withoutNumber(name));
  for (const nodes of [[...declared, ...named.map(({ node }) => node)], numbered.map(({ node }) => node)]) {
    if (nodes.length > 0) return { nodes: ranked(nodes, store.names), near: [] };
  }
  const owners = profiles.filter(({ commands }) => commands?.includes(name));
  const ofOwners = new Set(owners.flatMap(({ id }) => findTargets({ store, figures, retainers }, id).nodes));
  if (ofOwners.size > 0) return { nodes: [...ofOwners], near: [] };

  const near = [...new Set(parsed.map((path) => path.name).filter((other) => other.includes(name)))];
  return { nodes: [], near: near.sort((a, b) => a.length - b.length || byText(a, b)).slice(0, maxNear) };
}

/** Main outputs before others, then by name. */
function ranked(nodes: readonly number[], names: readonly string[]): number[] {
  return [...new Set(nodes)]
    .map((node) => ({ node, name: at(names, node), isMain: parseStoreName(at(names, node)).output === null }))
    .sort((a, b) => Number(b.isMain) - Number(a.isMain) || byText(a.name, b.name) || a.node - b.node)
    .map(({ node }) => node);
}

function withoutNumber(name: string): string {
  return name.replace(/[-_]?\d+(\.\d+)*$/, '');
}
