import type { Contribution, Inline, Item, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { code, codes, inline } from '../../inline.ts';
import { plainText } from '../../text.ts';
import { addsWords } from './reasons.ts';
import type { EvolutionInsight, PackageEvolution } from './schema.ts';

/** How many sentences of a kind are shown. */
const shown = { stability: 1, replacement: 6, removal: 6, installation: 3 };
const longestQuote = 90;

/**
 * Beside each tool why it is there, in the author's words; what was replaced or removed, so that an agent does not add
 * it again; how often the configuration changes.
 */
export function presentPackageEvolution(
  { packages, options, removed, insights }: PackageEvolution,
  { evaluated, commands }: Evidence,
): Contribution {
  const descriptions = new Map(evaluated.packages.map(({ id, description }) => [id, description ?? '']));
  const allNames = new Set(
    [...packages.flatMap(({ name, declaredAs }) => [name, declaredAs]), ...removed.map(({ name }) => name)].map(
      (name) => name.toLowerCase(),
    ),
  );
  const adds = (text: string, tool: PackageEvolution['packages'][number]): boolean =>
    addsWords(
      text,
      [tool.name, tool.declaredAs, ...tool.formerNames, ...(commands?.packages[tool.id] ?? [])],
      descriptions.get(tool.id) ?? '',
      allNames,
    );
  /** The author's own words, the comment of its line first; undefined: none says more than the name. */
  const statedWords = (tool: PackageEvolution['packages'][number]): string | undefined =>
    [tool.purpose?.text, tool.reason?.text].find((text) => text !== undefined && adds(text, tool));
  const tools = new Map(
    packages.flatMap((tool, index): [string, ToolNote[]][] => {
      const text = reasonNote(tool, statedWords(tool));
      return text === null ? [] : [[tool.id, [{ kind: 'reason', text, pointer: `/packages/${index}` }]]];
    }),
  );
  const present = new Set([
    ...packages.flatMap(({ name, declaredAs }) => [name, declaredAs]),
    ...options.flatMap(({ option }) => [option, option.slice(option.lastIndexOf('.') + 1)]),
  ]);
  const byId = new Map(packages.map((tool) => [tool.id, tool]));
  /** An insight with the words that say something; none where nothing is left. */
  const worthSaying = (insight: EvolutionInsight): EvolutionInsight[] => {
    if (insight.kind === 'removal') {
      // The package of an option that is enabled is not removed.
      if (present.has(insight.name)) return [];
      const known = 'remove removed drop dropped uninstall uninstalled delete deleted disable disabled';
      return addsWords(insight.reason.text, [insight.name], known, allNames) ? [insight] : [];
    }
    if (insight.kind === 'replacement') {
      const { from, to, words } = insight;
      // What came after it may be gone as well.
      if (!to.some((name) => present.has(name)) || isRename(from, to)) return [];
      return [{ ...insight, words: words !== null && addsWords(words, [...from, ...to], '', allNames) ? words : null }];
    }
    if (insight.kind !== 'installation') return [insight];
    const tool = byId.get(insight.package);
    if (tool === undefined) return [];
    const purpose = insight.purpose !== null && adds(insight.purpose, tool) ? insight.purpose : null;
    const reason = insight.reason !== null && adds(insight.reason.text, tool) ? insight.reason : null;
    return purpose === null && reason === null ? [] : [{ ...insight, purpose, reason }];
  };
  const sentences = (kind: EvolutionInsight['kind']): Item[] =>
    insights
      .filter((insight) => insight.kind === kind)
      .flatMap(worthSaying)
      .slice(0, shown[kind])
      .map((insight) => ({ content: sentence(insight), evidence: insight.evidence }));
  return {
    tools,
    sections: [
      {
        id: 'history',
        title: 'What changed in the configuration',
        place: 55,
        weight: 35,
        items: (['replacement', 'removal', 'installation', 'stability'] as const).flatMap(sentences),
      },
    ],
  };
}

/** `dust` for `du-dust`, `nodejs_22` for `nodejs_20`: nixpkgs renamed the package, or has a newer version. */
function isRename(from: readonly string[], to: readonly string[]): boolean {
  const wordsOf = (names: readonly string[]): Set<string> =>
    new Set(names.flatMap((name) => name.toLowerCase().match(/[a-z]+/g) ?? []));
  const [before, after] = [wordsOf(from), wordsOf(to)];
  return [...before].every((word) => after.has(word)) || [...after].every((word) => before.has(word));
}

function sentence(insight: EvolutionInsight): Inline[] {
  switch (insight.kind) {
    case 'stability': {
      const { band, changesPerYear, windowDays } = insight;
      if (band === 'too young')
        return inline`Your config is ${windowDays} days old: too young to say how stable it is.`;
      const stability = band === 'experimenting' ? 'is experimental' : `has been ${band}`;
      const advice = band === 'stable' ? ' Major changes may need testing.' : '';
      return inline`Your config ${stability} (${changesPerYear} changes/year).${advice}`;
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

/** null: neither a reason nor what it replaced is known; a date alone changes nothing. */
function reasonNote(
  { since, replaced }: PackageEvolution['packages'][number],
  words: string | undefined,
): string | null {
  if (words === undefined && replaced.length === 0) return null;
  const month = since.date.slice(0, 7);
  const date = since.atLeast ? `there since ${month} or longer` : `added ${month}`;
  const instead = replaced.length > 0 ? ` in place of ${replaced.join(', ')}` : '';
  return `${date}${instead}${words === undefined ? '' : `: ${quote(words)}`}`;
}

function ageText(months: number): string {
  return months === 0 ? 'less than a month' : months === 1 ? '1 month' : `${months} months`;
}

function quote(text: string): string {
  return `“${plainText(text, longestQuote)}”`;
}
