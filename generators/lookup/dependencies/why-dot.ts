import { at } from '../../at.ts';
import type { LoadedGraph } from './load-graph.ts';
import type { Why } from './why.ts';

/** The shortest chains as a graph for Graphviz: declared packages in boxes, the paths asked for in heavy boxes. */
export function whyDot({ store, retainers }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const chains = answers.flatMap(({ node, packages, options, base }) => [
    [node],
    ...[...packages.slice(0, limit), ...options.slice(0, limit)].map(({ nodes }) => nodes),
    ...(base ? [base] : []),
  ]);
  const asked = new Set(answers.map(({ node }) => node));
  const declared = new Set(retainers.packages.flatMap(({ outputs }) => outputs));
  const nodes = [...new Set(chains.flat())].sort((a, b) => a - b);
  const edges = new Set(chains.flatMap((chain) => chain.slice(1).map((node, index) => `n${chain[index]} -> n${node}`)));
  return [
    'digraph why {',
    '  rankdir=LR;',
    '  node [shape=plaintext];',
    ...nodes.map((node) => {
      const style = [
        `label=${JSON.stringify(at(store.names, node))}`,
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
