import { type Contribution, type Inline, sharedTitles } from '../../content.ts';
import { rebuildCommands } from '../../data/result-commands.ts';
import { atLeast, code, inline } from '../../inline.ts';
import type { FailureInsight, FailurePatterns } from './schema.ts';

const shownInsights = 6;

/** Failures whose cause the configuration shows: an agent can prevent only those. The file has the others. */
export function presentFailurePatterns({ insights }: FailurePatterns): Contribution {
  const items = insights
    .filter(hasCause)
    .slice(0, shownInsights)
    .map((insight) => ({ content: sentence(insight), evidence: insight.evidence }));
  return {
    sections: [{ id: 'failures', title: sharedTitles.pitfalls, place: 40, weight: 55, items }],
  };
}

function hasCause(insight: FailureInsight): boolean {
  if (insight.kind === 'nearly always fails') return insight.missingService !== null || insight.missingGroup !== null;
  return insight.kind !== 'often fails' || rebuildCommands.has(insight.command);
}

function sentence(insight: FailureInsight): Inline[] {
  const command = code(insight.command);
  switch (insight.kind) {
    case 'nearly always fails': {
      const { failures, subcommand, missingService, missingGroup } = insight;
      const tried = code(subcommand === null ? insight.command : `${insight.command} ${subcommand}`);
      return [
        ...inline`You've tried ${tried} ${atLeast(failures)} times with failures.`,
        ...(missingService === null
          ? []
          : [` ${capitalized(missingService.name)} is not enabled in your configuration.`]),
        ...(missingGroup === null ? [] : inline` You are not in group ${code(missingGroup)}.`),
      ];
    }
    case 'often fails': {
      const advice = rebuildCommands.has(insight.command) ? ' Check the config for errors before a rebuild.' : '';
      return inline`${command} fails frequently (${insight.failures} of ${insight.attempts} attempts).${advice}`;
    }
    case 'not found':
      return inline`${command} was not found ${atLeast(insight.notFound)} times; ${
        insight.package === null
          ? 'no package of your configuration has it'
          : inline`the package ${code(insight.package)} has it now`
      }.`;
    case 'no permission':
      return inline`${command} was denied, or repeated with sudo, ${atLeast(insight.permission)} times.`;
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
