import { at } from '../../at.ts';
import { type Digraph, reversed } from '../../graph/digraph.ts';
import { pathFrom, shortestPathsTo } from '../../graph/shortest-paths.ts';

/** A chain of references from one of a retainer's store paths to the target, both included. */
interface ReferenceChain {
  /** Index of the retainer. */
  retainer: number;
  nodes: number[];
}

/** The shortest chain from each retainer (its nodes) that has one: shortest first, equals in the order given. */
type ChainsFrom = (retainers: readonly (readonly number[])[]) => ReferenceChain[];

export type ChainFinder = (target: number) => ChainsFrom;

/** Finds chains to one node after another. The graph is reversed once, and searched once for each target. */
export function chainFinder(references: Digraph): ChainFinder {
  const referrers = reversed(references);
  return (target) => {
    const paths = shortestPathsTo(referrers, target);
    const distance = (node: number): number => at(paths.distance, node);
    return (retainers) =>
      retainers
        .flatMap((nodes, retainer) => {
          const [start] = [...nodes].sort((a, b) => distance(a) - distance(b));
          const chain = start === undefined ? [] : pathFrom(paths, start);
          return chain.length === 0 ? [] : [{ retainer, nodes: chain }];
        })
        .sort((a, b) => a.nodes.length - b.nodes.length);
  };
}
