import { agentName } from '../agents/agents.ts';
import type { Inline } from '../content.ts';
import { limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import type { Block } from './fit.ts';
import type { ContextInput } from './input.ts';

const aliasesShown = 12;

/** Aliases that hide a command of the same name, and the agents and MCP servers that are configured. */
export function shellBlock({ evidence: { evaluated, commands } }: ContextInput): Block | null {
  const lines: Inline[][] = [];
  const real = new Set(Object.values(commands?.packages ?? {}).flat());
  const hiding = evaluated.aliases.filter(
    ({ name, kind, commands: [first] }) => kind === 'alias' && real.has(name) && first !== undefined && first !== name,
  );
  for (const shell of [...new Set(hiding.map((alias) => alias.shell))].sort(byText)) {
    const pairs = hiding
      .filter((alias) => alias.shell === shell)
      .map(({ name, commands: [first] }) => plainText(`${name} → ${first}`, 60));
    lines.push([
      shell === 'all' ? 'Aliases' : `Aliases in ${shell}`,
      ' that hide a command: ',
      ...limited(pairs, aliasesShown),
      '; ',
      { code: 'command NAME' },
      ' runs the real one.',
    ]);
  }
  const agents = [...new Set(evaluated.agents.map(({ name }) => plainText(agentName(name), 60)))];
  if (agents.length > 0) lines.push(['Coding agents configured: ', ...limited(agents, 8), '.']);
  const servers = [...new Set(evaluated.mcpServers.map(({ name }) => plainText(name, 60)))];
  if (servers.length > 0) lines.push(['MCP servers configured: ', ...limited(servers, 12), '.']);
  if (lines.length === 0) return null;
  return {
    id: 'shell',
    place: 50,
    title: 'Shell and agents',
    intro: null,
    lines: lines.map((content, index) => ({ content, group: null, value: 85 - index })),
    rest: (left) => [`${left} more left out.`],
  };
}
