import type { Evidence } from '../frame.ts';

/**
 * Other coding agents and the file, relative to HOME, that each reads at every start in every folder, by
 * its own documentation. An agent is there when one of its commands is on PATH, or an option configures it.
 */
const agents: readonly { agent: string; commands: readonly string[]; reads: string }[] = [
  { agent: 'codex', commands: ['codex'], reads: '.codex/AGENTS.md' },
  { agent: 'copilot', commands: ['copilot'], reads: '.copilot/copilot-instructions.md' },
  { agent: 'gemini-cli', commands: ['gemini'], reads: '.gemini/GEMINI.md' },
  { agent: 'opencode', commands: ['opencode'], reads: '.config/opencode/AGENTS.md' },
];

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
