import { mention } from './mentions.ts';
import type { Sentence } from './sentences.ts';
import type { CommitEffect } from './timeline.ts';

/** A sentence with a reason, and its place in the message. */
export interface Reason {
  text: string;
  source: 'subject' | 'body';
}

const adding =
  /\b(add(?:s|ed|ing)?|install(?:s|ed|ing)?|introduc\w+|enabl\w+|includ\w+|new|bring\w*|want|init|packag\w+)\b/gi;
const removing =
  /\b(remov\w+|delet\w+|drop(?:s|ped|ping)?|uninstall\w*|disabl\w+|purg\w+|get rid of|clean(?:ed)? ?up|no longer|comment(?:ed|s)? out|retir\w+|unused)\b/gi;
const removedAfter =
  /\b(?:removed|deleted|dropped|uninstalled|disabled|purged|retired|commented out|unused|no longer|is gone)\b/i;
const replacing =
  /\b(replac\w+|switch\w*|migrat\w+|swap\w*|instead|in favou?r|supersed\w+|substitut\w+|mov(?:e|ed|ing) (?:from|to)|->|→|rename\w*)/i;
const causal =
  /\b(because|since|so that|for|to|needed|needs|require[sd]?|which|that|due to|as|fix(?:es)?|avoid\w*|better|faster|instead|redundant|replac\w+|support\w*|enabl\w+|was never|only|broken|deprecated|unused|no longer)\b/i;
const aboutSource =
  /^(?:\S+: *)?(?:mov|renam|refactor|reorgani|restructur|split|extract|format|clean|tidy|bump|updat|upgrad|fix|rework|convert|configur|tweak|adjust|chang|set\b|import)/i;
const counted =
  /\b(?:(add|adds|added|adding|install\w*|introduc\w+|new)|(remov\w+|delet\w+|drop\w*|uninstall\w*))\b[^.\n]{0,12}?\b(\d{1,3})\s+(?:[\w/-]+\s+){0,4}?(?:package|tool|app|program|utilit|viewer|plugin|cli|command|depend)/i;
const countedTotal =
  /\b(\d{1,3})\s+(?:new\s+)?(?:package|tool|app|program)s?\s+(added|removed)\b|\b(added|removed)\s*\((\d{1,3})/i;

/**
 * The sentence of a message that states why a tool was added or removed: it names the tool and agrees with the changes
 * of the commit.
 *
 * @param declared whether a word names something that is declared after the commit
 */
export function reasonFor(
  name: string,
  direction: 'added' | 'removed',
  said: readonly Sentence[],
  delta: CommitEffect,
  declared: (word: string) => boolean,
): Reason | null {
  let best: { score: number; reason: Reason } | undefined;
  const isWhole = isAbout(name, said, delta);
  for (const { text, isSubject, isReason } of said) {
    if (isReason && isWhole) return { text, source: 'body' };
    const found = mention(text, name);
    if (found === undefined || !isBelieved(text, found.at, direction, delta, declared)) continue;
    // `hyprland: use the module` names the tool in what looks like a commit's type.
    const plain = withoutType(text);
    const shown = isSubject && mention(plain, name) !== undefined ? plain : text;
    if (!saysSomething(shown) || isAboutSource(shown, text.slice(0, found.at), direction)) continue;
    const others = [...delta.added, ...delta.removed].filter(
      (other) => other !== name && mention(text, other) !== undefined,
    );
    const about = text.slice(found.at + found.words.length);
    let score = isSubject ? 1.5 : 0;
    if (causal.test(about)) score += 2;
    if (/^\s*(?:[:(–—-]|is\b)/.test(about)) score += 1;
    if (score === 0) continue;
    score -= Math.min(2, others.length * 0.25);
    // A sentence about a file or a setting of the tool is not a reason for the tool.
    if (/^(?:docs|style|refactor)\b/.test(text) && !isSubject) score -= 1;
    if (best === undefined || score > best.score) {
      best = { score, reason: { text: shown, source: isSubject ? 'subject' : 'body' } };
    }
  }
  if (best === undefined) return null;
  const changed = [name, ...delta.added, ...delta.removed];
  if (best.reason.source === 'body' || !restatesChange(best.reason.text, changed)) return best.reason;
  // `Add a` and `Replace a with b` repeat what the commit shows; its body may say why.
  const isOfOneTool = isWhole && delta.added.size <= 1 && delta.removed.size <= 1;
  const body = said.find(
    ({ text, isSubject }) =>
      !isSubject && !aboutSource.test(text) && (isOfOneTool ? text.split(' ').length >= 4 : mentionsOne(text, changed)),
  );
  return body === undefined ? best.reason : { text: body.text, source: 'body' };
}

const wordsOfChange =
  /^(?:add(?:ed)?|install(?:ed)?|enabled?|replaced?|switch(?:ed)?|migrated?|with|by|in|place|of|from|to|instead|favou?r|->|→)$/i;

/** Whether a text has only names of tools and the words of what was done to them. */
function restatesChange(text: string, tools: readonly string[]): boolean {
  const names = new Set(tools.map((tool) => tool.toLowerCase()));
  const words = text.split(/[\s,:;]+/).map((word) => word.replace(/^[`'"(]+|[`'").]+$/g, ''));
  return words.every((word) => word === '' || wordsOfChange.test(word) || names.has(word.toLowerCase()));
}

const mentionsOne = (text: string, tools: readonly string[]): boolean =>
  tools.some((tool) => mention(text, tool) !== undefined);

/** Whether a text has a verb or a reason: `bat` and `gnome & slack` only repeat the change of the commit. */
function saysSomething(text: string): boolean {
  return [adding, removing, replacing, causal, removedAfter].some((pattern) => text.search(pattern) !== -1);
}

/** Whether a text is about the configuration's source (`move x to its own file`), not about having the tool. */
function isAboutSource(text: string, before: string, direction: 'added' | 'removed'): boolean {
  if (direction === 'removed' || text.search(adding) !== -1) return false;
  return aboutSource.test(withoutType(text)) && !/\b(?:to|with|by|from)\s+(?:the\s+)?$/i.test(before);
}

/** Whether a reason for the whole commit applies to this tool: it is the only one, or the subject names it. */
function isAbout(name: string, said: readonly Sentence[], { added, removed }: CommitEffect): boolean {
  if (added.size + removed.size === 1) return true;
  return said.some(({ text, isSubject }) => isSubject && mention(text, name) !== undefined);
}

/** Whether a sentence agrees with the changes of the commit. */
export function isBelieved(
  text: string,
  at: number,
  direction: 'added' | 'removed',
  delta: CommitEffect,
  declared: (word: string) => boolean,
): boolean {
  if (!countsAgree(text, delta)) return false;
  const replacement =
    /\b(?:use|using|in favou?r of|replaced (?:by|with)|superseded by|switch(?:ed)? to)\s+`?([a-z][\w.+-]{1,40})`?\s*(?:instead|[),.;]|$)/i.exec(
      text,
    );
  if (replacement?.[1] !== undefined && !declared(replacement[1])) return false;
  if (replacing.test(text)) return true;
  const adds = lastBefore(adding, text, at);
  const removes = lastBefore(removing, text, at);
  if (adds === -1 && removes === -1) {
    // `bottom removed`, `no longer used`: the verb follows.
    const after = text.slice(at, at + 60);
    const isRemoval = removedAfter.test(after);
    return direction === 'removed' ? isRemoval || firstIn(adding, after) === -1 : !isRemoval;
  }
  return direction === 'added' ? adds >= removes : removes >= adds;
}

function countsAgree(text: string, delta: CommitEffect): boolean {
  const claim = counted.exec(text);
  if (claim !== null) {
    const size = claim[1] === undefined ? delta.removed.size : delta.added.size;
    if (Number(claim[3]) !== size) return false;
  }
  const total = countedTotal.exec(text);
  if (total === null) return true;
  const isAdded = /added/i.test(total[2] ?? total[3] ?? '');
  return Number(total[1] ?? total[4]) === (isAdded ? delta.added.size : delta.removed.size);
}

function lastBefore(pattern: RegExp, text: string, at: number): number {
  let last = -1;
  for (const found of text.slice(0, at).matchAll(pattern)) last = found.index;
  return last;
}

function firstIn(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)][0]?.index ?? -1;
}

/** Removes the type of a commit: `add x` for `feat(packages): add x`. */
export function withoutType(text: string): string {
  return text.replace(/^(?:[a-z]+(?:\([^)]*\))?!?):\s+(?=\S)/i, (prefix) =>
    /^(?:https?|note|todo)/i.test(prefix) ? prefix : '',
  );
}
