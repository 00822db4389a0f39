import { at } from '../at.ts';
import type { Digraph } from './digraph.ts';

/** The shortest path from every node to one target. */
export interface ShortestPaths {
  /** Number of edges; infinite where there is no path. */
  distance: readonly number[];
  /** The next node towards the target. */
  next: readonly number[];
}

/**
 * Breadth-first search from the target. Of equally short paths, the one over the lower number.
 *
 * @param sources the graph with reversed edges
 */
export function shortestPathsTo(sources: Digraph, target: number): ShortestPaths {
  const distance = sources.map(() => Number.POSITIVE_INFINITY);
  const next = sources.map(() => target);
  distance[target] = 0;
  for (let front = [target], steps = 1; front.length > 0; steps++) {
    const further: number[] = [];
    for (const node of front) {
      for (const source of sources[node] ?? []) {
        if (distance[source] === Number.POSITIVE_INFINITY) {
          distance[source] = steps;
          next[source] = node;
          further.push(source);
        } else if (distance[source] === steps) {
          next[source] = Math.min(node, at(next, source));
        }
      }
    }
    front = further;
  }
  return { distance, next };
}

/** The nodes from `start` to the target, both included; empty where there is no path. */
export function pathFrom({ distance, next }: ShortestPaths, start: number): number[] {
  if (distance[start] === Number.POSITIVE_INFINITY) return [];
  const path = [start];
  for (let node = start; distance[node] !== 0; ) {
    node = at(next, node);
    path.push(node);
  }
  return path;
}
