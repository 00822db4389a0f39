import { at } from '../at.ts';
import type { Digraph } from './digraph.ts';

/** For every node the path from it on whose nodes weigh most in sum. */
export interface HeaviestChains {
  /** The weight of the whole path, the node itself included. */
  weight: readonly number[];
  /** The next node of the path; the node itself at its end. */
  next: readonly number[];
}

/**
 * Of equally heavy paths, the one over the lower number.
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function heaviestChains(dag: Digraph, weights: readonly number[]): HeaviestChains {
  const weight: number[] = [];
  const next: number[] = [];
  dag.forEach((targets, node) => {
    let best = node;
    let below = -1;
    for (const target of targets) {
      const candidate = at(weight, target);
      if (candidate > below || (candidate === below && target < best)) {
        best = target;
        below = candidate;
      }
    }
    next.push(best);
    weight.push(at(weights, node) + Math.max(0, below));
  });
  return { weight, next };
}
