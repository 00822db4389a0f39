import { byText } from '../evidence/canonical.ts';
import { plainText } from '../render/plain-text.ts';
import type { EvaluatedPackage } from '../schema/evaluated.ts';
import { type Purpose, purposes, standardUtilities } from './purposes.ts';

export { purposes };

type Said = Pick<EvaluatedPackage, 'name' | 'description' | 'mainProgram'>;

/** What stands after these words names the material, not the purpose: "written in Rust". */
const material = /\b(?:written|implemented|built|made|coded|inspired|powered|based) (?:in|by|on|with|upon)\b[^,.;]*/gi;
/** What stands after these says what it is like, in terms of the standard utilities. */
const likeness =
  /\b(?:replacement|alternative|equivalent|clone|version|successor|port|implementation)s? (?:for|to|of)\b|\blike\b/i;
/** Says how a thing is run, not what for. */
const manner =
  /\b(?:command[- ]line|cli|tui|terminal (?:ui|user interface)|user[- ]friendly|cross[- ]platform|open[- ]source)\b/gi;
/** From here on a description tells about its object, no longer what the thing itself is. */
const headEnd = /\b(?:for|that|which|to|with|from|using|via|in|on|by|of)\b|[,:;(]/i;

/**
 * What a package is for, judged by the words that it says of itself: no package is known by name.
 * Each purpose has a vocabulary of its field; the words of a description vote, those before the first
 * preposition ("linter for …") with more weight. No word known: `other`.
 */
export function purposeOf(one: Said): Purpose {
  const votes = new Map<Purpose, number>();
  const vote = (text: string, factor: number) => {
    for (const [purpose, weight] of hits(text)) votes.set(purpose, (votes.get(purpose) ?? 0) + weight * factor);
  };
  const said = plainText(one.description ?? '', 300)
    .replace(material, ' ')
    .replace(manner, ' ');
  const end = headEnd.exec(said)?.index ?? said.length;
  vote(said.slice(0, end), 1.5);
  vote(said.slice(end), 1);
  // A name is made of words, too, but says less than a sentence.
  vote(one.name.replace(/[^\p{L}]+/gu, ' '), 0.7);
  const like = likeness.exec(said);
  if (like) {
    for (const word of said.slice(like.index).match(/[\p{L}]+/gu) ?? []) {
      const purpose = standardUtilities.get(word);
      if (purpose) votes.set(byId(purpose), (votes.get(byId(purpose)) ?? 0) + 2);
    }
  }
  // Steady: equal votes go to the purpose listed first.
  const best = [...votes].sort(([a, x], [b, y]) => y - x || purposes.indexOf(a) - purposes.indexOf(b))[0];
  return best && best[1] >= 1 ? best[0] : byId('other');
}

const other = purposes.at(-1) as Purpose;

function byId(id: string): Purpose {
  return purposes.find((purpose) => purpose.id === id) ?? other;
}

/** Word or phrase of up to three words -> purposes and weights. */
const vocabulary = new Map<string, [Purpose, number][]>();
for (const purpose of purposes) {
  for (const [weight, terms] of [
    [3, purpose.strong],
    [1, purpose.weak],
  ] as const) {
    for (const term of terms.split(/\s*,\s*/).filter(Boolean)) {
      const key = words(term).join(' ');
      vocabulary.set(key, [...(vocabulary.get(key) ?? []), [purpose, weight]]);
    }
  }
}

function hits(text: string): [Purpose, number][] {
  const list = words(text);
  const found: [Purpose, number][] = [];
  const seen = new Set<string>();
  for (let start = 0; start < list.length; ) {
    // The longest phrase counts, not its words again: "language server" is no "server".
    let length = Math.min(3, list.length - start);
    while (length > 1 && !vocabulary.has(list.slice(start, start + length).join(' '))) length -= 1;
    const term = list.slice(start, start + length).join(' ');
    if (!seen.has(term)) found.push(...(vocabulary.get(term) ?? []));
    seen.add(term);
    start += length;
  }
  return found;
}

function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? []).map(singular);
}

function singular(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is|ws)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** For tests and documentation: every term, in order. */
export function terms(): string[] {
  return [...vocabulary.keys()].sort(byText);
}
