import { agents } from '../agents/agents.ts';
import type { Evidence } from './evidence.ts';
import type { Settings } from './settings.ts';

/**
 * Ids of the coding agents that are installed, or enabled by an option, and for which there is something to link. A
 * package is matched by its name and by the commands in its `bin/`. The option `agents` overrides both.
 */
export function installedAgents({ evaluated, commands }: Evidence, settings: Settings): string[] {
  const packages = evaluated.packages.map(({ id, name, mainProgram, homepage }) => ({
    name,
    homepage: homepage ?? '',
    commands: commands?.packages[id] ?? (mainProgram ? [mainProgram] : []),
  }));
  const enabled = new Set(evaluated.agents.map(({ name }) => name));
  return Object.entries(agents)
    .filter(([id, { context, files, others = [], ...agent }]) => {
      if (context === undefined && files === undefined) return false;
      const isInstalled = () =>
        packages.some(
          ({ name, homepage, commands }) =>
            (agent.packages.includes(name) || commands.some((command) => agent.commands.includes(command))) &&
            !others.some((other) => homepage.includes(other)),
        );
      return settings.agents[id] ?? (enabled.has(id) || isInstalled());
    })
    .map(([id]) => id);
}
