import { agentName } from '../agents/agents.ts';
import type { Inline } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { code, inline, limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { type Block, fromEvaluated, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

const longestName = 60;
const shownAliases = 12;
const shownAgents = 8;
const shownServers = 12;

/** Aliases that hide a command of the same name, and the agents and MCP servers that are configured. */
export function shellBlock({ evidence }: ContextInput): Block {
  const { agents, mcpServers } = evidence.evaluated;
  return {
    id: 'shell',
    place: 50,
    title: 'Shell and agents',
    intro: [],
    lines: linesOf(
      [
        ...hidingAliases(evidence).map((content) => fromEvaluated(content, '/aliases')),
        ...configured(
          'Coding agents',
          agents.map(({ name }) => agentName(name)),
          shownAgents,
        ).map((content) => fromEvaluated(content, '/agents')),
        ...configured(
          'MCP servers',
          mcpServers.map(({ name }) => name),
          shownServers,
        ).map((content) => fromEvaluated(content, '/mcpServers')),
      ],
      250,
    ),
  };
}

/** One sentence for each shell. */
function hidingAliases({ evaluated, commands }: Evidence): Inline[][] {
  const installed = new Set(Object.values(commands?.packages ?? {}).flat());
  const aliases = evaluated.aliases.flatMap(({ name, kind, shell, commands: [target] }) =>
    kind === 'alias' && installed.has(name) && target !== undefined && target !== name
      ? [{ shell, pair: plainText(`${name} → ${target}`, longestName) }]
      : [],
  );
  return [...new Set(aliases.map(({ shell }) => shell))].sort(byText).map((shell) => {
    const pairs = aliases.filter((alias) => alias.shell === shell).map(({ pair }) => pair);
    const where = shell === 'all' ? '' : ` in ${shell}`;
    return inline`Aliases${where} that hide a command: ${limited(pairs, shownAliases)}; ${code('command NAME')} runs the real one.`;
  });
}

function configured(kind: string, names: readonly string[], limit: number): Inline[][] {
  const distinct = [...new Set(names.map((name) => plainText(name, longestName)))];
  return distinct.length === 0 ? [] : [inline`${kind} configured: ${limited(distinct, limit)}.`];
}
