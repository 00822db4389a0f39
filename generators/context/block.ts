import type { Inline } from '../content.ts';

/** A section of the document, before it is fitted to the budget. */
export interface Block {
  id: string;
  /** Blocks are shown in ascending order of `place`. */
  place: number;
  /** null: the section has no heading. */
  title: string | null;
  intro: readonly Inline[];
  lines: readonly Line[];
  /** The remark on lines that were left out. */
  leftOut: (count: number) => readonly Inline[];
}

export interface Line {
  content: readonly Inline[];
  /** Lines of high value stay: the lowest values of the whole document are left out first. */
  value: number;
  /** The heading below that of the block under which the line is shown; null: none. */
  group: string | null;
}

/** Lines below no heading of their own, with a value by position. */
export function linesOf(contents: readonly (readonly Inline[])[], valueAt: (index: number) => number): Line[] {
  return contents.map((content, index) => ({ content, value: valueAt(index), group: null }));
}

/** The remark on lines that are in no other file. */
export function onlyCounted(count: number): readonly Inline[] {
  return [`${count} more left out.`];
}
