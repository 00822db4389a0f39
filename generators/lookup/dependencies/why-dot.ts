import type { LoadedGraph } from './read-graph.ts';
import type { Why } from './why.ts';

/** The shortest chains as a graph for Graphviz: what is declared in boxes, what was asked for in heavy ones. */
export function whyDot({ file, store }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const ways = answers.flatMap(({ node, packages, options, base }) => [
    [node],
    ...[...packages.slice(0, limit), ...options.slice(0, limit)].map(({ way }) => way),
    ...(base ? [base] : []),
  ]);
  const asked = new Set(answers.map(({ node }) => node));
  const declared = new Set(file.packages.flatMap(({ roots }) => roots));
  const nodes = [...new Set(ways.flat())].sort((a, b) => a - b);
  const edges = new Set(ways.flatMap((way) => way.slice(1).map((node, index) => `n${way[index]} -> n${node}`)));
  return [
    'digraph why {',
    '  rankdir=LR;',
    '  node [shape=plaintext];',
    ...nodes.map((node) => {
      const style = [
        `label=${JSON.stringify(store.labels[node])}`,
        ...(declared.has(node) || asked.has(node) ? ['shape=box'] : []),
        ...(asked.has(node) ? ['penwidth=3'] : []),
      ];
      return `  n${node} [${style.join(', ')}];`;
    }),
    ...[...edges].map((edge) => `  ${edge};`),
    '}',
    '',
  ].join('\n');
}
