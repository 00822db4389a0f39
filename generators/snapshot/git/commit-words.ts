import type { StatedReason } from '../../evidence/git-history.ts';
import type { AuthorNames } from './author-names.ts';
import { excerpt } from './excerpt.ts';
import { namesOf } from './mentions.ts';
import { type DeclarationsOf, effectOn } from './merged-commits.ts';
import type { LogEntry } from './read-log.ts';
import { reasonFor } from './reason.ts';
import { type Sentence, sentences } from './sentences.ts';
import { shortHash } from './short-hash.ts';
import { type Change, type CommitEffect, type ToolTimeline, toolKey } from './timeline.ts';

/** The public parts of commit messages and comments. */
export interface CommitWords {
  sentencesOf: (commit: LogEntry) => readonly Sentence[];
  /** Why a tool was changed; null: no stated reason. */
  reasonOf: (tool: ToolTimeline, change: Change) => StatedReason | null;
  /** The public excerpt of a text; null if it may be private. */
  excerpt: (text: string) => string | null;
}

export interface WordSources {
  effects: ReadonlyMap<string, CommitEffect>;
  everDeclared: ReadonlySet<string>;
  /** By hash of the quoting commit. */
  quoted: ReadonlyMap<string, readonly LogEntry[]>;
  declarationsOf: DeclarationsOf;
  authors: AuthorNames;
}

const noEffect: CommitEffect = { added: new Set(), removed: new Set() };

/** `--no-reasons`: no text at all. */
export const noWords: CommitWords = { sentencesOf: () => [], reasonOf: () => null, excerpt: () => null };

export function commitWords({ effects, everDeclared, quoted, declarationsOf, authors }: WordSources): CommitWords {
  const toolNames = new Set([...everDeclared].flatMap((name) => namesOf(name)));
  const isDeclared = (word: string): boolean => toolNames.has(word.toLowerCase());
  const excerptOf = (text: string): string | null => excerpt(text, { authors, toolWords: toolNames });
  const known = new Map<string, readonly Sentence[]>();
  const sentencesOf = (commit: LogEntry): readonly Sentence[] => {
    const found = known.get(commit.hash) ?? sentences(commit.message);
    known.set(commit.hash, found);
    return found;
  };

  const reasonOf = (tool: ToolTimeline, { type, commit, comment, formerly }: Change): StatedReason | null => {
    if (type === 'commented-out' && comment) {
      const text = excerptOf(comment);
      if (text !== null) return { text, source: 'comment', commit: shortHash(commit.hash) };
    }
    const direction = type === 'removed' || type === 'commented-out' ? 'removed' : 'added';
    const effect = effects.get(commit.hash) ?? noEffect;
    const reasonIn = (source: LogEntry, name: string): StatedReason | null => {
      const found = reasonFor(name, direction, sentencesOf(source), effect, isDeclared);
      const text = found === null ? null : excerptOf(found.text);
      return found === null || text === null ? null : { text, source: found.source, commit: shortHash(source.hash) };
    };
    const direct = reasonIn(commit, tool.name) ?? (formerly === undefined ? null : reasonIn(commit, formerly));
    if (direct !== null) return direct;
    // A squash commit quotes its commits: the commit that made this change states the reason.
    for (const source of quoted.get(commit.hash) ?? []) {
      if (effectOn(source, toolKey(tool.kind, tool.name), declarationsOf) !== direction) continue;
      const reason = reasonIn(source, tool.name);
      if (reason !== null) return reason;
    }
    return null;
  };
  return { sentencesOf, reasonOf, excerpt: excerptOf };
}
