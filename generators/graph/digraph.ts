/** A directed graph: node `n` has an edge to every node in row `n`. */
export type Digraph = readonly (readonly number[])[];

/** The graph with every edge reversed; each row is in ascending order. */
export function reversed(graph: Digraph): Digraph {
  const sources: number[][] = graph.map(() => []);
  graph.forEach((targets, node) => {
    for (const target of targets) sources[target]?.push(node);
  });
  return sources;
}
