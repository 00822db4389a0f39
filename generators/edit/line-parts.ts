/** The line of a position: where it begins and where its text ends, without its line break. */
export interface Line {
  start: number;
  /** Of its text. */
  end: number;
  /** Of its line break. */
  next: number;
}

export function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const feed = text.indexOf('\n', offset);
  const next = feed < 0 ? text.length : feed + 1;
  let end = feed < 0 ? text.length : feed;
  if (end > start && text[end - 1] === '\r') end -= 1;
  return { start, end: Math.max(end, start), next };
}

/** The blanks at the start of the line of a position. */
export function indentAt(text: string, offset: number): string {
  const { start, end } = lineAt(text, offset);
  return /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? '';
}

export const isBlank = (text: string): boolean => /^[ \t]*$/.test(text);

/** The line break of the line of a position, or of the file's first line. */
export function lineBreakAt(text: string, offset: number): string {
  const { end, next } = lineAt(text, offset);
  return text.slice(end, next) || (/\r\n|\n/.exec(text)?.[0] ?? '\n');
}
