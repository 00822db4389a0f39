import { conflictMarker, maxEntryLength, type Sink } from './entry.ts';
import { readLines } from './read-lines.ts';

/** Of one entry: at most three bytes per character, each of which may be metafied. */
const maxBytes = 6 * maxEntryLength;

/**
 * Reads zsh's HISTFILE, plain or EXTENDED_HISTORY (`: start:seconds;command`). zsh writes a newline in a command as
 * backslash and newline, appends a blank to a command that ends in a backslash, and metafies some bytes (0x83, then the
 * byte with bit 5 inverted).
 */
export function readZshHistory(file: string, sink: Sink): void {
  let lines: string[] = [];
  let length = 0;
  const flush = (complete: boolean): void => {
    if (lines.length === 0) return;
    const isTooLong = length > maxBytes;
    const raw = lines.join('\n');
    lines = [];
    length = 0;
    if (isTooLong) {
      sink.skip('tooLong');
      return;
    }
    const head = /^: *(\d{1,12}):(\d+);/.exec(raw);
    const text = decode(head === null ? raw : raw.slice(head[0].length)).replace(/(\\ *) $/, '$1');
    if (text.length > maxEntryLength) sink.skip('tooLong');
    else if (!complete && head === null && /^: *\d*(:\d*)?$/.test(text)) sink.skip('truncated');
    else if (text.trim() !== '') {
      const time = head === null ? null : Number(head[1]);
      // 0 also stands for a duration that was not measured (INC_APPEND_HISTORY).
      const duration = head === null || head[2] === '0' ? null : Number(head[2]);
      sink.entry({ text, time, exit: null, duration, session: null, byAgent: false });
    }
  };
  const add = (line: string): void => {
    // An entry that is already too long will be skipped.
    if (length <= maxBytes) lines.push(line);
    length += line.length + 1;
  };
  readLines(file, 'latin1', (raw, complete, tooLong) => {
    if (tooLong) {
      lines = [];
      length = 0;
      return sink.skip('tooLong');
    }
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (lines.length === 0 && conflictMarker.test(line)) return sink.skip('conflictMarker');
    if (complete && line.endsWith('\\')) {
      add(line.slice(0, -1));
      return;
    }
    add(line);
    flush(complete);
  });
  flush(false);
}

/** From metafied bytes, one character each, to text. */
function decode(latin1: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes above ASCII are what is looked for
  if (!/[^\x00-\x7f]/.test(latin1)) return latin1;
  const plain = latin1.replace(/\x83([\s\S])/g, (_, byte: string) => String.fromCharCode(byte.charCodeAt(0) ^ 32));
  return Buffer.from(plain, 'latin1').toString('utf8');
}
