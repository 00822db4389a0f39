import type { Shell } from '../../lang/shell/shells.ts';

/** One command line of a history. It exists in memory only: its text is never written anywhere. */
export interface Entry {
  readonly text: string;
  /** Seconds since 1970 UTC; null if the history does not record it. */
  time: number | null;
  /** Time of the first use, if a history stores only the last use of a line. */
  firstTime?: number | undefined;
  /** Exit status; null if the history does not record it. */
  exit: number | null;
  /** Seconds; null if the history does not record it. */
  duration: number | null;
  /** Identifies the terminal, if the history records it. */
  session: string | null;
  /** The shell of the line, if a history has lines of several shells. */
  shell?: Shell | undefined;
  /** A coding agent ran it, not the user. */
  byAgent: boolean;
}

/** Why an entry of a history is left out. Only the number per reason is reported. */
export type SkipReason =
  | 'malformed'
  | 'truncated'
  | 'tooLong'
  | 'conflictMarker'
  | 'duplicate'
  | 'recordedElsewhere'
  | 'otherHost'
  | 'beforeWindow';

/** Receives the entries of a reader. */
export interface Sink {
  entry(entry: Entry): void;
  skip(reason: SkipReason): void;
}

/** In characters. A longer entry was pasted or generated, not typed. */
export const maxEntryLength = 64 * 1024;

/** A line that git leaves in a file when a merge has conflicts. */
export const conflictMarker = /^(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)( |$)/;

/**
 * A copy of a text. A slice of a string refers to the whole string in V8, so that a line would keep its whole chunk of
 * the file in memory.
 */
export function copyText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
