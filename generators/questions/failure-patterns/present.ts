import type { Contribution, Inline, ToolNote } from '../../content.ts';
import { code, inline } from '../../inline.ts';
import type { FailureInsight, FailurePatterns } from './schema.ts';

const shownInsights = 6;

/** What often fails, with the cause where the configuration shows it. */
export function presentFailurePatterns({ insights }: FailurePatterns): Contribution {
  const tools = new Map<string, ToolNote[]>();
  for (const insight of insights) {
    if (insight.kind !== 'nearly always fails' && insight.kind !== 'often fails') continue;
    if (insight.package !== null && !tools.has(insight.package)) {
      tools.set(insight.package, [{ kind: 'failure', text: `${insight.command} often fails here` }]);
    }
  }
  const items = insights.slice(0, shownInsights).map(sentence);
  return {
    tools,
    sections: [{ id: 'failures', title: 'What fails', place: 36, weight: 55, items, more: 'failure_patterns.json' }],
  };
}

function sentence(insight: FailureInsight): Inline[] {
  const command = code(insight.command);
  switch (insight.kind) {
    case 'nearly always fails': {
      const { attempts, failures, subcommand, missingService } = insight;
      const tried = code(subcommand === null ? insight.command : `${insight.command} ${subcommand}`);
      return [
        ...(failures === attempts
          ? inline`You've tried ${tried} ${attempts} times with failures.`
          : inline`You've tried ${tried} ${attempts} times, ${failures} of them with failures.`),
        ...(missingService === null
          ? []
          : [` ${capitalized(missingService.name)} is not enabled in your configuration.`]),
      ];
    }
    case 'often fails':
      return inline`${command} fails frequently (${insight.failures} of ${insight.attempts} attempts).`;
    case 'not found':
      return inline`${command} was not found ${insight.notFound} times; ${
        insight.package === null
          ? 'no package of your configuration has it'
          : inline`the package ${code(insight.package)} has it now`
      }.`;
    case 'no permission':
      return inline`${command} was denied, or repeated with sudo, ${insight.permission} times.`;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
