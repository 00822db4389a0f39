import type { Contribution, Inline, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { code, codes, inline } from '../../inline.ts';
import { plainText } from '../../text.ts';
import type { EvolutionInsight, PackageEvolution } from './schema.ts';

/** How many sentences of a kind are shown. The stability is the introduction. */
const shown = { stability: 1, replacement: 6, removal: 6, installation: 3 };
const longestQuote = 70;

/**
 * Beside each tool the day it was added and why, in the author's words; what was replaced or removed, so that an agent
 * does not add it again; how often the configuration changes.
 */
export function presentPackageEvolution(
  { packages, insights }: PackageEvolution,
  { evaluated }: Evidence,
): Contribution {
  const descriptions = new Map(evaluated.packages.map(({ id, description }) => [id, description ?? '']));
  const tools = new Map(
    packages.map((tool): [string, ToolNote[]] => [
      tool.id,
      [{ kind: 'reason', text: reasonNote(tool, descriptions.get(tool.id) ?? '') }],
    ]),
  );
  const sentences = (kind: EvolutionInsight['kind']): Inline[][] =>
    insights
      .filter((insight) => insight.kind === kind)
      .slice(0, shown[kind])
      .map(sentence);
  return {
    tools,
    sections: [
      {
        id: 'history',
        title: 'What changed in the configuration',
        place: 50,
        weight: 35,
        intro: sentences('stability').flat(),
        items: [...sentences('replacement'), ...sentences('removal'), ...sentences('installation')],
        more: 'package_evolution.json',
      },
    ],
  };
}

function sentence(insight: EvolutionInsight): Inline[] {
  switch (insight.kind) {
    case 'stability': {
      const { band, changesPerYear, windowDays } = insight;
      if (band === 'too young')
        return inline`Your config is ${windowDays} days old: too young to say how stable it is.`;
      const stability = band === 'experimenting' ? 'is experimental' : `has been ${band}`;
      return inline`Your config ${stability} (${changesPerYear} changes/year).`;
    }
    case 'replacement': {
      const { from, to, date, words } = insight;
      return inline`${codes(to)} replaced ${codes(from)} on ${date}${words === null ? '.' : `: ${quote(words)}`}`;
    }
    case 'removal': {
      const { name, to, commentedOut, reason } = insight;
      return inline`${code(name)} was ${commentedOut ? 'commented out' : 'removed'} on ${to}: ${quote(reason.text)}`;
    }
    case 'installation': {
      const { name, months, since, purpose, reason } = insight;
      const age = inline`${since.atLeast ? 'at least ' : ''}${ageText(months)} ago`;
      const stated = purpose === null ? '' : ` for ${quote(purpose)}`;
      const message = reason === null ? '' : ` The commit says: ${quote(reason.text)}`;
      return inline`You installed ${code(name)} ${age}${stated}.${message}`;
    }
  }
}

function reasonNote({ since, replaced, purpose, reason }: PackageEvolution['packages'][number], description: string) {
  const date = since.atLeast ? `there since ${since.date} or longer` : `added ${since.date}`;
  const words = [purpose?.text, reason?.text].find((text) => text !== undefined && !repeats(text, description));
  const instead = replaced.length > 0 ? ` in place of ${replaced.join(', ')}` : '';
  return `${date}${instead}${words === undefined ? '' : `, ${quote(words)}`}`;
}

/** Whether most words of a comment are in the description, which stands beside it. */
function repeats(comment: string, description: string): boolean {
  const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const described = new Set(wordsOf(description));
  const words = wordsOf(comment);
  return words.length > 0 && words.filter((word) => described.has(word)).length >= words.length * 0.7;
}

function ageText(months: number): string {
  return months === 0 ? 'less than a month' : months === 1 ? '1 month' : `${months} months`;
}

function quote(text: string): string {
  return `“${plainText(text, longestQuote)}”`;
}
