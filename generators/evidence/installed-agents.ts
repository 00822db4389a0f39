import { agents } from '../agents/agents.ts';
import type { Evidence } from './evidence.ts';

/**
 * Ids of the coding agents that are installed, or enabled by an option, and read a context file. A package is matched
 * by its name and by the commands in its `bin/`. The modules link the context for these agents.
 */
export function installedAgents({ evaluated, commands }: Evidence): string[] {
  const names = new Set(evaluated.packages.map(({ name }) => name));
  const onPath = new Set(
    evaluated.packages.flatMap(({ id, mainProgram }) => commands?.packages[id] ?? (mainProgram ? [mainProgram] : [])),
  );
  const enabled = new Set(evaluated.agents.map(({ name }) => name));
  return Object.entries(agents)
    .filter(
      ([id, { commands, packages, context }]) =>
        context !== undefined &&
        (enabled.has(id) || packages.some((name) => names.has(name)) || commands.some((name) => onPath.has(name))),
    )
    .map(([id]) => id);
}
