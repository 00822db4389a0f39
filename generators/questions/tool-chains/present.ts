import type { Contribution, Inline } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { ToolChains } from './schema.ts';

const shownWorkflows = 5;
const shownSubstitutions = 4;

/** The few workflows that matter, and what one command would do. */
export function presentToolChains({ insights }: ToolChains, _evidence: Evidence): Contribution {
  const lines = (kind: string, most: number): Inline[][] =>
    insights
      .filter((one) => one.kind === kind)
      .slice(0, most)
      .map(({ text }) => inline(text.replace(/ \(\d+ times\)/, '')));
  const items = [...lines('workflow', shownWorkflows), ...lines('substitution', shownSubstitutions)];
  return {
    sections:
      items.length === 0
        ? []
        : [
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

/** Text in which backticks mark code, as insights have it, in parts. */
export function inline(text: string): Inline[] {
  return text
    .split('`')
    .map((part, index): Inline => (index % 2 === 1 ? { code: part } : part))
    .filter((part) => part !== '');
}
