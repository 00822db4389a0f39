/**
 * Foreign text as harmless text on one line: descriptions, names and messages are written by others
 * and are read by an agent, so they must not be able to start a line, a heading or a list of their own,
 * nor hide or turn round what stands beside them. Control, format (bidirectional marks, zero-width
 * characters), private-use and unassigned characters vanish; any blank or line break becomes one space.
 *
 * @param longest in characters; what is longer is cut at a word and ends in `…`
 */
export function plainText(text: string, longest = Number.POSITIVE_INFINITY): string {
  // Nearly every text is ASCII: the classes of Unicode cost milliseconds to build, and are not needed for it.
  if (ascii.test(text)) return clip(text.replace(/ {2,}/g, ' ').trim(), longest);
  const line = text
    .replace(/[\s\p{Z}\p{Cc}]+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
  return clip(line, longest);
}

const ascii = /^[\x20-\x7e]*$/;

function clip(line: string, longest: number): string {
  if (line.length <= longest) return line;
  const kept = [...line].slice(0, longest - 1).join('');
  const word = kept.lastIndexOf(' ');
  return `${(word > longest * 0.6 ? kept.slice(0, word) : kept).replace(/[\s,;:.(–-]+$/u, '')}…`;
}

/** Foreign text for a terminal: control and format characters as `\u{…}`, so that they show and do nothing. */
export function visible(text: string): string {
  if (ascii.test(text)) return text;
  return text.replace(/[\p{C}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
