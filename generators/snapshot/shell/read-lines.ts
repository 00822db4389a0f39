import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** Node allocates the text of a larger chunk separately, which takes a third more processor time. */
const chunkBytes = 64 * 1024;

/**
 * Calls `onLine` for every line of a file, reading in chunks so that memory use does not depend on the file's size.
 * Bytes that are not UTF-8 become U+FFFD (`utf8`) or one character each (`latin1`). Anything appended to the file
 * in the meantime is not read.
 *
 * @param onLine gets the line without its newline; `complete` is false for a last line without newline; `tooLong`
 *   is true for a line longer than `maxLine`, whose text is then empty
 * @throws the error of `fs` if the file cannot be read
 */
export function readLines(
  file: string,
  encoding: 'utf8' | 'latin1',
  onLine: (line: string, complete: boolean, tooLong: boolean) => void,
  maxLine = 256 * 1024,
): void {
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const decoder = new StringDecoder(encoding);
    let unread = fstatSync(descriptor).size;
    let rest = ''; // an unfinished line
    let dropping = false; // the unfinished line is already too long
    const emit = (line: string, complete: boolean): void => {
      const tooLong = dropping || line.length > maxLine;
      dropping = false;
      onLine(tooLong ? '' : line, complete, tooLong);
    };
    while (unread > 0) {
      const length = readSync(descriptor, chunk, 0, Math.min(unread, chunk.length), null);
      if (length === 0) break;
      unread -= length;
      const lines = (rest + decoder.write(chunk.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) emit(line, true);
      if (rest.length > maxLine) {
        dropping = true;
        rest = '';
      }
    }
    rest += decoder.end();
    if (dropping || rest !== '') emit(rest, false);
  } finally {
    closeSync(descriptor);
  }
}
