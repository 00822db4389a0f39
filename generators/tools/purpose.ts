import { knownPurpose } from '../data/known-tools.ts';
import type { EvaluatedPackage } from '../evidence/evaluated.ts';
import { plainText } from '../text.ts';
import { otherPurpose, type Purpose, purposes, standardUtilities } from './purposes.ts';

type Described = Pick<EvaluatedPackage, 'name' | 'description'>;

/** Describes the implementation, not the purpose: "written in Rust". */
const material =
  /\b(?:written|implemented|built|made|coded|inspired|powered|based) (?:in|by|on|with|upon|around)\b[^,.;]*/g;
/** Describes how a tool is run or developed, not its purpose; and words with another meaning here. */
const manner =
  /\b(?:command[- ]line|cli|tui|terminal (?:ui|user interface)|user[- ]friendly|cross[- ]platform|multi[- ]platform|open[- ]source|free software|web[- ]based|find out|port of|(?:drop[- ]in )?(?:replacement|alternative)|processes output|source code|real[- ]time|next[- ]generation|in the style of)\b/g;
/** Descriptions with these words compare the tool with a standard utility: "replacement for ls", "cat clone". */
const likeness = /\b(?:replacement|alternative|equivalent|clone|version|successor|reimplementation)s?\b|\blike\b/;
/** Ends the phrase with the kind of the tool. */
const headEnd =
  /\b(?:for|that|which|to|with|from|using|via|in|on|by|of|as|when|without|extracted|developed|designed|intended|aimed|used|focused|capable|supporting|allowing|providing|brings|bringing|is|are)\b|[:;.(]/;
/** Starts the extras: "with Git integration". */
const extrasStart = /\b(?:with|including|featuring|plus|without)\b/;

const longestDescription = 300;

const weights = { headNoun: 2.5, head: 1.5, rest: 1, extras: 0.5, name: 0.7, likeness: 2 };
/** A purpose with a lower score is not taken. */
const minScore = 1;
/** From this score on the purpose is sure. */
const sureScore = 3;

/**
 * The purpose of a package: that of a public tool is known by its name, that of another one is judged by the words of
 * its description.
 *
 * Each purpose has a vocabulary of its field, and each word of a description votes for the purposes that have it: most
 * the noun that ends its first phrase ("Python *linter* for …"), then the other words of that phrase, then the rest.
 * Without a known word it is the last purpose, `other`.
 *
 * @returns `sure`: the votes are clear enough to decide that the package is not a tool
 */
export function purposeOf({ name, description }: Described): { purpose: Purpose; sure: boolean } {
  const known = purposes.find(({ id }) => id === knownPurpose(name));
  if (known !== undefined) return { purpose: known, sure: true };
  const text = plainText(description ?? '', longestDescription).toLowerCase();
  const votes = [...descriptionVotes(text), ...scaled(termsIn(name.replace(/[\W\d_]+/g, ' ')), weights.name)];
  if (likeness.test(text)) votes.push(...likenessVotes(text));
  const [best] = purposes
    .map((purpose) => ({ purpose, score: scoreOf(votes.filter((vote) => vote.purpose === purpose)) }))
    .sort((a, b) => b.score - a.score);
  if (best === undefined || best.score < minScore) return { purpose: otherPurpose, sure: false };
  return { purpose: best.purpose, sure: best.score >= sureScore };
}

/** Whether a description is that of a program with windows. */
export function isDescribedAsGraphical({ description }: Pick<Described, 'description'>): boolean {
  return /\b(?:gui|graphical|gtk ?\d?|qt ?\d?|gnome|kde|desktop (?:app|application|client|environment))\b/i.test(
    (description ?? '').replace(/\bfor (?:creating|building|developing)\b.*|\bwithout\b.*/i, ''),
  );
}

interface Vote {
  purpose: Purpose;
  weight: number;
}

function descriptionVotes(description: string): Vote[] {
  const text = description
    .replace(material, ' ')
    .replace(manner, ' ')
    .replace(/^[\s,;:.-]+/, '');
  const end = headEnd.exec(text)?.index ?? text.length;
  const extras = Math.max(end, extrasStart.exec(text)?.index ?? text.length);
  // "Linter and code formatter", "fast, small pager": each part may end in the noun for the kind of the tool.
  const head = text
    .slice(0, end)
    .split(/,|\band\b|&/)
    .flatMap((part) =>
      termsIn(part).map(({ purpose, weight, isLast }) => ({
        purpose,
        weight: weight * (isLast ? weights.headNoun : weights.head),
      })),
    );
  return [
    ...head,
    ...scaled(termsIn(text.slice(end, extras)), weights.rest),
    ...scaled(termsIn(text.slice(extras)), weights.extras),
  ];
}

/** Votes for the purposes of the standard utilities that a description names. */
function likenessVotes(description: string): Vote[] {
  return (description.match(/[a-z]+/g) ?? []).flatMap((word) => {
    const purpose = purposes.find(({ id }) => id === standardUtilities.get(word));
    return purpose === undefined ? [] : [{ purpose, weight: weights.likeness }];
  });
}

function scaled(votes: readonly Vote[], factor: number): Vote[] {
  return votes.map(({ purpose, weight }) => ({ purpose, weight: weight * factor }));
}

/** One strong vote counts more than many weak ones: each further vote counts half. */
function scoreOf(votes: readonly Vote[]): number {
  return votes
    .map(({ weight }) => weight)
    .sort((a, b) => b - a)
    .reduce((sum, weight, index) => sum + weight / 2 ** index, 0);
}

/** Word or phrase -> its votes */
const vocabulary = new Map<string, Vote[]>();
/** Words of the longest phrase. */
let longestPhrase = 1;
for (const purpose of purposes) {
  for (const [terms, weight] of [
    [purpose.strong, 3],
    [purpose.weak, 1],
  ] as const) {
    for (const term of terms.split(/\s*,\s*/).filter(Boolean)) {
      const words = wordsOf(term);
      const key = words.join(' ');
      vocabulary.set(key, [...(vocabulary.get(key) ?? []), { purpose, weight }]);
      longestPhrase = Math.max(longestPhrase, words.length);
    }
  }
}

/** Words for any program: the noun before them is its kind ("formatting tool", "backup program"). */
const genericWords = new Set(
  'tool utility program application app software command client interface system suite framework toolkit set collection project solution implementation helper wrapper frontend backend library package toolset service daemon manager engine platform'.split(
    ' ',
  ),
);

/** The votes of each known word and phrase of a text, once each; `isLast`: the text ends with it. */
function termsIn(text: string): (Vote & { isLast: boolean })[] {
  const words = wordsOf(text);
  while (words.length > 1 && genericWords.has(words.at(-1) ?? '') && !vocabulary.has(words.slice(-2).join(' '))) {
    words.pop();
  }
  const found = new Map<string, (Vote & { isLast: boolean })[]>();
  for (let start = 0; start < words.length; ) {
    // The words of a phrase do not count again: a "language server" is no "server".
    let length = Math.min(longestPhrase, words.length - start);
    while (length > 1 && !vocabulary.has(words.slice(start, start + length).join(' '))) length -= 1;
    const term = words.slice(start, start + length).join(' ');
    const isLast = start + length === words.length;
    if (!found.has(term))
      found.set(
        term,
        (vocabulary.get(term) ?? []).map((vote) => ({ ...vote, isLast })),
      );
    start += length;
  }
  return [...found.values()].flat();
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}+#]+/gu) ?? []).map(singular);
}

function singular(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is|ws)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
