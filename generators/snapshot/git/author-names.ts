import { isEnglish } from './public-words.ts';
import type { LogEntry } from './read-log.ts';

/** Names of the authors of commits and of the people credited in them, without bots. */
export interface AuthorNames {
  /** Lower case, two or more words: `ann onymous`. */
  complete: ReadonlySet<string>;
  /** Lower-case words of names, and of addresses unless they are English words, from three letters on. */
  parts: ReadonlySet<string>;
}

const bot =
  /\[bot\]|\bbot\b|-bot\b|dependabot|renovate|github-actions|<(?:noreply|support|actions)@|^GitHub <|anthropic\.com|^(?:Claude|Copilot|Cursor|Codex|Devin)\b/i;

/** Mail providers and the like: parts of addresses that identify nobody. */
const addressParts = new Set(
  'noreply users github gitlab codeberg com org net dev email mail gmail googlemail outlook hotmail icloud proton protonmail posteo mailbox yahoo web gmx local localhost localdomain root nix nixos fish'.split(
    ' ',
  ),
);

export function authorNames(log: readonly LogEntry[]): AuthorNames {
  const complete = new Set<string>();
  const parts = new Set<string>();
  const people = new Set(
    log.flatMap(({ people, message }) => [
      ...people,
      ...[...message.matchAll(/^[\w-]+-by: *(.*)$/gim)].map(([, person]) => person ?? ''),
    ]),
  );
  for (const person of people) {
    if (bot.test(person)) continue;
    const words = wordsOf(person.replace(/<.*/, ''));
    if (words.length > 1) complete.add(words.join(' '));
    for (const word of words) if (word.length > 2) parts.add(word);
    for (const word of wordsOf(person)) {
      if (word.length > 2 && !addressParts.has(word) && !isEnglish(word)) parts.add(word);
    }
  }
  return { complete, parts };
}

/**
 * Returns whether a text names an author: by a complete name, by a part of a name that is not an ordinary word, or by
 * an ordinary word that is written like a name (`ask Mark`).
 */
export function namesAuthor(text: string, { complete, parts }: AuthorNames): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = ` ${words.join(' ').toLowerCase()} `;
  for (const name of complete) if (joined.includes(` ${name} `)) return true;
  return words.some((word) => {
    const lower = word.toLowerCase();
    return parts.has(lower) && (/^\p{Lu}\p{Ll}+$/u.test(word) || !isEnglish(lower));
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
