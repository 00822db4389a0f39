import { copyText, maxEntryLength, type Sink } from './entry.ts';
import { readLines } from './read-lines.ts';

/**
 * Reads `fish_history`. It looks like YAML but is not: `- cmd:` with `\\` and `\n` escaped, then `when:` (last use),
 * from fish 4.1 on `added_when:` (first use), and `paths:`.
 *
 * The file is not a log: fish itself removes older uses of the same line from time to time. A line that is still
 * there twice is therefore counted once. The reader skips what fish skips: a last line without newline, and
 * anything that does not begin an item.
 */
export function readFishHistory(file: string, sink: Sink): void {
  const seen = new Set<string>();
  let text: string | null = null;
  let time: number | null = null;
  let firstTime: number | undefined;
  let indent = -1;
  const finish = (): void => {
    if (text === null) return;
    if (seen.has(text)) sink.skip('duplicate');
    else {
      seen.add(text);
      sink.entry({ text, time, firstTime, exit: null, duration: null, session: null, byAgent: false });
    }
    text = null;
  };
  readLines(file, 'utf8', (line, complete, tooLong) => {
    if (tooLong || line.startsWith('- cmd')) {
      finish();
      time = null;
      firstTime = undefined;
      indent = -1;
      if (tooLong) return sink.skip('tooLong');
      if (!complete) return sink.skip('truncated');
      const colon = line.indexOf(':');
      const command = colon < 0 ? '' : unescapeFish(line.slice(colon + 1).trim());
      if (command.length > maxEntryLength) sink.skip('tooLong');
      else if (command === '') sink.skip('malformed');
      else text = copyText(command);
      return;
    }
    if (!line.startsWith(' ')) {
      finish();
      if (line !== '' && !/^(%|---|\.\.\.)/.test(line)) sink.skip('malformed');
      return;
    }
    if (text === null || !complete) return;
    // `  when: 1700000000`; the items of `paths:` are indented further.
    const [, blanks = '', key, value = ''] = /^( +)(?:(when|added_when):)? *(.*)$/.exec(line) ?? [];
    if (indent < 0) indent = blanks.length;
    if (blanks.length !== indent || key === undefined) return;
    const seconds = /^\d{1,12}$/.test(value) ? Number(value) : null;
    if (key === 'when') time = seconds;
    else firstTime = seconds ?? undefined;
  });
  finish();
}

/** `\\n` is a newline, `\\\\` a backslash; any other backslash stands for itself. */
function unescapeFish(escaped: string): string {
  if (!escaped.includes('\\')) return escaped;
  return escaped.replace(/\\([\\n])/g, (_, char: string) => (char === 'n' ? '\n' : '\\'));
}
