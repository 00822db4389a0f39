import { at } from '../../at.ts';
import type { LoadedGraph } from './load-graph.ts';
import type { Why } from './why.ts';

interface Branch {
  node: number;
  /** Declared packages, options and the base system that contain this path itself. */
  retainers: string[];
  /** The paths that refer to it, on the chains shown. */
  referrers: Map<number, Branch>;
}

/**
 * One tree per store path: the path at the top, below it the paths that refer to it, down to what is declared.
 * At most `limit` chains.
 */
export function whyTree({ store }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const lines = answers.flatMap(({ node, declared, packages, options, base }, index) => {
    const retainers = declared.map(({ id }) => `declared: ${id}`);
    const top: Branch = { node, retainers, referrers: new Map() };
    for (const { name, nodes } of packages.slice(0, limit)) grow(top, nodes, `declared: ${name}`);
    for (const { name, nodes } of options.slice(0, limit)) grow(top, nodes, name);
    if (base) grow(top, base, 'the base system');
    return [
      ...(index > 0 ? [''] : []),
      ...drawn(top, store.names),
      ...(packages.length > limit ? [`and ${packages.length - limit} more (--all)`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function grow(top: Branch, chain: readonly number[], retainer: string): void {
  let branch = top;
  for (const node of chain.slice(0, -1).reverse()) {
    const next = branch.referrers.get(node) ?? { node, retainers: [], referrers: new Map() };
    branch.referrers.set(node, next);
    branch = next;
  }
  branch.retainers.push(retainer);
}

function drawn({ node, retainers, referrers }: Branch, names: readonly string[]): string[] {
  const last = referrers.size - 1;
  return [
    `${at(names, node)}${retainers.length > 0 ? `  (${retainers.join('; ')})` : ''}`,
    ...[...referrers.values()].flatMap((branch, index) =>
      drawn(branch, names).map(
        (line, row) => `${row === 0 ? (index < last ? '├── ' : '└── ') : index < last ? '│   ' : '    '}${line}`,
      ),
    ),
  ];
}
