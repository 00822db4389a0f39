import { statSync } from 'node:fs';
import { type Entry, maxEntryLength, type Sink, type Utf8 } from './entry.ts';
import { hashBytes, hashed } from './hash.ts';
import { HashSet } from './hash-set.ts';
import { type OnByteLine, readByteLines } from './read-byte-lines.ts';

/**
 * Reads `fish_history`, which looks like YAML and is none: `- cmd:` with `\\` and `\n` escaped, then
 * `when:` (last use), from 4.1 on `added_when:` (first use), and `paths:`.
 *
 * It is no log: fish itself drops older uses of the same line now and then, so that a line which
 * still stands there twice is counted once here too. What fish skips is skipped: a last line without
 * its newline, and anything that does not begin an item.
 *
 * Only commands become texts: two of three lines of the file are times and paths.
 */
export function readFishHistory(file: string, sink: Sink): void {
  // An entry takes about 60 bytes; the table then need not grow.
  const seen = new HashSet(Math.min(statSync(file).size / 60, 1 << 22));
  const entry = new FishEntry();
  let open = false;
  let indent = -1;
  const finish = (): void => {
    if (!open) return;
    open = false;
    hashBytes(entry.bytes, entry.start, entry.end);
    if (seen.addHash(hashed.low, hashed.high)) sink.entry(entry);
    else sink.skip('duplicate');
  };
  const onLine: OnByteLine = (bytes, start, end, complete, tooLong) => {
    if (tooLong || startsWith(bytes, start, end, item)) {
      finish();
      indent = -1;
      if (tooLong) sink.skip('tooLong');
      else if (!complete) sink.skip('truncated');
      else {
        entry.set(bytes, start + item.length, end);
        if (entry.end - entry.start > maxEntryLength) sink.skip('tooLong');
        else if (entry.end === entry.start) sink.skip('malformed');
        else open = true;
      }
      return;
    }
    if (start === end || bytes[start] !== 32) {
      finish();
      if (start !== end && !/^(%|---|\.\.\.)/.test(bytes.toString('latin1', start, Math.min(end, start + 3)))) {
        sink.skip('malformed');
      }
      return;
    }
    if (!open || !complete) return;
    // `  when: 1700000000`; items of `paths:` stand deeper.
    let at = start;
    while (at < end && bytes[at] === 32) at++;
    if (indent < 0) indent = at - start;
    if (at - start !== indent) return;
    if (startsWith(bytes, at, end, when)) entry.time = seconds(bytes, at + when.length, end);
    else if (startsWith(bytes, at, end, addedWhen)) {
      entry.firstTime = seconds(bytes, at + addedWhen.length, end) ?? undefined;
    }
  };
  readByteLines(file, onLine, 256 * 1024, () => {
    if (open) entry.keep();
  });
  finish();
}

/** One for all: nobody keeps it, and a million would have to be collected. */
class FishEntry implements Entry, Utf8 {
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  time: number | null = null;
  firstTime: number | undefined = undefined;
  readonly exit = null;
  readonly duration = null;
  readonly session = null;
  readonly byAgent = false;

  get utf8(): Utf8 {
    return this;
  }

  get text(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }

  /** Takes what stands behind `- cmd`: nothing where no colon does. */
  set(bytes: Buffer, start: number, end: number): void {
    this.time = null;
    this.firstTime = undefined;
    let from = start;
    while (from < end && bytes[from] !== 58) from++;
    from = Math.min(from + 1, end);
    while (from < end && isBlank(bytes[from] as number)) from++;
    let to = end;
    while (to > from && isBlank(bytes[to - 1] as number)) to--;
    let escaped = false;
    for (let at = from; at < to; at++) escaped ||= bytes[at] === 92;
    this.bytes = escaped ? unescapeFish(bytes.subarray(from, to)) : bytes;
    this.start = escaped ? 0 : from;
    this.end = escaped ? this.bytes.length : to;
  }

  /** Copies its bytes, as those of the reader are about to change. */
  keep(): void {
    this.bytes = Buffer.from(this.bytes.subarray(this.start, this.end));
    this.end -= this.start;
    this.start = 0;
  }
}

const item = Buffer.from('- cmd');
const when = Buffer.from('when:');
const addedWhen = Buffer.from('added_when:');

function startsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false;
  for (let at = 0; at < prefix.length; at++) if (bytes[start + at] !== prefix[at]) return false;
  return true;
}

/** The whole number that stands from here to the end of the line, else null. */
function seconds(bytes: Buffer, start: number, end: number): number | null {
  let at = start;
  while (at < end && bytes[at] === 32) at++;
  const first = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return at > first && at - first <= 12 ? value : null;
}

/** `\\n` is a newline, `\\\\` a backslash; any other backslash stands for itself. */
function unescapeFish(escaped: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at++) {
    let byte = escaped[at] as number;
    if (byte === 92 && (escaped[at + 1] === 92 || escaped[at + 1] === 110)) {
      at += 1;
      byte = escaped[at] === 110 ? 10 : 92;
    }
    plain[length++] = byte;
  }
  return plain.subarray(0, length);
}

/** A blank, a tab, a carriage return. */
function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
