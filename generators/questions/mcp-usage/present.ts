import { type Contribution, type Inline, sharedTitles } from '../../content.ts';
import { code, enumerated, inline, rounded } from '../../inline.ts';
import type { McpInsight, McpUsage } from './schema.ts';

const shownInsights = 3;
const shownServers = 4;

/** Which MCP servers are of use here and which are not. */
export function presentMcpUsage({ insights }: McpUsage): Contribution {
  return {
    sections: [
      {
        id: 'mcp',
        title: sharedTitles.habits,
        place: 38,
        weight: 53,
        items: insights
          .slice(0, shownInsights)
          .map((insight) => ({ content: sentence(insight), evidence: insight.evidence })),
      },
    ],
  };
}

function sentence(insight: McpInsight): Inline[] {
  switch (insight.kind) {
    case 'used more': {
      const { server, calls, than, thanCalls } = insight;
      const ratio = rounded(Math.round(calls / thanCalls));
      return inline`You use ${code(server)} ${ratio}x more than ${code(than)} (${calls} vs ${thanCalls} calls).`;
    }
    case 'often fails':
      return inline`${code(insight.server)} fails often: ${insight.errors} of ${insight.calls} calls.`;
    case 'never called': {
      const servers = insight.servers.slice(0, shownServers);
      const names = enumerated(servers.map(({ server, sessions }) => inline`${code(server)} (${sessions} sessions)`));
      return inline`Configured and never called: ${names}.`;
    }
    case 'context': {
      const { with: ours, without, low, high } = insight;
      const rates = `${percent(ours.meanErrorRate)} vs ${percent(without.meanErrorRate)} of calls`;
      const interval = `95% interval of the difference: ${points(low)} to ${points(high)} points`;
      const counts = `${rounded(ours.sessions)} vs ${rounded(without.sessions)} sessions`;
      const less = high < 0 ? 'fewer' : 'more';
      return [`Sessions with this file have ${less} failing calls: ${rates} (${interval}; ${counts}).`];
    }
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function points(difference: number): string {
  return (100 * difference).toFixed(1);
}
