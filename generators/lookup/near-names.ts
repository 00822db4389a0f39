import { typos } from './typos.ts';

/** A candidate for a misspelt name. */
export interface Candidate {
  name: string;
  /** Preferred among equally similar names: it is set, it is installed. */
  preferred?: boolean;
}

/**
 * The names most similar to `wanted`, best first. Names are compared part by part (`services`, `openssh`, `enable`),
 * in any order; rare parts count more: `openssh` more than `services`. Upper case, hyphens and
 * underscores make no difference; a part may have at most two typos.
 */
export function nearNames<T extends Candidate>(wanted: string, candidates: readonly T[], most: number): T[] {
  const { parts, counts, partsOf } = splitNames(candidates);
  const total = Math.log(candidates.length + 1);
  const weights = parts.map((part, number) =>
    isPlaceholder(part) ? 0 : Math.max(0.3, total - Math.log(counts[number] ?? 1)),
  );
  const others = parts.map(partOf);
  const asked = wanted
    .split('.')
    .filter((text) => text !== '')
    .map((text) => askedPart(partOf(text), others, weights, total));
  const askedTotal = asked.reduce((sum, { weight }) => sum + weight, 0);

  const scored: { candidate: T; score: number }[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const own = partsOf[index] ?? [];
    let hit = 0;
    for (const { likeness, weight } of asked) {
      let best = 0;
      for (const number of own) {
        const like = likeness[number] ?? 0;
        if (like > 0) best = Math.max(best, like * Math.min(weight, weights[number] ?? 0));
      }
      hit += best;
    }
    // At most, all of the wanted parts match.
    if (hit < 0.2 * askedTotal) continue;
    let ownTotal = 0;
    for (const number of own) ownTotal += weights[number] ?? 0;
    const last = asked.at(-1)?.likeness[own.at(-1) ?? 0] ?? 0;
    const first = asked[0]?.likeness[own[0] ?? 0] ?? 0;
    const score = (2 * hit) / (askedTotal + ownTotal) + 0.06 * last + 0.03 * first;
    if (score >= 0.4) scored.push({ candidate, score: score + (candidate.preferred ? 0.02 : 0) });
  }
  return scored
    .sort((a, b) => b.score - a.score || a.candidate.name.length - b.candidate.name.length)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The different parts of all names, how many names have each, and the parts of each name by number. */
function splitNames(candidates: readonly Candidate[]): { parts: string[]; counts: number[]; partsOf: number[][] } {
  const numbers = new Map<string, number>();
  const parts: string[] = [];
  const counts: number[] = [];
  let before = '';
  let beforeParts: number[] = [];
  const partsOf = candidates.map(({ name }) => {
    // Most names are sorted and share all parts but the last with the name before them.
    const dot = name.lastIndexOf('.');
    const own = dot > 0 && before.startsWith(name.slice(0, dot + 1)) ? beforeParts.slice(0, countDots(name)) : [];
    let start = 0;
    for (let kept = 0; kept < own.length; kept += 1) {
      const number = own[kept] ?? 0;
      counts[number] = (counts[number] ?? 0) + 1;
    }
    if (own.length > 0) start = dot + 1;
    while (start <= name.length) {
      const end = name.indexOf('.', start);
      const part = name.slice(start, end < 0 ? name.length : end);
      let number = numbers.get(part);
      if (number === undefined) {
        number = parts.push(part) - 1;
        numbers.set(part, number);
      }
      counts[number] = (counts[number] ?? 0) + 1;
      own.push(number);
      if (end < 0) break;
      start = end + 1;
    }
    before = name;
    beforeParts = own;
    return own;
  });
  return { parts, counts, partsOf };
}

function countDots(name: string): number {
  let count = 0;
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) count += 1;
  return count;
}

/** The similarity of each part of the names to a wanted part, which is weighted like the most similar part. */
function askedPart(
  asked: Part,
  others: readonly Part[],
  weights: readonly number[],
  total: number,
): { likeness: Float64Array; weight: number } {
  const likeness = new Float64Array(others.length);
  let weight = total;
  let best = 0;
  for (const [number, other] of others.entries()) {
    const like = likenessOf(asked, other);
    likeness[number] = like;
    if (like > best) {
      best = like;
      weight = weights[number] ?? total;
    }
  }
  return { likeness, weight };
}

interface Word {
  text: string;
  /** The set of its letters, as bits. */
  letters: number;
}

interface Part {
  /** In lower case, without hyphens and underscores. */
  squeezed: Word;
  words: readonly Word[];
}

const oneWord = /^[a-z0-9]*$/;

/** `gpgAgent`, `gpg-agent` and `gpg_agent` are the same; so are `experimental-features` and its words. */
function partOf(text: string): Part {
  if (oneWord.test(text)) {
    const word = wordOf(text);
    return { squeezed: word, words: [word] };
  }
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return { squeezed: wordOf(words.join('')), words: words.map(wordOf) };
}

function wordOf(text: string): Word {
  let letters = 0;
  for (let index = 0; index < text.length; index += 1) letters |= 1 << (text.charCodeAt(index) & 31);
  return { text, letters };
}

const isPlaceholder = (text: string): boolean => text === '*' || text.startsWith('<');

/** From 0 (different) to 1 (the same). */
function likenessOf(a: Part, b: Part): number {
  const whole = wordLikeness(a.squeezed, b.squeezed);
  if (whole === 1 || (a.words.length < 2 && b.words.length < 2)) return whole;
  let hits = 0;
  for (const word of a.words) {
    let best = 0;
    for (const other of b.words) best = Math.max(best, word.text === other.text ? 1 : 0.9 * wordLikeness(word, other));
    hits += best;
  }
  return Math.max(whole, (0.9 * (2 * hits)) / (a.words.length + b.words.length));
}

function wordLikeness({ text: a, letters }: Word, { text: b, letters: otherLetters }: Word): number {
  if (a === b) return a === '' ? 0 : 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 3) return 0;
  if (long.startsWith(short)) {
    const rest = long.slice(short.length);
    if (rest === 's' || rest === 'es' || rest === 'd' || rest === 'ed') return 0.95;
    return 0.5 + (0.4 * short.length) / long.length;
  }
  // A short word with two typos is another word.
  const isSwapped = short.length === 3 && long.length === 3 && letters === otherLetters;
  const most = isSwapped ? 1 : short.length < 4 ? 0 : short.length < 7 ? 1 : 2;
  if (most === 0 || long.length - short.length > most) return 0;
  // A typo changes at most two letters of the set.
  if (bits(letters ^ otherLetters) > 2 * most) return 0;
  const count = typos(short, long, most);
  return count > most ? 0 : 0.96 - 0.12 * count;
}

function bits(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
