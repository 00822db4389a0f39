import { byText } from '../../order.ts';
import { toolName } from '../../questions/dependency-graph/hidden-commands.ts';
import { parseStoreName } from '../../store-name.ts';
import type { LoadedGraph } from './read-graph.ts';

/** Store paths that a question means, the likeliest first; where there are none, names that come near. */
export interface Found {
  nodes: number[];
  near: string[];
}

const nearShown = 8;

/**
 * What `question` means: a store path's name with or without version and output, a declared package, a
 * command that a dependency offers; else a name that a version number follows (`python` for `python313`).
 */
export function findTargets({ store, file }: LoadedGraph, question: string): Found {
  const { labels } = store;
  const parsed = labels.map(parseStoreName);
  const where = (test: (label: string, node: number) => boolean): number[] =>
    labels.flatMap((label, node) => (test(label, node) ? [node] : []));
  const whole = where((label) => label === question);
  if (whole.length > 0) return { nodes: whole, near: [] };

  const byName = where((label, node) => {
    const { name, version } = at(parsed, node);
    return name === question || `${name}-${version}` === question || toolName(label) === question;
  });
  const declared = file.packages.filter(({ id, name }) => id === question || name === question);
  const roots = declared.flatMap((entry) => entry.roots);
  const offered = file.system.hiddenCommands.filter(({ commands }) => commands.includes(question));
  const offering = offered.flatMap(({ storeName }) => where((label) => label === storeName));
  const found = ranked([...roots, ...byName, ...offering], labels);
  if (found.length > 0) return { nodes: found, near: [] };

  const numbered = where((_, node) => bare(at(parsed, node).name) === bare(question));
  if (numbered.length > 0) return { nodes: ranked(numbered, labels), near: [] };
  const near = new Set(parsed.map(({ name }) => name).filter((name) => name.includes(question)));
  return { nodes: [], near: [...near].sort((a, b) => a.length - b.length || byText(a, b)).slice(0, nearShown) };
}

/** Main outputs before others, then by name. */
function ranked(nodes: readonly number[], labels: readonly string[]): number[] {
  const other = (node: number): number => (parseStoreName(at(labels, node)).output === null ? 0 : 1);
  return [...new Set(nodes)].sort((a, b) => other(a) - other(b) || byText(at(labels, a), at(labels, b)) || a - b);
}

function bare(name: string): string {
  return name.replace(/[-_]?\d+(\.\d+)*$/, '');
}

function at<Item>(list: readonly Item[], index: number): Item {
  return list[index] as Item;
}
