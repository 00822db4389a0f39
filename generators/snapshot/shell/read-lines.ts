import { readByteLines } from './read-byte-lines.ts';

/**
 * Hands every line of a file to `onLine`, in pieces of bounded size. Bytes that are not UTF-8 come
 * out as U+FFFD (`utf8`) or as they are, one character each (`latin1`).
 *
 * @param onLine gets the line without its newline; `complete` is false for a last line without one;
 *   `tooLong` for a line beyond `maxLine` bytes, which is then empty
 */
export function readLines(
  file: string,
  encoding: 'utf8' | 'latin1',
  onLine: (line: string, complete: boolean, tooLong: boolean) => void,
  maxLine = 256 * 1024,
): void {
  readByteLines(
    file,
    (bytes, start, end, complete, tooLong) => onLine(bytes.toString(encoding, start, end), complete, tooLong),
    maxLine,
  );
}
