import type { EvaluatedPackage } from '../evidence/evaluated.ts';
import { plainText } from '../text.ts';
import { type Purpose, purposes, standardUtilities } from './purposes.ts';

export { purposes };

type Said = Pick<EvaluatedPackage, 'name' | 'description'>;

/** What stands after these words names the material, not the purpose: "written in Rust". */
const material =
  /\b(?:written|implemented|built|made|coded|inspired|powered|based) (?:in|by|on|with|upon|around)\b[^,.;]*/g;
/** Says how a thing is run or came about, not what for; and words that mean something else than they look. */
const manner =
  /\b(?:command[- ]line|cli|tui|terminal (?:ui|user interface)|user[- ]friendly|cross[- ]platform|multi[- ]platform|open[- ]source|free software|web[- ]based|find out|port of|(?:drop[- ]in )?(?:replacement|alternative)|processes output|source code|real[- ]time|next[- ]generation|in the style of)\b/g;
/** Marks a description that speaks in terms of the standard utilities: "replacement for ls", "cat clone". */
const likeness = /\b(?:replacement|alternative|equivalent|clone|version|successor|reimplementation)s?\b|\blike\b/;
/** From here on a description tells about its object, no longer what the thing itself is. */
const headEnd =
  /\b(?:for|that|which|to|with|from|using|via|in|on|by|of|as|when|without|extracted|developed|designed|intended|aimed|used|focused|capable|supporting|allowing|providing|brings|bringing|is|are)\b|[:;.(]/;
/** What follows is an extra: "with Git integration". */
const extra = /\b(?:with|including|featuring|plus|without)\b/;

const ascii = /^[\x20-\x7e]*$/;

const weights = { headNoun: 2.5, head: 1.5, rest: 1, extra: 0.5, name: 0.7, likeness: 2 };
/** Votes that it takes to say anything, and to say that something is no tool. */
const enough = 1;
const certain = 3;

/**
 * What a package is for, judged by the words that it says of itself: no package is known by name.
 * Each purpose has a vocabulary of its field, and the words of a description vote: most the noun that its
 * first phrase ends in ("Python *linter* for …"), then the rest of that phrase, then what follows. No word
 * known: `other`. `sure`: a word that decides was among them.
 */
export function purposeOf({ name, description }: Said): { purpose: Purpose; sure: boolean } {
  const votes = new Map<Purpose, number[]>();
  const vote = (purpose: Purpose, value: number) => votes.set(purpose, [...(votes.get(purpose) ?? []), value]);
  const lower = plainText(description ?? '', 300).toLowerCase();
  const said = lower
    .replace(material, ' ')
    .replace(manner, ' ')
    .replace(/^[\s,;:.-]+/, '');

  const end = headEnd.exec(said)?.index ?? said.length;
  const more = extra.exec(said)?.index ?? said.length;
  // "Linter and code formatter", "fast, small pager": each part may end in a noun that says what it is.
  for (const part of said.slice(0, end).split(/,|\band\b|&/)) {
    for (const { purpose, weight, last } of hits(part))
      vote(purpose, weight * (last ? weights.headNoun : weights.head));
  }
  for (const { purpose, weight } of hits(said.slice(end, Math.max(end, more)))) vote(purpose, weight * weights.rest);
  for (const { purpose, weight } of hits(said.slice(Math.max(end, more)))) vote(purpose, weight * weights.extra);
  // A name is made of words, too, but says less than a sentence.
  for (const { purpose, weight } of hits(name.replace(/[\W\d_]+/g, ' '))) vote(purpose, weight * weights.name);
  if (likeness.test(lower)) {
    for (const word of lower.match(/[a-z]+/g) ?? []) {
      const purpose = standardUtilities.get(word);
      if (purpose) vote(byId(purpose), weights.likeness);
    }
  }

  // One strong word says more than many that repeat it.
  const totals = [...votes].map(([purpose, values]) => ({
    purpose,
    total: values.sort((a, b) => b - a).reduce((sum, value, index) => sum + value / 2 ** index, 0),
  }));
  // Steady: equal votes go to the purpose listed first.
  const best = totals.sort((a, b) => b.total - a.total || purposes.indexOf(a.purpose) - purposes.indexOf(b.purpose))[0];
  return best && best.total >= enough
    ? { purpose: best.purpose, sure: best.total >= certain }
    : { purpose: other, sure: false };
}

/** Whether a description speaks of a program with windows. */
export function saysGraphical({ description }: Pick<Said, 'description'>): boolean {
  return /\b(?:gui|graphical|gtk ?\d?|qt ?\d?|gnome|kde|desktop (?:app|application|client|environment))\b/i.test(
    (description ?? '').replace(/\bfor (?:creating|building|developing)\b.*|\bwithout\b.*/i, ''),
  );
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

/** First word -> words of the longest term that begins with it. */
const longest = new Map<string, number>();
for (const term of vocabulary.keys()) {
  const parts = term.split(' ');
  longest.set(parts[0] as string, Math.max(parts.length, longest.get(parts[0] as string) ?? 1));
}

interface Hit {
  purpose: Purpose;
  weight: number;
  /** whether the text ends with it */
  last: boolean;
}

function hits(text: string): Hit[] {
  const list = words(text);
  // "formatting tool", "backup program": the noun before says what it is.
  while (list.length > 1 && generic.has(list.at(-1) as string) && !vocabulary.has(list.slice(-2).join(' '))) list.pop();
  const found: Hit[] = [];
  const seen = new Set<string>();
  for (let start = 0; start < list.length; ) {
    // The longest phrase counts, not its words again: "language server" is no "server".
    let length = Math.min(longest.get(list[start] as string) ?? 1, list.length - start);
    while (length > 1 && !vocabulary.has(list.slice(start, start + length).join(' '))) length -= 1;
    const term = list.slice(start, start + length).join(' ');
    const last = start + length === list.length;
    if (!seen.has(term))
      found.push(...(vocabulary.get(term) ?? []).map(([purpose, weight]) => ({ purpose, weight, last })));
    seen.add(term);
    start += length;
  }
  return found;
}

/** Words for "a thing that one runs". */
const generic = new Set(
  'tool utility program application app software command client interface system suite framework toolkit set collection project solution implementation helper wrapper frontend backend library package toolset service daemon manager engine platform'.split(
    ' ',
  ),
);

function words(text: string): string[] {
  // Unicode's classes are slow, and nearly every description is ASCII.
  const pattern = ascii.test(text) ? /[a-z0-9+#]+/g : /[\p{L}\p{N}+#]+/gu;
  return (text.toLowerCase().match(pattern) ?? []).map(singular);
}

function singular(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is|ws)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
