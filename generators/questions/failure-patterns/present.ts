import type { Contribution, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { rounded } from '../../words.ts';
import { inline } from '../tool-chains/present.ts';
import type { FailurePatterns } from './schema.ts';

const shown = 6;

/** What fails often, with the cause where the configuration shows it. */
export function presentFailurePatterns({ insights }: FailurePatterns, _evidence: Evidence): Contribution {
  const tools = new Map<string, ToolNote[]>();
  for (const { kind, packages, commands } of insights) {
    const [id] = packages;
    if (kind === 'failing' && id !== undefined && !tools.has(id)) {
      tools.set(id, [{ kind: 'failure', text: `${commands[0]} often fails here` }]);
    }
  }
  const items = insights
    .slice(0, shown)
    .map(({ text }) => inline(text.replace(/\d+/g, (count) => rounded(Number(count)))));
  return {
    tools,
    sections:
      items.length === 0
        ? []
        : [{ id: 'failures', title: 'What fails', place: 36, weight: 55, items, more: 'failure_patterns.json' }],
  };
}
