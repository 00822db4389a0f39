import { at } from '../../at.ts';
import { type ToolCombination, type ToolRole, toolCombinations } from '../../data/tool-chains.ts';
import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import { toolName } from '../../store-name.ts';
import type { AnalyzedGraph } from './analyzed-graph.ts';
import type { CommandIndex } from './command-index.ts';
import type { ToolChain, ToolChainPart } from './schema.ts';

/**
 * The combinations of tools that are present. The first part is a declared package; each further part is a package on
 * PATH or, where the combination allows it, a store path that the first part refers to.
 */
export function toolChains(graph: AnalyzedGraph, commands: CommandIndex): ToolChain[] {
  const onPath = packagesOnPath(graph, commands);
  return toolCombinations.flatMap((combination) => {
    for (const first of onPath(combination.parts[0])) {
      if (first.owner.base) continue;
      const parts = partsAround(first, combination, onPath, (role) => dependency(graph, commands, role, first));
      if (parts !== null) return [{ id: combination.id, purpose: combination.purpose, parts }];
    }
    return [];
  });
}

/** A package on PATH that fills a role by one of its commands. */
interface Candidate {
  owner: EvaluatedPackage;
  outputs: readonly number[];
  command: string;
}

/** For a role: the packages on PATH that fill it, by the order of its commands, declared packages first. */
function packagesOnPath({ evaluated }: AnalyzedGraph, commands: CommandIndex): (role: ToolRole) => Candidate[] {
  const installed = evaluated
    .filter(({ outputs }) => outputs.length > 0)
    .sort((a, b) => Number(a.entry.base) - Number(b.entry.base));
  return (role) =>
    role.commands.flatMap((command) =>
      installed
        .filter(({ entry }) => commands.ofPackage(entry.id).includes(command))
        .map(({ entry, outputs }) => ({ owner: entry, outputs, command })),
    );
}

function partsAround(
  first: Candidate,
  { parts: [firstRole, ...others] }: ToolCombination,
  onPath: (role: ToolRole) => Candidate[],
  asDependency: (role: ToolRole) => ToolChainPart | null,
): ToolChainPart[] | null {
  const parts = [packagePart(firstRole, first)];
  for (const role of others) {
    const [found] = onPath(role);
    const part = found ? packagePart(role, found) : role.mayBeDependency ? asDependency(role) : null;
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
}

function packagePart({ role }: ToolRole, { owner, command }: Candidate): ToolChainPart {
  return { role, name: owner.name, package: owner.id, command, dependencyOf: null, referenceChain: [] };
}

function dependency(
  { store, chainsTo }: AnalyzedGraph,
  { ofStorePath }: CommandIndex,
  { role, commands }: ToolRole,
  { owner, outputs }: Candidate,
): ToolChainPart | null {
  for (const command of commands) {
    for (const [node, storeName] of store.names.entries()) {
      if (!ofStorePath(node).includes(command)) continue;
      const [chain] = chainsTo(node)([outputs]);
      if (chain === undefined) continue;
      const referenceChain = chain.nodes.map((link) => at(store.names, link));
      return { role, name: toolName(storeName), package: null, command, dependencyOf: owner.id, referenceChain };
    }
  }
  return null;
}
