import type { LoadedGraph } from './read-graph.ts';
import type { Why } from './why.ts';

interface Branch {
  node: number;
  /** Names of the declared packages, options, or the distribution, that ask for this very path. */
  holders: string[];
  /** What refers to it, on the ways shown. */
  branches: Map<number, Branch>;
}

/**
 * The shortest chains as one tree per path: the path at the top, below it what refers to it, up to what is
 * declared. At most `limit` chains.
 */
export function whyTree({ store }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const lines = answers.flatMap((why, index) => {
    const top: Branch = {
      node: why.node,
      holders: why.declared.map(({ id }) => `declared: ${id}`),
      branches: new Map(),
    };
    const chains = [
      ...why.packages.slice(0, limit).map(({ name, way }) => ({ holder: `declared: ${name}`, way })),
      ...why.options.slice(0, limit).map(({ name, way }) => ({ holder: name, way })),
      ...(why.base ? [{ holder: 'the distribution', way: why.base }] : []),
    ];
    for (const { holder, way } of chains) grow(top, way, holder);
    const rest = why.packages.length - Math.min(limit, why.packages.length);
    return [...(index > 0 ? [''] : []), ...drawn(top, store.labels), ...(rest > 0 ? [`and ${rest} more (--all)`] : [])];
  });
  return `${lines.join('\n')}\n`;
}

function grow(top: Branch, way: readonly number[], holder: string): void {
  let branch = top;
  for (const node of way.slice(0, -1).reverse()) {
    let next = branch.branches.get(node);
    if (next === undefined) {
      next = { node, holders: [], branches: new Map() };
      branch.branches.set(node, next);
    }
    branch = next;
  }
  branch.holders.push(holder);
}

function drawn({ node, holders, branches }: Branch, labels: readonly string[]): string[] {
  const last = branches.size - 1;
  return [
    `${labels[node]}${holders.length > 0 ? `  (${holders.join('; ')})` : ''}`,
    ...[...branches.values()].flatMap((branch, index) =>
      drawn(branch, labels).map(
        (line, row) => `${row === 0 ? (index < last ? '├── ' : '└── ') : index < last ? '│   ' : '    '}${line}`,
      ),
    ),
  ];
}
