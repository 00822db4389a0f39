import { mention } from './mentions.ts';
import { isBelieved, withoutType } from './reason.ts';
import type { Sentence } from './sentences.ts';
import type { CommitEffect } from './timeline.ts';

const says =
  /\b(?:replac\w+|switch\w*|migrat\w+|swap\w*|instead of|in favou?r of|supersed\w+|substitut\w+|mov(?:e|ed|ing) (?:from|to)|successor)\b|->|→|=>/i;
const dropsFor = /\b(?:drop|remove|ditch)\w*\b.*\bfor\b/i;

const newClause = /[,;]\s+(?:and\s+)?(?=(?:also|add|remov|updat|install|enabl|disabl|drop)\w*\s)|;\s+/i;

export interface Migration {
  from: string[];
  to: string[];
  words: string;
}

/**
 * What one commit replaced by what: it removes the one and adds the other, and a sentence of its message or a comment
 * that came with it names both and says so.
 */
export function migrations(
  delta: CommitEffect,
  said: readonly Sentence[],
  comments: readonly { name: string; text: string }[],
): Migration[] {
  const found: Migration[] = [];
  const done = new Set<string>();
  const add = (from: string[], to: string[], words: string): void => {
    const freshFrom = from.filter((name) => to.some((other) => !done.has(`${name} ${other}`)));
    if (freshFrom.length === 0 || to.length === 0) return;
    for (const name of from) for (const other of to) done.add(`${name} ${other}`);
    found.push({ from: freshFrom.sort(), to: to.sort(), words });
  };
  for (const { text, isSubject } of said) {
    // `remove a in favour of what is there, add b` replaces nothing by b.
    for (const clause of text.split(newClause)) {
      if (!says.test(clause) && !dropsFor.test(clause)) continue;
      const from = [...delta.removed].filter((name) => isNamed(clause, name, 'removed', delta));
      const to = [...delta.added].filter((name) => isNamed(clause, name, 'added', delta));
      if (from.length > 0 && to.length > 0) add(from, to, isSubject ? withoutType(text) : text);
    }
  }
  for (const { name, text } of comments) {
    if (!delta.added.has(name) || !says.test(text)) continue;
    const from = [...delta.removed].filter((other) => other !== name && mention(text, other) !== undefined);
    if (from.length > 0) add(from, [name], text);
  }
  return found;
}

function isNamed(text: string, name: string, direction: 'added' | 'removed', delta: CommitEffect): boolean {
  const found = mention(text, name);
  return found !== undefined && isBelieved(text, found.at, direction, delta, () => true);
}
