import { at } from '../../at.ts';
import { byText } from '../../order.ts';
import { parseStoreName, type StoreName, toolName } from '../../store-name.ts';
import type { ToolProfile } from '../../tools/schema.ts';
import type { LoadedGraph } from './load-graph.ts';

/** The store paths that a name refers to, most likely first; if there are none, similar names. */
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
  { store, figures, retainers }: LoadedGraph,
  name: string,
  profiles: readonly ToolProfile[] = [],
): Targets {
  const exact = store.names.flatMap((storeName, node) => (storeName === name ? [node] : []));
  if (exact.length > 0) return { nodes: exact, near: [] };

  const declared = figures.packages.flatMap((cost, index) =>
    cost.id === name || cost.name === name ? at(retainers.packages, index).outputs : [],
  );
  const withCommand = new Set(
    figures.system.commandsNotOnPath.flatMap(({ storeName, commands }) => (commands.includes(name) ? [storeName] : [])),
  );
  const containing = partsOf(store.names, (storeName) => storeName.includes(name) || withCommand.has(storeName));
  const named = containing.flatMap((path) =>
    path.name === name ||
    `${path.name}-${path.version}` === name ||
    toolName(path.storeName) === name ||
    withCommand.has(path.storeName)
      ? [path.node]
      : [],
  );
  if (declared.length + named.length > 0) return { nodes: ranked([...declared, ...named], store.names), near: [] };

  const stem = withoutNumber(name);
  const numbered = partsOf(store.names, (storeName) => storeName.includes(stem)).flatMap((path) =>
    withoutNumber(path.name) === stem ? [path.node] : [],
  );
  if (numbered.length > 0) return { nodes: ranked(numbered, store.names), near: [] };

  const owners = profiles.filter(({ commands }) => commands?.includes(name));
  const ofOwners = new Set(owners.flatMap(({ id }) => findTargets({ store, figures, retainers }, id).nodes));
  if (ofOwners.size > 0) return { nodes: [...ofOwners], near: [] };

  const near = [...new Set(containing.map((path) => path.name).filter((other) => other.includes(name)))];
  return { nodes: [], near: near.sort((a, b) => a.length - b.length || byText(a, b)).slice(0, maxNear) };
}

/** Only the names that may match are split: splitting every name would take most of the time of a look-up. */
function partsOf(
  names: readonly string[],
  mayMatch: (storeName: string) => boolean,
): (StoreName & { node: number; storeName: string })[] {
  return names.flatMap((storeName, node) =>
    mayMatch(storeName) ? [{ node, storeName, ...parseStoreName(storeName) }] : [],
  );
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
