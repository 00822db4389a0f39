import { at } from '../at.ts';
import type { Digraph } from './digraph.ts';

/** The nodes that `starts` reach, themselves included, without passing the nodes in `without`. */
export function reachable(graph: Digraph, starts: readonly number[], without: readonly number[] = []): Set<number> {
  const excluded = new Set(without);
  const reached = new Set<number>();
  const open = [...starts];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached.has(node) || excluded.has(node)) continue;
    reached.add(node);
    open.push(...at(graph, node));
  }
  return reached;
}
