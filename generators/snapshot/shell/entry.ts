import type { Shell } from '../../lang/shell/builtins.ts';

/** One command line of a history. It exists in memory only: nothing of its text is ever written. */
export interface Entry {
  readonly text: string;
  /** The same as UTF-8, where the reader has it so: good until the sink returns. */
  readonly utf8?: Utf8 | undefined;
  /** Seconds since 1970 UTC; null where the history does not say. */
  time: number | null;
  /** When the line was first entered, where a history keeps only its last use. */
  firstTime?: number | undefined;
  /** Exit status; null where the history does not say. */
  exit: number | null;
  /** Seconds; null where the history does not say. */
  duration: number | null;
  /** Tells the terminals apart, where the history does. */
  session: string | null;
  /** Whose language it is in, where entries of one history differ. */
  shell?: Shell | undefined;
  /** A coding agent ran it, not the user. */
  byAgent: boolean;
}

/** A part of a buffer. */
export interface Utf8 {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Why something in a history could not be read; counted, never shown. */
export type SkipReason =
  | 'malformed'
  | 'truncated'
  | 'tooLong'
  | 'conflictMarker'
  | 'duplicate'
  | 'recordedElsewhere'
  | 'otherHost'
  | 'beforeWindow';

/** Where readers put what they find. */
export interface Sink {
  entry(entry: Entry): void;
  skip(reason: SkipReason): void;
}

/** Longer than anything typed; what is longer was pasted or generated. */
export const maxEntryLength = 64 * 1024;

/** Left behind by a merge of dotfiles kept in git. */
export const conflictMarker = /^(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)( |$)/;
