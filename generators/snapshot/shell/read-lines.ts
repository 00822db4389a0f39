import { closeSync, openSync, readSync } from 'node:fs';

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
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    let rest: Buffer | null = null; // an unfinished line
    let dropping = false; // inside a line that is too long
    for (;;) {
      const length = readSync(descriptor, chunk, 0, chunk.length, null);
      if (length === 0) break;
      let start = 0;
      if (dropping || rest !== null) {
        const newline = chunk.subarray(0, length).indexOf(10);
        const end = newline < 0 ? length : newline;
        if (!dropping) {
          rest = Buffer.concat([rest as Buffer, chunk.subarray(0, end)]);
          if (rest.length > maxLine) {
            dropping = true;
            rest = null;
          }
        }
        if (newline < 0) continue;
        if (dropping) onLine('', true, true);
        else onLine((rest as Buffer).toString(encoding), true, false);
        dropping = false;
        rest = null;
        start = newline + 1;
      }
      const last = chunk.subarray(0, length).lastIndexOf(10);
      if (last >= start) {
        const text = chunk.toString(encoding, start, last + 1);
        let from = 0;
        for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', from)) {
          if (newline - from > maxLine) onLine('', true, true);
          else onLine(text.slice(from, newline), true, false);
          from = newline + 1;
        }
        start = last + 1;
      }
      if (start < length) {
        if (length - start > maxLine) dropping = true;
        else rest = Buffer.from(chunk.subarray(start, length));
      }
    }
    if (dropping) onLine('', false, true);
    else if (rest !== null) onLine(rest.toString(encoding), false, false);
  } finally {
    closeSync(descriptor);
  }
}
