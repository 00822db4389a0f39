import { statSync } from 'node:fs';
import { type Entry, maxEntryLength, type Sink } from './entry.ts';
import { HashSet } from './hash-set.ts';
import { readByteLines } from './read-byte-lines.ts';

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
  // The same objects again and again: nobody keeps them, and a million would have to be collected.
  const entries = Array.from({ length: 64 }, newEntry);
  const isNew = new Uint8Array(entries.length);
  let waiting = 0;
  let entry = entries[0] as Entry;
  let open = false;
  let indent = -1;
  const flush = (): void => {
    seen.addSeveral(entries, waiting, isNew);
    for (let index = 0; index < waiting; index++) {
      if (isNew[index] === 1) sink.entry(entries[index] as Entry);
      else sink.skip('duplicate');
    }
    waiting = 0;
  };
  const finish = (): void => {
    if (!open) return;
    open = false;
    waiting += 1;
    if (waiting === entries.length) flush();
    entry = entries[waiting] as Entry;
  };
  readByteLines(file, (bytes, start, end, complete, tooLong) => {
    if (tooLong || startsWith(bytes, start, end, item)) {
      finish();
      if (tooLong) sink.skip('tooLong');
      else if (!complete) sink.skip('truncated');
      else if (end - start > 3 * maxEntryLength) sink.skip('tooLong');
      else {
        const text = commandOf(bytes, start, end);
        if (text === null) sink.skip('tooLong');
        else if (text === '') sink.skip('malformed');
        else {
          entry.text = text;
          entry.time = null;
          entry.firstTime = undefined;
          open = true;
        }
        indent = -1;
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
  });
  finish();
  flush();
}

function newEntry(): Entry {
  return { text: '', time: null, firstTime: undefined, exit: null, duration: null, session: null, byAgent: false };
}

const item = Buffer.from('- cmd');
const when = Buffer.from('when:');
const addedWhen = Buffer.from('added_when:');

function startsWith(bytes: Buffer, start: number, end: number, prefix: Buffer): boolean {
  if (end - start < prefix.length) return false;
  for (let at = 0; at < prefix.length; at++) if (bytes[start + at] !== prefix[at]) return false;
  return true;
}

/** What stands behind `- cmd:`, unescaped; empty where nothing does, null where the line is too long. */
function commandOf(bytes: Buffer, start: number, end: number): string | null {
  let from = start + item.length;
  while (from < end && bytes[from] !== 58) from++;
  if (from === end) return '';
  from++;
  while (from < end && bytes[from] === 32) from++;
  let ascii = true;
  let escaped = false;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 128) ascii = false;
    else if (byte === 92) escaped = true;
  }
  // Decoding as latin1 costs a fraction, and of ASCII makes the same.
  const raw = ascii ? bytes.toString('latin1', from, end) : bytes.toString('utf8', from, end);
  if (raw.length + from - start > maxEntryLength) return null;
  const text = raw.trim();
  return escaped ? unescapeFish(text) : text;
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

function unescapeFish(text: string): string {
  return text.replace(/\\([\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : '\\'));
}
