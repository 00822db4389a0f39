import { mention } from './mentions.ts';
import { isBelieved, withoutType } from './reason.ts';
import type { Sentence } from './sentences.ts';
import type { CommitEffect } from './timeline.ts';

export interface Migration {
  from: string[];
  to: string[];
  /** The sentence that states it. */
  words: string;
}

/** Clauses that state the replacement of one tool by another: groups `from` and `to`. */
const replacements: readonly RegExp[] = [
  /\b(?:replac(?:e[sd]?|ing)|substitut(?:e[sd]?|ing)|swap(?:s|ped|ping)?(?: out)?)\s+(?<from>.+?)\s+(?:with|by|for|to)\s+(?<to>.+)/i,
  /(?<from>.+?)\s+(?:(?:is|was|are|were|has been|have been|gets?|got)\s+)?(?:replaced|superseded|succeeded)\s+(?:with|by)\s+(?<to>.+)/i,
  /(?<to>.+?)\s+(?:replaces|replacing|supersedes|superseding|succeeds)\s+(?<from>.+)/i,
  /\b(?:switch|migrat|mov|chang|convert|transition)\w*\s+(?:.*?\b)?from\s+(?<from>.+?)\s+(?:over\s+)?to\s+(?<to>.+)/i,
  /\b(?:switch|migrat|mov|chang|convert)\w*\s+(?<from>(?!(?:over\s+)?to\b|from\b).+?)\s+(?:over\s+)?to\s+(?<to>.+)/i,
  /(?<to>.+?)\s+(?:instead of|in place of|rather than|in lieu of)\s+(?<from>.+)/i,
  /(?<to>.+?)[\s:(–—-]+(?:(?:a|an|the|as|is|drop-in|modern|better|new)\s+)*(?:replacement|successor|substitute|alternative)\s+(?:for|of|to)\s+(?<from>.+)/i,
  /(?<from>.+?)\s+in favou?r of\s+(?<to>.+)/i,
  /\b(?:drop|remov|ditch|retir|abandon)\w*\s+(?<from>.+?)\s+for\s+(?<to>.+)/i,
  /(?<from>[^,]+?)\s*(?:->|→|=>)\s*(?<to>.+)/i,
];
/** `…, use b instead`: the previous clause names the tool that b replaces. */
const instead = /\b(?:us(?:e|ing)|switch(?:ed|ing)? to|install|add|prefer)\s+(?<to>.+?)\s+instead\b(?! of)/i;
const pronoun = /^(?:it|them|that|this|these|those|both)\b/i;

const verb =
  'add|remov|delet|updat|upgrad|install|uninstall|enabl|disabl|drop|replac|switch|migrat|swap|mov|us|fix|bump|set|configur|creat|introduc';
const clauseEnd = new RegExp(
  `[.;]\\s+|,?\\s+(?:and|then|also|but)\\s+(?:also\\s+|then\\s+)?(?=(?:${verb})\\w*\\s)|,\\s+(?=(?:also\\s+)?(?:${verb})\\w*\\s)`,
  'i',
);
/** `replace a with b and c with d`: the second pair has no verb of its own. */
const nextPair = /,?\s+and\s+(?=[^\s,]+\s+(?:with|by)\s+)/i;

/** The new entry's comment names the old one: `replaces autojump`, `a replacement for ls`, `instead of exa`. */
const commentFrom =
  /\b(?:replac(?:es|ing)|supersedes|superseding|instead of|in place of|rather than|(?:replacement|successor|substitute|alternative) (?:for|of|to)|switched from|migrated from|formerly)\s+(?<from>.+)|^(?<old>\S+)\s+(?:replacement|successor|alternative)\b/i;

/**
 * Returns the replacements of a commit: it removes one tool and adds another, and a sentence of its message or the
 * comment of the new entry states the replacement.
 */
export function migrations(
  effect: CommitEffect,
  sentences: readonly Sentence[],
  comments: readonly { name: string; text: string }[],
): Migration[] {
  const found: Migration[] = [];
  const done = new Set<string>();
  const add = (from: string[], to: string[], words: string): void => {
    const fresh = from.filter((name) => to.some((other) => !done.has(`${name} ${other}`)));
    if (fresh.length === 0 || to.length === 0) return;
    for (const name of from) for (const other of to) done.add(`${name} ${other}`);
    found.push({ from: fresh.sort(), to: to.sort(), words });
  };
  for (const { text, isSubject } of sentences) {
    if (!isBelieved(text, 0, 'added', effect, () => true) && !isBelieved(text, 0, 'removed', effect, () => true))
      continue;
    for (const pair of pairsOf(text)) {
      const from = [...effect.removed].filter((name) => isIn(pair.from, name));
      const to = [...effect.added].filter((name) => isIn(pair.to, name));
      add(from, to, isSubject ? withoutType(text) : text);
    }
  }
  for (const { name, text } of comments) {
    const { from, old } = commentFrom.exec(text)?.groups ?? {};
    if (!effect.added.has(name)) continue;
    const replaced = [...effect.removed].filter((other) => other !== name && isIn(from ?? old ?? '', other));
    add(replaced, [name], text);
  }
  return found;
}

/** The parts of a text that name the old and the new tool. */
function pairsOf(text: string): { from: string; to: string }[] {
  const pairs: { from: string; to: string }[] = [];
  let before = '';
  for (const clause of text.split(clauseEnd)) {
    const isReplacing = /^(?:\S+\s+){0,2}(?:replac|substitut|swap)/i.test(clause);
    const parts = isReplacing ? clause.split(nextPair) : [clause];
    for (const [index, part] of parts.entries()) {
      const pair = pairIn(index === 0 ? part : `replace ${part}`);
      const to = instead.exec(part)?.groups?.to;
      if (pair !== undefined) pairs.push(pronoun.test(pair.from) ? { ...pair, from: before } : pair);
      else if (to !== undefined) pairs.push({ from: before, to });
    }
    before = clause;
  }
  return pairs;
}

function pairIn(clause: string): { from: string; to: string } | undefined {
  for (const pattern of replacements) {
    const { from, to } = pattern.exec(clause)?.groups ?? {};
    if (from !== undefined && to !== undefined) return { from, to };
  }
  return undefined;
}

function isIn(text: string, name: string): boolean {
  return mention(text, name, { isList: true }) !== undefined;
}
