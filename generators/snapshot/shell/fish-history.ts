import { statSync } from 'node:fs';
import { type Entry, maxEntryLength, type Sink } from './entry.ts';
import { HashSet } from './hash-set.ts';
import { readLines } from './read-lines.ts';

/**
 * Reads `fish_history`, which looks like YAML and is none: `- cmd:` with `\\` and `\n` escaped, then
 * `when:` (last use), from 4.1 on `added_when:` (first use), and `paths:`.
 *
 * It is no log: fish itself drops older uses of the same line now and then, so that a line which
 * still stands there twice is counted once here too. What fish skips is skipped: a last line without
 * its newline, and anything that does not begin an item.
 */
export function readFishHistory(file: string, sink: Sink): void {
  // An entry takes about 60 bytes; the table then need not grow.
  const seen = new HashSet(Math.min(statSync(file).size / 60, 1 << 22));
  // One object for all entries: nobody keeps it, and a million of them would have to be collected.
  const entry: Entry = {
    text: '',
    time: null,
    firstTime: undefined,
    exit: null,
    duration: null,
    session: null,
    byAgent: false,
  };
  let open = false;
  let indent = -1;
  const finish = (): void => {
    if (open) {
      if (seen.add(entry.text)) sink.entry(entry);
      else sink.skip('duplicate');
    }
    open = false;
  };
  readLines(file, 'utf8', (raw, complete, tooLong) => {
    if (raw.startsWith('- cmd') || tooLong) {
      finish();
      if (tooLong) sink.skip('tooLong');
      else if (!complete) sink.skip('truncated');
      else if (raw.length > maxEntryLength) sink.skip('tooLong');
      else {
        const colon = raw.indexOf(':');
        const text = colon < 0 ? '' : unescapeFish(raw.slice(colon + 1).trim());
        if (text === '') sink.skip('malformed');
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
    if (raw === '' || raw.charCodeAt(0) !== 32) {
      finish();
      if (raw !== '' && !/^(%|---|\.\.\.)/.test(raw)) sink.skip('malformed');
      return;
    }
    if (!open || !complete) return;
    // `  when: 1700000000`; items of `paths:` stand deeper.
    let at = 0;
    while (raw.charCodeAt(at) === 32) at++;
    if (indent < 0) indent = at;
    if (at !== indent) return;
    if (raw.startsWith('when:', at)) entry.time = seconds(raw, at + 5);
    else if (raw.startsWith('added_when:', at)) {
      entry.firstTime = seconds(raw, at + 11) ?? undefined;
    }
  });
  finish();
}

/** The whole number that stands from here to the end of the line, else null. */
function seconds(line: string, start: number): number | null {
  let at = start;
  while (line.charCodeAt(at) === 32) at++;
  const first = at;
  let value = 0;
  for (; at < line.length; at++) {
    const digit = line.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return at > first && at - first <= 12 ? value : null;
}

function unescapeFish(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : '\\'));
}
