import type { AgentSessions } from '../../evidence/agent-sessions.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import type { McpInsight, McpUsage } from './schema.ts';

/** The server that is used more must have so many calls, the other so many. */
const minCalls = { more: 20, less: 5 };
const minRatio = 3;
const minFailing = { calls: 10, errors: 5, rate: 0.3 };
/** A server was offered in so many sessions before it is said to be never called. */
const minOffered = 10;
const minSessions = 20;
/** Of a normal distribution, for 95 %. */
const deviations = 1.96;

/** Which MCP servers, tools and programs agents use. */
export function analyzeMcpUsage({ agentSessions, evaluated }: EvidenceWith<'agentSessions'>): McpUsage {
  const { takenOn, agents, servers, other, tools, programs, unknownPrograms, context } = agentSessions;
  const declared = new Set(evaluated.mcpServers.map(({ name }) => name));
  return {
    schemaVersion: 1,
    takenOn,
    agents,
    servers: servers.map((row) => ({ ...row, declared: declared.has(row.server) })),
    other,
    tools,
    programs,
    unknownPrograms,
    context,
    insights: [...usedMore(servers), ...oftenFailing(servers), ...neverCalled(servers), ...contextEffect(context)],
  };
}

type Servers = AgentSessions['servers'];

/** The most used server against the most used one with at most a third of its calls. */
function usedMore(servers: Servers): McpInsight[] {
  const [most] = servers;
  if (most === undefined || most.calls < minCalls.more) return [];
  const index = servers.findIndex(({ calls }) => calls >= minCalls.less && calls * minRatio <= most.calls);
  const less = servers[index];
  if (less === undefined) return [];
  return [
    {
      kind: 'used more',
      server: most.server,
      calls: most.calls,
      than: less.server,
      thanCalls: less.calls,
      evidence: ['/servers/0', `/servers/${index}`],
    },
  ];
}

function oftenFailing(servers: Servers): McpInsight[] {
  return servers.flatMap(({ server, calls, errors, denied, interrupted, unanswered }, index): McpInsight[] => {
    const tried = calls - denied - interrupted - unanswered;
    const fails = tried >= minFailing.calls && errors >= minFailing.errors && errors / tried >= minFailing.rate;
    return fails ? [{ kind: 'often fails', server, calls: tried, errors, evidence: [`/servers/${index}`] }] : [];
  });
}

function neverCalled(servers: Servers): McpInsight[] {
  const idle = servers.flatMap(({ server, calls, offered }, index) =>
    calls === 0 && offered >= minOffered ? [{ server, sessions: offered, index }] : [],
  );
  if (idle.length === 0) return [];
  return [
    {
      kind: 'never called',
      servers: idle.map(({ server, sessions }) => ({ server, sessions })),
      evidence: idle.map(({ index }) => `/servers/${index}`),
    },
  ];
}

/** Only if the interval of the difference (Welch, normal approximation) does not include zero. */
function contextEffect({ with: ours, without }: AgentSessions['context']): McpInsight[] {
  if (ours.sessions < minSessions || without.sessions < minSessions) return [];
  const difference = ours.meanErrorRate - without.meanErrorRate;
  const margin = deviations * Math.sqrt(ours.variance / ours.sessions + without.variance / without.sessions);
  const [low, high] = [difference - margin, difference + margin].map((number) => Number(number.toFixed(3)));
  if (low === undefined || high === undefined || low * high <= 0) return [];
  return [{ kind: 'context', with: ours, without, low, high, evidence: ['/context/with', '/context/without'] }];
}
