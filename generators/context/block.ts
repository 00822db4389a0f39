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
}

/** A file of the output or of the evidence, and a JSON pointer into it. */
export interface Pointer {
  file: string;
  pointer: string;
}

export interface Line {
  content: readonly Inline[];
  /** What the line rests on. */
  evidence: readonly Pointer[];
  /** Lines of high value stay: the lowest values of the whole document are left out first. */
  value: number;
  /** The heading below that of the block under which the line is shown; null: none. */
  group: string | null;
}

/**
 * The least values of the first lines of a section, among those of the tools: no section is left out because another
 * one is long.
 */
const guaranteedValues = [350, 310];

/** Lines below no heading of their own. Their value starts at `weight` and falls from line to line. */
export function linesOf(lines: readonly Pick<Line, 'content' | 'evidence'>[], weight: number): Line[] {
  return lines.map((line, index) => ({
    ...line,
    value: Math.max(weight / (1 + index / 10), guaranteedValues[index] ?? 0),
    group: null,
  }));
}

/** One line that rests on parts of the evaluated configuration. */
export function fromEvaluated(
  content: readonly Inline[],
  ...pointers: readonly string[]
): Pick<Line, 'content' | 'evidence'> {
  return { content, evidence: pointers.map((pointer) => ({ file: 'evaluated.json', pointer })) };
}
