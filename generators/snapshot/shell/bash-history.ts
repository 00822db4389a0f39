import { isCompleteBash } from '../../lang/shell/bash-line.ts';
import { conflictMarker, type Entry, maxEntryLength, type Sink } from './entry.ts';
import { readLines } from './read-lines.ts';

/** In lines: the longest command that is joined from lines without timestamps. */
const maxJoined = 200;
/** Characters that may be parsed to find the ends of commands: at the start, and for each character read. */
const effort = { start: 1_000_000, perCharacter: 4 };

/**
 * Reads `.bash_history`. With HISTTIMEFORMAT each entry follows its timestamp (`#1700000000`) and may have several
 * lines. Without it nothing marks the end of an entry: a line that is not complete (an open quote, a here-document,
 * a loop) is joined with the following lines until it is.
 */
export function readBashHistory(file: string, sink: Sink): void {
  let time: number | null = null;
  let stamped = false;
  let lines: string[] = [];
  let length = 0;
  const joining = { left: effort.start };
  const emit = (text: string, at: number | null): void => {
    if (text.length > maxEntryLength) sink.skip('tooLong');
    else if (text.trim() !== '') sink.entry(entryOf(text, at));
  };
  const flush = (): void => {
    if (length > maxEntryLength && stamped) sink.skip('tooLong');
    else if (stamped) emit(lines.join('\n'), time);
    else for (const text of joinLines(lines, joining)) emit(text, null);
    lines = [];
    length = 0;
  };
  readLines(file, 'utf8', (raw, _complete, tooLong) => {
    if (tooLong) return sink.skip('tooLong');
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (conflictMarker.test(line)) return sink.skip('conflictMarker');
    if (/^#\d{9,11}$/.test(line)) {
      flush();
      time = Number(line.slice(1));
      stamped = true;
      return;
    }
    // An entry that is already too long will be skipped.
    if (!stamped || length <= maxEntryLength) lines.push(line);
    length += line.length + 1;
    joining.left += effort.perCharacter * line.length;
    if (!stamped && lines.length >= 2 * maxJoined) {
      // All commands but the last one are complete.
      const texts = [...joinLines(lines, joining)];
      const last = texts.pop() ?? '';
      for (const text of texts) emit(text, null);
      lines = last.split('\n');
    }
  });
  flush();
}

function entryOf(text: string, time: number | null): Entry {
  return { text, time, exit: null, duration: null, session: null, byAgent: false };
}

function* joinLines(lines: readonly string[], joining: { left: number }): Generator<string> {
  for (let start = 0; start < lines.length; ) {
    const end = endOfCommand(lines, start, joining);
    yield lines.slice(start, end).join('\n');
    start = end;
  }
}

const opens = /['"`({\\]|<<|\b(?:if|for|while|until|case|select)\b|[|&]\s*$/;
/** A quoted text that ends on its line. */
const quotedText = /'[^']*'|"[^"\\`$]*"/g;
/** The command continues on the next line. */
const continues = /[|&\\]\s*$/;
/** Openers of a line, each with the closer that a later line must have. */
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [/'/, /'/],
  [/"/, /"/],
  [/`/, /`/],
  [/\(/, /\)/],
  [/\{/, /\}/],
  [/\bif\b/, /\bfi\b/],
  [/\bcase\b/, /\besac\b/],
  [/\b(?:for|while|until|select)\b/, /\bdone\b/],
];

/** The index after the last line of the command that begins at `start`; `start + 1` if no line completes it. */
function endOfCommand(lines: readonly string[], start: number, joining: { left: number }): number {
  const first = lines[start] ?? '';
  if (!opens.test(first.replaceAll(quotedText, '')) && !first.endsWith('\\')) return start + 1;
  // A line may begin several here-documents, whose bodies follow each other.
  const delimiters = [...first.matchAll(/(?<!<)<<-?\s*['"\\]?([A-Za-z_]\w*)/g)].map(([, word]) => word);
  const until = Math.min(lines.length, start + maxJoined);
  if (delimiters.length > 0) {
    for (let end = start + 1; end < until; end++) {
      if (lines[end]?.trimStart() === delimiters[0]) delimiters.shift();
      if (delimiters.length === 0) return end + 1;
    }
    return start + 1;
  }
  const closers = new Set<RegExp>();
  let closed = continues.test(first); // whether a later line may have closed what the first line opens
  let mayEnd = true;
  for (let end = start + 1, text = first; ; end++) {
    const last = lines[end - 1] ?? '';
    if (mayEnd && !/(^|[^\\])(\\\\)*\\$/.test(last)) {
      if (text.length > maxEntryLength || joining.left < text.length) return start + 1;
      if (isCompleteBash(text)) return end;
      joining.left -= text.length;
    }
    // Trying every length takes quadratic time, and nobody types a longer loop at a prompt.
    if (end >= until || end - start > 60) return start + 1;
    const next = lines[end] ?? '';
    if (!closed) closed = pairs.some(([opener, closer]) => opener.test(first) && closer.test(next));
    for (const [opener, closer] of pairs) if (opener.test(last)) closers.add(closer);
    // Parse again only if the line could be the last one.
    mayEnd = closed && (continues.test(last) || [...closers].some((closer) => closer.test(next)));
    text += `\n${next}`;
  }
}
