import type { Digraph } from './digraph.ts';

/** Which of some marked nodes reach a node: one row of bits per node, bit `i` for the i-th of them. */
export interface Reach {
  count: number;
  /** 32-bit words in a row. */
  width: number;
  bits: Uint32Array;
}

/**
 * For every node, which of `from` reach it (a node reaches itself). One pass over the edges, each of
 * which carries a whole row: O(edges · from / 32), where a search from each would cost O(edges · from).
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function reachedBy(dag: Digraph, from: readonly number[]): Reach {
  const width = Math.ceil(from.length / 32);
  const bits = new Uint32Array(dag.size * width);
  from.forEach((node, index) => {
    (bits[node * width + (index >>> 5)] as number) |= 1 << (index & 31);
  });
  for (let node = dag.size - 1; node >= 0; node--) {
    const row = node * width;
    for (let edge = dag.offsets[node] as number; edge < (dag.offsets[node + 1] as number); edge++) {
      const target = (dag.targets[edge] as number) * width;
      for (let word = 0; word < width; word++) (bits[target + word] as number) |= bits[row + word] as number;
    }
  }
  return { count: from.length, width, bits };
}

/** Whether the `index`-th of those marked reaches `node`. */
export function reaches({ bits, width }: Reach, index: number, node: number): boolean {
  return ((bits[node * width + (index >>> 5)] as number) & (1 << (index & 31))) !== 0;
}

/** Those that reach `node`, ascending. */
export function reachersOf({ bits, width }: Reach, node: number): number[] {
  const reachers: number[] = [];
  for (let word = 0; word < width; word++) {
    let rest = bits[node * width + word] as number;
    while (rest !== 0) {
      reachers.push(word * 32 + 31 - Math.clz32(rest & -rest));
      rest &= rest - 1;
    }
  }
  return reachers;
}

/** For each of those marked, the sum of `weights` over what it reaches. */
export function reachedSums(reach: Reach, weights: Float64Array): Float64Array {
  const sums = new Float64Array(reach.count);
  for (let node = 0; node < weights.length; node++) {
    const weight = weights[node] as number;
    for (let word = 0; word < reach.width; word++) {
      let rest = reach.bits[node * reach.width + word] as number;
      while (rest !== 0) {
        (sums[word * 32 + 31 - Math.clz32(rest & -rest)] as number) += weight;
        rest &= rest - 1;
      }
    }
  }
  return sums;
}
