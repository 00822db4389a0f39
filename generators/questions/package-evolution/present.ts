import type { Contribution, Inline, Section, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { join, rounded } from '../../words.ts';
import type { PackageEvolution } from './schema.ts';

const shownReplaced = 6;
const shownGone = 6;
const longestQuote = 70;

/**
 * Beside each tool when it came and why, in the author's words; what went and for what, so that an agent does not bring
 * it back; how much the configuration changes.
 */
export function presentPackageEvolution(output: PackageEvolution, { evaluated }: Evidence): Contribution {
  const tools = new Map<string, readonly ToolNote[]>();
  const descriptions = new Map(evaluated.packages.map(({ id, description }) => [id, description ?? '']));
  for (const one of output.packages) {
    tools.set(one.id, [{ kind: 'reason', text: note(one, descriptions.get(one.id) ?? '') }]);
  }
  return { tools, sections: [history(output)] };
}

function note(one: PackageEvolution['packages'][number], description: string): string {
  const date = one.since.atLeast ? `there since ${one.since.date} or longer` : `added ${one.since.date}`;
  // What the package says of itself stands there already.
  const words = [one.purpose?.text, one.reason?.text].find((text) => text !== undefined && !repeats(text, description));
  const instead = one.replaced.length > 0 ? ` in place of ${one.replaced.join(', ')}` : '';
  return `${date}${instead}${words === undefined ? '' : `, “${quote(words)}”`}`;
}

/** Whether most words of a comment are in the description. */
function repeats(text: string, description: string): boolean {
  const words = (one: string): string[] => one.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const known = new Set(words(description));
  const own = words(text);
  return own.length > 0 && own.filter((word) => known.has(word)).length >= own.length * 0.7;
}

function history(output: PackageEvolution): Section {
  const replaced = output.migrations.slice(-shownReplaced).reverse();
  const isReplaced = new Set(replaced.flatMap(({ from }) => from));
  const gone = output.gone.filter(
    ({ name, reason, kind }) => reason !== null && kind === 'package' && !isReplaced.has(name),
  );
  return {
    id: 'history',
    title: 'What changed in the configuration',
    place: 50,
    weight: 35,
    intro: [stability(output)],
    items: [
      ...replaced.map(({ from, to, date, words }): Inline[] => [
        ...join(from),
        ` went ${date} for `,
        ...join(to),
        words === null ? '' : `: “${quote(words)}”`,
      ]),
      ...gone
        .slice(0, shownGone)
        .map(({ name, to, reason, commentedOut }): Inline[] => [
          { code: name },
          ` ${commentedOut ? 'commented out' : 'removed'} ${to}: “${quote(reason?.text ?? '')}”`,
        ]),
    ],
    more: 'package_evolution.json',
  };
}

function stability({ activity }: PackageEvolution): string {
  const { band, changeDays, windowDays } = activity;
  const span = windowDays >= 365 ? 'year' : `${rounded(windowDays)} days`;
  const counted = `Changed on ${rounded(changeDays)} days of the last ${span}`;
  return band === 'too young' ? `${counted}.` : `${counted}: ${band}.`;
}

function quote(text: string): string {
  if (text.length <= longestQuote) return text;
  const cut = text.slice(0, longestQuote);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestQuote / 2)).replace(/[\s,;:(–-]+$/u, '')}…`;
}
