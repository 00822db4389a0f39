import { typos } from './typos.ts';

/** A part of a name (`openssh` in `services.openssh.enable`), as it is compared with others. */
export interface Part {
  /** In lower case, without hyphens and underscores. */
  squeezed: string;
  words: readonly string[];
}

const oneWord = /^[a-z0-9]*$/;

/** `gpgAgent`, `gpg-agent` and `gpg_agent` are the same. */
export function partOf(text: string): Part {
  if (oneWord.test(text)) return { squeezed: text, words: [text] };
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return { squeezed: words.join(''), words };
}

/** How much two parts are alike, from 0 (different) to 1 (the same). A word may have at most two typos. */
export function likenessOf(a: Part, b: Part): number {
  const whole = wordLikeness(a.squeezed, b.squeezed);
  if (whole === 1 || (a.words.length < 2 && b.words.length < 2)) return whole;
  let hits = 0;
  for (const word of a.words) {
    let best = 0;
    for (const other of b.words) best = Math.max(best, word === other ? 1 : 0.9 * wordLikeness(word, other));
    hits += best;
  }
  return Math.max(whole, (0.9 * (2 * hits)) / (a.words.length + b.words.length));
}

function wordLikeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  const short = a.length <= b.length ? a : b;
  const long = short === a ? b : a;
  if (short.length < 3) return 0;
  if (long.startsWith(short)) {
    const rest = long.slice(short.length);
    if (rest === 's' || rest === 'es' || rest === 'd' || rest === 'ed') return 0.95;
    return 0.5 + (0.4 * short.length) / long.length;
  }
  const isSwapped = short.length === 3 && long.length === 3;
  // Two typos in a short word make another word.
  const most = short.length >= 7 ? 2 : short.length >= 4 || isSwapped ? 1 : 0;
  if (most === 0 || long.length - short.length > most) return 0;
  // A typo changes at most two letters of the set, a swap none.
  const changed = bits(lettersOf(short) ^ lettersOf(long));
  if (changed > (isSwapped ? 0 : 2 * most)) return 0;
  const count = typos(short, long, most);
  return count > most ? 0 : 0.96 - 0.12 * count;
}

/** The set of the letters of a word, as bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index += 1) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

function bits(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
