import { at } from '../at.ts';
import { type Digraph, reversed } from './digraph.ts';

/** In place of a node's dominator: the root does not reach the node. */
export const unreached = -1;

/**
 * The immediate dominator of every node: the last node that every path from `root` to it passes. The root
 * is its own. In a graph without cycles this is the lowest common ancestor, in the dominator tree so far, of all
 * sources of the node. The ancestor is found over jump pointers (Myers, "An applicative random-access
 * stack", 1983), so that a chain of any length costs O(edges · log nodes).
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function immediateDominators(dag: Digraph, root: number): number[] {
  const sources = reversed(dag);
  const parent = dag.map(() => unreached);
  const jump = dag.map(() => 0);
  const depth = dag.map(() => 0);
  parent[root] = root;
  jump[root] = root;

  const commonAncestor = (a: number, b: number): number => {
    let [high, deep] = at(depth, a) > at(depth, b) ? [b, a] : [a, b];
    const level = at(depth, high);
    while (at(depth, deep) > level) {
      const far = at(jump, deep);
      deep = at(depth, far) >= level ? far : at(parent, deep);
    }
    while (high !== deep) {
      // Nodes of equal depth jump equally far, so both stay on one level.
      const step = jump[high] === jump[deep] ? parent : jump;
      high = at(step, high);
      deep = at(step, deep);
    }
    return high;
  };

  for (let node = root - 1; node >= 0; node--) {
    let dominator = unreached;
    for (const source of at(sources, node)) {
      if (parent[source] === unreached) continue;
      dominator = dominator === unreached ? source : commonAncestor(dominator, source);
    }
    if (dominator === unreached) continue;
    parent[node] = dominator;
    const level = at(depth, dominator);
    depth[node] = level + 1;
    const far = at(jump, dominator);
    const farther = at(jump, far);
    const equalJumps = level - at(depth, far) === at(depth, far) - at(depth, farther);
    jump[node] = equalJumps ? farther : dominator;
  }
  return parent;
}

/** For every node the sum of `weights` over all nodes it dominates, itself included; 0 where the root does not reach it. */
export function dominatedSums(dominators: readonly number[], weights: readonly number[]): number[] {
  const sums = dominators.map(() => 0);
  dominators.forEach((dominator, node) => {
    if (dominator === unreached) return;
    sums[node] = at(sums, node) + at(weights, node);
    if (dominator !== node) sums[dominator] = at(sums, dominator) + at(sums, node);
  });
  return sums;
}
