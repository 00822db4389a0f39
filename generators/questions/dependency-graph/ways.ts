import { type Digraph, reversed } from '../../graph/digraph.ts';
import { noWay, type ShortestWays, shortestWaysTo, wayFrom } from '../../graph/shortest-ways.ts';

/** A chain of references from an output of a holder to the target, both included. */
export interface Way {
  /** Index of the holder. */
  holder: number;
  nodes: number[];
}

/** Finds the shortest ways to one node after another. */
export type WayFinder = (target: number, holders: readonly { roots: readonly number[] }[]) => Way[];

/** The shortest way from each holder that has one, shortest first, among equals in the order given. */
export function wayFinder(graph: Digraph): WayFinder {
  const sources = reversed(graph);
  return (target, holders) => {
    const ways = shortestWaysTo(sources, target);
    const found = holders.flatMap(({ roots }, holder) => {
      const start = nearest(ways, roots);
      return start === undefined ? [] : [{ holder, start, distance: ways.distance[start] as number }];
    });
    found.sort((a, b) => a.distance - b.distance || a.holder - b.holder);
    return found.map(({ holder, start }) => ({ holder, nodes: wayFrom(ways, start) }));
  };
}

function nearest({ distance }: ShortestWays, roots: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const node of roots) {
    const far = distance[node] as number;
    if (far !== noWay && (best === undefined || far < (distance[best] as number))) best = node;
  }
  return best;
}
