/**
 * Foreign text as harmless text on one line. Descriptions, names and messages are written by others and read by
 * an agent: they must not start a line, a heading or a list, and must not hide or reverse the text beside them.
 * Removes control, format (bidirectional marks, zero-width characters), private-use and unassigned characters;
 * blanks and line breaks become one space.
 *
 * @param longest in characters; longer text is cut, see {@link clip}
 */
export function plainText(text: string, longest = Number.POSITIVE_INFINITY): string {
  // Nearly every text is ASCII, and the Unicode classes take milliseconds to build.
  if (ascii.test(text)) return clip(text.replace(/ {2,}/g, ' ').trim(), longest);
  const line = text
    .replace(/[\s\p{Z}\p{Cc}]+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  return clip(line, longest);
}

/**
 * Text of several lines without hidden and reversing characters: control characters but the line break, format
 * (bidirectional marks, zero-width characters), private-use and unassigned characters.
 */
export function withoutHiddenCharacters(text: string): string {
  return text.replace(/[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/gu, '').replace(/(\p{M}{3})\p{M}+/gu, '$1');
}

const ascii = /^[\x20-\x7e]*$/;

/** Cuts text at a word and ends it in `…`, so that it has at most `longest` characters (code points). */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = [...text];
  if (characters.length <= longest) return text;
  const start = characters.slice(0, longest - 1).join('');
  const space = start.lastIndexOf(' ');
  return `${(space > longest * 0.6 ? start.slice(0, space) : start).replace(/[\s,;:.(–-]+$/u, '')}…`;
}

/** Foreign text for a terminal: control and format characters as `\u{…}`, so that they are shown and not obeyed. */
export function visible(text: string): string {
  if (ascii.test(text)) return text;
  return text.replace(/[\p{C}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/**
 * Text in which no `@path` is an import. A client imports the file that follows an `@` after a blank or at the start
 * of a line, in list items also within a code span. Such an `@` becomes `&#64;`: in Markdown the same character.
 * Only an `@` behind a letter or a digit stays: `git@host`, `getty@tty1`.
 */
export function withoutImports(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])@/gu, '&#64;');
}
