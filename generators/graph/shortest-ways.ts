import { type Digraph, targetsOf } from './digraph.ts';

/** Stands where there is no way. */
export const noWay = 0xffffffff;

/** Shortest ways from every node to one target. */
export interface ShortestWays {
  /** Number of edges, `noWay` where there is none. */
  distance: Uint32Array;
  /** The next node towards the target; the target's is itself. */
  next: Uint32Array;
}

/**
 * Breadth first over the turned edges. Where two ways are equally short the one over the lower
 * number is taken.
 *
 * @param sources the graph turned round (`reversed`)
 */
export function shortestWaysTo(sources: Digraph, target: number): ShortestWays {
  const distance = new Uint32Array(sources.size).fill(noWay);
  const next = new Uint32Array(sources.size).fill(noWay);
  distance[target] = 0;
  next[target] = target;
  let front = [target];
  for (let steps = 1; front.length > 0; steps++) {
    const further: number[] = [];
    for (const node of front) {
      for (const source of targetsOf(sources, node)) {
        if (distance[source] === noWay) {
          distance[source] = steps;
          next[source] = node;
          further.push(source);
        } else if (distance[source] === steps && node < (next[source] as number)) {
          next[source] = node;
        }
      }
    }
    front = further;
  }
  return { distance, next };
}

/** The nodes from `start` to the target, both included; empty where there is no way. */
export function wayFrom({ distance, next }: ShortestWays, start: number): number[] {
  if (distance[start] === noWay) return [];
  const way = [start];
  for (let node = start; distance[node] !== 0; ) {
    node = next[node] as number;
    way.push(node);
  }
  return way;
}
