import { type Digraph, reversed } from './digraph.ts';

/** Stands where a node cannot be reached from the root. */
export const unreached = 0xffffffff;

/**
 * The immediate dominator of every node: the last one that every way from `root` must pass. The root
 * is its own. In a graph without cycles it is the lowest common ancestor, in the tree so far, of all
 * that point at the node; the ancestor is found over jump pointers (Myers, "An applicative
 * random-access stack", 1983), so that a chain of any length costs O(edges · log nodes).
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function immediateDominators(dag: Digraph, root: number): Uint32Array {
  const { size } = dag;
  const sources = reversed(dag);
  const parent = new Uint32Array(size).fill(unreached);
  const jump = new Uint32Array(size);
  const depth = new Uint32Array(size);
  parent[root] = jump[root] = root;

  const commonAncestor = (a: number, b: number): number => {
    let high = a;
    let deep = b;
    if ((depth[high] as number) > (depth[deep] as number)) [high, deep] = [deep, high];
    const level = depth[high] as number;
    while ((depth[deep] as number) > level) {
      const far = jump[deep] as number;
      deep = (depth[far] as number) >= level ? far : (parent[deep] as number);
    }
    while (high !== deep) {
      // Nodes of one depth jump equally far, so the two stay level.
      const apart = jump[high] !== jump[deep];
      high = (apart ? jump[high] : parent[high]) as number;
      deep = (apart ? jump[deep] : parent[deep]) as number;
    }
    return high;
  };

  for (let node = root - 1; node >= 0; node--) {
    let dominator = unreached;
    for (let edge = sources.offsets[node] as number; edge < (sources.offsets[node + 1] as number); edge++) {
      const source = sources.targets[edge] as number;
      if (parent[source] === unreached) continue;
      dominator = dominator === unreached ? source : commonAncestor(dominator, source);
    }
    if (dominator === unreached) continue;
    parent[node] = dominator;
    depth[node] = (depth[dominator] as number) + 1;
    const far = jump[dominator] as number;
    const equalJumps =
      (depth[dominator] as number) - (depth[far] as number) ===
      (depth[far] as number) - (depth[jump[far] as number] as number);
    jump[node] = equalJumps ? (jump[far] as number) : dominator;
  }
  return parent;
}

/** For every node the sum of `weights` over what it dominates, itself included; 0 where the root does not reach. */
export function dominatedSums(dominators: Uint32Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(weights.length);
  for (let node = 0; node < weights.length; node++) {
    const dominator = dominators[node] as number;
    if (dominator === unreached) continue;
    (sums[node] as number) += weights[node] as number;
    if (dominator !== node) (sums[dominator] as number) += sums[node] as number;
  }
  return sums;
}
