import type { Evidence } from '../evidence/evidence.ts';
import known from './agents.json' with { type: 'json' };

/**
 * Other coding agents and the file, relative to HOME, that each reads at every start in every folder, by
 * its own documentation. An agent is there when one of its commands is on PATH, or an option configures it.
 * The modules read the same list: the names of what they link must be known before the build.
 */
const agents: readonly { agent: string; commands: readonly string[]; reads: string }[] = known;

/** For the linker: one line `AGENTS.md<TAB>file relative to HOME` for each other agent that is installed. */
export function agentLinks({ evaluated, commands }: Evidence): string {
  const there = new Set(
    evaluated.packages.flatMap(({ id, mainProgram }) => commands?.packages[id] ?? (mainProgram ? [mainProgram] : [])),
  );
  return agents
    .filter(
      ({ agent, commands }) =>
        commands.some((command) => there.has(command)) || evaluated.agents.some(({ name }) => name === agent),
    )
    .map(({ reads }) => `AGENTS.md\t${reads}\n`)
    .join('');
}
