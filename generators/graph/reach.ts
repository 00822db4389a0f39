import { at } from '../at.ts';
import type { Digraph } from './digraph.ts';

/** Which of some start nodes reach a node: one row of bits per node, bit `i` for the i-th start node. */
export interface Reach {
  starts: number;
  /** 32-bit words in a row. */
  width: number;
  bits: Uint32Array;
}

/**
 * For every node, which of `starts` reach it (a node reaches itself). One pass over the edges, each of
 * which carries a whole row: O(edges · starts / 32), where one search per start would cost O(edges · starts).
 *
 * @param dag every edge leads from a higher to a lower number, as in a Condensation
 */
export function reachedBy(dag: Digraph, starts: readonly number[]): Reach {
  const width = Math.ceil(starts.length / 32);
  const bits = new Uint32Array(dag.length * width);
  starts.forEach((node, index) => {
    const word = node * width + (index >>> 5);
    bits[word] = at(bits, word) | (1 << (index & 31));
  });
  for (let node = dag.length - 1; node >= 0; node--) {
    for (const target of at(dag, node)) {
      for (let word = 0; word < width; word++) {
        const index = target * width + word;
        bits[index] = at(bits, index) | at(bits, node * width + word);
      }
    }
  }
  return { starts: starts.length, width, bits };
}

/** Indexes of the start nodes that reach `node`, ascending. */
export function reachersOf({ bits, width }: Reach, node: number): number[] {
  const reachers: number[] = [];
  for (let word = 0; word < width; word++) {
    for (let rest = at(bits, node * width + word); rest !== 0; rest &= rest - 1) {
      reachers.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return reachers;
}

/** For each start node, the sum of `weights` over all nodes it reaches. */
export function reachedSums(reach: Reach, weights: readonly number[]): number[] {
  const sums = Array.from({ length: reach.starts }, () => 0);
  weights.forEach((weight, node) => {
    for (const start of reachersOf(reach, node)) sums[start] = at(sums, start) + weight;
  });
  return sums;
}
