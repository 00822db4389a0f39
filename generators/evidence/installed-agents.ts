import { agents } from '../agents/agents.ts';
import type { Evidence } from './evidence.ts';
import type { Settings } from './settings.ts';

/**
 * Ids of the coding agents that are installed, or enabled by an option, and for which there is something to link. A
 * package is matched by its name and by the commands in its `bin/`. The option `agents` overrides both.
 */
export function installedAgents({ evaluated, commands }: Evidence, settings: Settings): string[] {
  const names = new Set(evaluated.packages.map(({ name }) => name));
  const onPath = new Set(
    evaluated.packages.flatMap(({ id, mainProgram }) => commands?.packages[id] ?? (mainProgram ? [mainProgram] : [])),
  );
  const enabled = new Set(evaluated.agents.map(({ name }) => name));
  return Object.entries(agents)
    .filter(
      ([id, { commands, packages, context, files }]) =>
        (context !== undefined || files !== undefined) &&
        (settings.agents[id] ??
          (enabled.has(id) || packages.some((name) => names.has(name)) || commands.some((name) => onPath.has(name)))),
    )
    .map(([id]) => id);
}
