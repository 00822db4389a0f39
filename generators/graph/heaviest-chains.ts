import type { Digraph } from './digraph.ts';

/** For every node the chain of edges below it whose nodes weigh most together. */
export interface HeaviestChains {
  /** The chain's weight, the node itself included. */
  weight: Float64Array;
  /** The next node of the chain; the node itself where it ends. */
  next: Uint32Array;
}

/**
 * Among equals the lower number wins, which makes the answer unique.
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function heaviestChains(dag: Digraph, weights: Float64Array): HeaviestChains {
  const weight = new Float64Array(dag.size);
  const next = new Uint32Array(dag.size);
  for (let node = 0; node < dag.size; node++) {
    let best = node;
    let below = -1;
    for (let edge = dag.offsets[node] as number; edge < (dag.offsets[node + 1] as number); edge++) {
      const target = dag.targets[edge] as number;
      const candidate = weight[target] as number;
      if (candidate > below || (candidate === below && target < best)) {
        best = target;
        below = candidate;
      }
    }
    next[node] = best;
    weight[node] = (weights[node] as number) + Math.max(0, below);
  }
  return { weight, next };
}
