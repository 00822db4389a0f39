import { at } from '../../at.ts';
import { expectedRank } from '../../data/expected-commands.ts';
import { byText } from '../../order.ts';
import { toolName } from '../../store-name.ts';
import { type AnalyzedGraph, maxPackages, requiredBy, shortestChain } from './analyzed-graph.ts';
import type { CommandIndex } from './command-index.ts';
import type { CommandsNotOnPath } from './schema.ts';

/**
 * Dependencies with a command that an agent may expect, although no package of the user, of an option or of
 * the base system puts that command on PATH. Sorted by name.
 */
export function commandsNotOnPath(graph: AnalyzedGraph, commands: CommandIndex): CommandsNotOnPath[] {
  const { store, packages, evaluated, retention, chainsTo } = graph;
  const onPath = new Set(evaluated.flatMap(({ entry }) => commands.ofPackage(entry.id)));
  const installed = new Set(evaluated.flatMap(({ outputs }) => outputs));
  const outputs = packages.map((each) => each.outputs);
  return store.names
    .flatMap((storeName, node) => {
      if (installed.has(node)) return [];
      const found = commands
        .ofStorePath(node)
        .filter((command) => Number.isFinite(expectedRank(command)) && !onPath.has(command))
        .sort((a, b) => expectedRank(a) - expectedRank(b));
      return found.length === 0 ? [] : [{ node, storeName, tool: toolName(storeName), commands: found }];
    })
    .sort((a, b) => byText(a.tool, b.tool) || a.node - b.node)
    .map(({ node, ...found }) => ({
      ...found,
      commandsKnownFrom: commands.source,
      requiredBy: {
        ...requiredBy(graph, retention.retainedBy(node)),
        packages: chainsTo(node)(outputs)
          .slice(0, maxPackages)
          .map(({ retainer }) => at(packages, retainer).id),
      },
      referenceChain: shortestChain(graph, node).referenceChain,
    }));
}
