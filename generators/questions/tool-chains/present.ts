import type { Contribution, Inline } from '../../content.ts';
import { code, inline, joined } from '../../inline.ts';
import type { ToolChainInsight, ToolChains } from './schema.ts';

const shownWorkflows = 5;
const shownSubstitutions = 4;

/** The most used workflows, and what one command would do. */
export function presentToolChains({ insights }: ToolChains): Contribution {
  const items = [
    ...insights.filter(({ kind }) => kind === 'workflow').slice(0, shownWorkflows),
    ...insights.filter(({ kind }) => kind === 'substitution').slice(0, shownSubstitutions),
  ].map(sentence);
  return {
    sections: [
      {
        id: 'tool-chains',
        title: 'How tools are put together',
        place: 34,
        weight: 50,
        items,
        more: 'tool_chains.json',
      },
    ],
  };
}

function sentence(insight: ToolChainInsight): Inline[] {
  if (insight.kind === 'workflow') return inline`You often run ${joined(insight.steps.map(code), ' then ')}.`;
  const { habit, instead, advice, needs } = insight;
  if (advice === 'use') {
    return inline`Instead of ${code(lowerCase(habit))}, use ${code(lowerCase(instead))} directly.`;
  }
  const installed = needs.length > 1 ? 'both are installed' : 'it is installed';
  return inline`You use ${code(withoutPatterns(habit))} often. Consider ${code(lowerCase(instead))}: ${installed}.`;
}

/** `cat FILE` -> `cat file` */
function lowerCase(example: string): string {
  return example.replace(/\b[A-Z]{2,}\b/g, (placeholder) => placeholder.toLowerCase());
}

/** `find -name PATTERN` -> `find -name` */
function withoutPatterns(example: string): string {
  return example.replace(/ [A-Z]{2,}\b/g, '');
}
