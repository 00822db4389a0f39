import { type Digraph, digraph } from './digraph.ts';

/** A graph with each of its cycles drawn together into one node. */
export interface Condensation {
  /** node -> its component */
  component: Uint32Array;
  /**
   * The components, without cycles. They are numbered so that every edge leads from a higher to a
   * lower number: counting up meets what a component points at before the component, counting down
   * meets it after all that point at it.
   */
  dag: Digraph;
}

/**
 * Strongly connected components by Tarjan's algorithm (1972), with a stack of its own: a chain of
 * references may be longer than the call stack. Linear. References between store paths have no
 * cycles, but evidence is read from a file, and nothing after this need think of them.
 */
export function condensation(graph: Digraph): Condensation {
  const { size, offsets, targets } = graph;
  const component = new Uint32Array(size);
  const found = new Uint32Array(size); // order of discovery, from 1; 0: not yet
  const low = new Uint32Array(size);
  const next = offsets.slice(0, size);
  const open = new Uint32Array(size);
  const onOpen = new Uint8Array(size);
  const calls = new Uint32Array(size);
  let openCount = 0;
  let clock = 0;
  let count = 0;

  for (let start = 0; start < size; start++) {
    if (found[start] !== 0) continue;
    let depth = 0;
    calls[0] = start;
    while (depth >= 0) {
      const node = calls[depth] as number;
      if (found[node] === 0) {
        found[node] = low[node] = ++clock;
        open[openCount++] = node;
        onOpen[node] = 1;
      }
      const edge = next[node] as number;
      if (edge < (offsets[node + 1] as number)) {
        next[node] = edge + 1;
        const target = targets[edge] as number;
        if (found[target] === 0) calls[++depth] = target;
        else if (onOpen[target] === 1) low[node] = Math.min(low[node] as number, found[target] as number);
        continue;
      }
      if (low[node] === found[node]) {
        let member: number;
        do {
          member = open[--openCount] as number;
          onOpen[member] = 0;
          component[member] = count;
        } while (member !== node);
        count++;
      }
      depth--;
      if (depth >= 0) {
        const parent = calls[depth] as number;
        low[parent] = Math.min(low[parent] as number, low[node] as number);
      }
    }
  }

  return { component, dag: contracted(graph, component, count) };
}

function contracted(graph: Digraph, component: Uint32Array, count: number): Digraph {
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let node = 0; node < graph.size; node++) {
    const from = component[node] as number;
    for (let edge = graph.offsets[node] as number; edge < (graph.offsets[node + 1] as number); edge++) {
      const to = component[graph.targets[edge] as number] as number;
      if (to !== from) (rows[from] as number[]).push(to);
    }
  }
  return digraph(rows);
}
