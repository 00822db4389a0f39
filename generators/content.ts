/** What the questions and the blocks of CLAUDE.md pass to the renderer: plain data without Markdown. */

/** A piece of one line: plain text, a code span, strong or emphasized text, or a file that the client imports. */
export type Inline = string | { code: string } | { strong: string } | { emphasis: string } | { importOf: string };

/** A short plain-text fact shown beside a tool in CLAUDE.md. */
export interface ToolNote {
  /** The notes of one tool are shown in this order: why it is here, how it is used, what to do. */
  kind: 'reason' | 'use' | 'preference' | 'workflow' | 'dependency' | 'recommendation';
  /** Plain text without Markdown; numbers rounded to two significant digits, ages in months. */
  text: string;
  /** JSON pointer into the file of the question. */
  pointer: string;
  /** Commands that the tool takes the place of. */
  over?: readonly string[];
}

/** One line of a section, and the rows of the question's file that it rests on, as JSON pointers. */
export interface Item {
  content: readonly Inline[];
  evidence: readonly string[];
}

/**
 * A section of CLAUDE.md. Items are ranked, best first: those beyond the budget are cut from the end. Sections with the
 * same title are shown as one.
 */
export interface Section {
  id: string;
  title: string;
  /** Sections are shown in ascending order of `place`. */
  place: number;
  /** Sections of low weight are cut first when the budget is short. */
  weight: number;
  intro?: Inline[];
  items: Item[];
}

/** Titles that several questions share: a heading for each question would cost more than its lines. */
export const sharedTitles = { habits: 'Habits of the user', pitfalls: 'Pitfalls' } as const;

/** What one question adds to CLAUDE.md. */
export interface Contribution {
  /** package id -> notes */
  tools?: ReadonlyMap<string, readonly ToolNote[]>;
  /**
   * package id -> how much the package matters to this user, from 0 to 1. Coarse steps, so that one more use
   * does not move a tool. The highest value of all questions counts; tools of high relevance come first.
   */
  relevance?: ReadonlyMap<string, number>;
  sections?: readonly Section[];
}
