import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Gets a line as the bytes from `start` to `end`, without its newline; they are overwritten by the next
 * ones. `complete` is false for a last line without a newline; `tooLong` for a line beyond the limit,
 * which is then empty.
 */
export type OnByteLine = (bytes: Buffer, start: number, end: number, complete: boolean, tooLong: boolean) => void;

/**
 * Hands every line of a file to `onLine`, in pieces of bounded size and without making a text of it. What
 * is written to the file meanwhile is left for another time.
 *
 * @param beforeRead is called before the bytes that lines stood in are overwritten
 */
export function readByteLines(
  file: string,
  onLine: OnByteLine,
  maxLine = 256 * 1024,
  beforeRead: () => void = () => {},
): void {
  const descriptor = openSync(file, 'r');
  try {
    let left = fstatSync(descriptor).size;
    const chunk = Buffer.allocUnsafe(1 << 20);
    let rest: Buffer | null = null; // an unfinished line
    let dropping = false; // inside a line that is too long
    for (;;) {
      beforeRead();
      const length = readSync(descriptor, chunk, 0, Math.min(left, chunk.length), null);
      if (length === 0) break;
      left -= length;
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
        if (dropping) onLine(chunk, 0, 0, true, true);
        else onLine(rest as Buffer, 0, (rest as Buffer).length, true, false);
        dropping = false;
        rest = null;
        start = newline + 1;
      }
      // Lines are short: looking at each byte costs less than a call of indexOf for each line.
      for (let at = start; at < length; at++) {
        if (chunk[at] !== 10) continue;
        if (at - start > maxLine) onLine(chunk, 0, 0, true, true);
        else onLine(chunk, start, at, true, false);
        start = at + 1;
      }
      if (start < length) {
        if (length - start > maxLine) dropping = true;
        else rest = Buffer.from(chunk.subarray(start, length));
      }
    }
    if (dropping) onLine(chunk, 0, 0, false, true);
    else if (rest !== null) onLine(rest, 0, rest.length, false, false);
  } finally {
    closeSync(descriptor);
  }
}
