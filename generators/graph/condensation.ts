import { at } from '../at.ts';
import type { Digraph } from './digraph.ts';

/** A graph in which each cycle is contracted into one node. */
export interface Condensation {
  /** node -> its component */
  component: readonly number[];
  /** The components, without cycles; every edge leads from a higher to a lower number. */
  dag: Digraph;
}

/**
 * Strongly connected components by Tarjan's algorithm (1972) in linear time, with an explicit stack: a chain
 * of references may be longer than the call stack. References between store paths have no cycles, but the
 * evidence comes from a file; after this step no algorithm has to handle them.
 */
export function condensation(graph: Digraph): Condensation {
  const component = graph.map(() => 0);
  /** Order of discovery, from 1; 0: not discovered yet. */
  const discovered = graph.map(() => 0);
  const lowest = graph.map(() => 0);
  const nextEdge = graph.map(() => 0);
  const isOpen = graph.map(() => false);
  const open: number[] = [];
  let clock = 0;
  let count = 0;

  for (let start = 0; start < graph.length; start++) {
    if (discovered[start] !== 0) continue;
    const calls = [start];
    for (let node = calls.at(-1); node !== undefined; node = calls.at(-1)) {
      if (discovered[node] === 0) {
        clock++;
        discovered[node] = clock;
        lowest[node] = clock;
        open.push(node);
        isOpen[node] = true;
      }
      const edge = at(nextEdge, node);
      const target = graph[node]?.[edge];
      if (target !== undefined) {
        nextEdge[node] = edge + 1;
        if (discovered[target] === 0) calls.push(target);
        else if (isOpen[target]) lowest[node] = Math.min(at(lowest, node), at(discovered, target));
        continue;
      }
      if (lowest[node] === discovered[node]) {
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          isOpen[member] = false;
          component[member] = count;
          if (member === node) break;
        }
        count++;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) lowest[parent] = Math.min(at(lowest, parent), at(lowest, node));
    }
  }
  return { component, dag: contracted(graph, component, count) };
}

function contracted(graph: Digraph, component: readonly number[], count: number): Digraph {
  const rows: number[][] = Array.from({ length: count }, () => []);
  graph.forEach((targets, node) => {
    const from = at(component, node);
    for (const target of targets) {
      const to = at(component, target);
      if (to !== from) at(rows, from).push(to);
    }
  });
  return rows;
}
