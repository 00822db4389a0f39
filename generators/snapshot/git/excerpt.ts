import { type AuthorNames, namesAuthor } from './author-names.ts';
import { isPublicNumber, isPublicToken } from './public-words.ts';
import { mayStateSecret } from './secret-words.ts';

/** Maximum length of an excerpt, in characters. */
export const maxExcerpt = 160;

export interface ExcerptWords {
  authors: AuthorNames;
  /** Lower-case names of packages and options in the snapshot. */
  toolWords: ReadonlySet<string>;
}

const edges = /^["'“”‘’«»()[\]{}<>,;:!?…*·•.`–—-]+|["'“”‘’«»()[\]{}<>,;:!?…*·•.`–—-]+$/gu;
/** A path, a variable, an address, an assignment, a value after a colon. */
const notWords = /[@\\$=~^|%#*]|:\S|^\/|\/\/|\/$|[^\x20-\x7e’]/u;
/** Maximum number of unknown acronyms in a text: more could be a key in groups. */
const maxAcronyms = 2;

/**
 * Returns a public text on one line, cut at 160 characters. Null unless every word of it is public, nothing in it may be
 * a secret and it names no author.
 */
export function excerpt(text: string, words: ExcerptWords): string | null {
  const line = text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    // `modal editor - https://…`: the address behind the text; no address leaves.
    .replace(/\s[-–—(<]+\s*https?:\/\/\S+\s*$/iu, '')
    // GitHub appends the number of a pull request.
    .replace(/\s*\(#\d+\)\s*$/, '')
    .replace(/^[\s\-–—:,;.|]+|[\s\-–—:,;|]+$/gu, '');
  if (!/\p{L}{2}/u.test(line) || mayStateSecret(line) || namesAuthor(line, words.authors)) return null;
  return isPublicText(line, words.toolWords) ? cut(line) : null;
}

function isPublicText(line: string, toolWords: ReadonlySet<string>): boolean {
  let acronyms = 0;
  let numbersInRow = 0;
  let lettersInRow = 0;
  for (const raw of line.split(/ |(?<=\w)(?=\()/)) {
    const token = raw.replace(edges, '').replace(/%$/, '');
    if (!/[\p{L}\p{N}]/u.test(raw)) {
      if (raw.length > 3) return false;
      continue;
    }
    // `…/x` and `.x` lose their first character with the punctuation, so the raw word is tested.
    if (notWords.test(token) || /(?:^|[("'`])[/~@$#\\]/.test(raw)) return false;
    lettersInRow = token.length === 1 ? lettersInRow + 1 : 0;
    numbersInRow = /^[\d.,:-]+$/.test(token) ? numbersInRow + 1 : 0;
    if (lettersInRow > 2 || numbersInRow > 1) return false;
    if (isPublicToken(token, toolWords) || isPublicNumber(token)) continue;
    acronyms += 1;
    if (!/^[A-Z]{2,4}s?$/.test(token) || acronyms > maxAcronyms) return false;
  }
  return true;
}

function cut(line: string): string {
  if (line.length <= maxExcerpt) return line;
  const start = line.slice(0, maxExcerpt - 1);
  const space = start.lastIndexOf(' ');
  return `${(space > 80 ? start.slice(0, space) : start).replace(/[\s\-–—:,;.(]+$/u, '')}…`;
}
