import type { Word } from './line.ts';

/** A word of fish and the command substitutions in it, as source text. */
export interface FishWord {
  word: Word;
  substitutions: readonly string[];
  /** Position after it. */
  end: number;
  /** A quote or parenthesis is not closed. */
  broken: boolean;
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', e: '\x1b', a: '\x07', b: '\b', f: '\f', v: '\v' };
const none: readonly string[] = [];
/** A word without quotes, escapes, expansions and patterns. Most words are. */
const plainRun = /[\w./:@%+,^=~-]+(?=[ \n;|]|$)/y;
const endsWord = /[\s;|&<>()#]/;

/** Reads one word that begins at `start` (which must not be a blank or an operator). */
export function readFishWord(source: string, start: number): FishWord {
  plainRun.lastIndex = start;
  if (plainRun.test(source)) {
    const run = source.slice(start, plainRun.lastIndex);
    return {
      word: { text: run, raw: run, quoted: false, pattern: false },
      substitutions: none,
      end: plainRun.lastIndex,
      broken: false,
    };
  }
  let text: string | null = '';
  let shape = '';
  let quotes = false;
  let quoted = false;
  let pattern = false;
  let broken = false;
  let braces = 0;
  const substitutions: string[] = [];
  const add = (more: string | null): void => {
    text = text === null || more === null ? null : text + more;
    shape += more ?? '\0';
  };
  const substitution = (open: number): number => {
    const close = closingParenthesis(source, open);
    if (close === null) broken = true;
    const end = close ?? source.length;
    substitutions.push(source.slice(open + 1, end));
    add(null);
    return end + 1;
  };
  let at = start;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === '\\') {
      quoted = true;
      const next = source[at + 1];
      if (next === undefined) {
        broken = true;
        at += 1;
      } else if (next === '\n') at += 2;
      else {
        const hex = /^[xXuU]([0-9a-fA-F]{1,8})/.exec(source.slice(at + 1, at + 10));
        if (hex) {
          const code = Number.parseInt(hex[1] ?? '', 16);
          add(code <= 0x10ffff ? String.fromCodePoint(code) : null);
          at += 1 + hex[0].length;
        } else {
          const pair = source.codePointAt(at + 1) ?? 0;
          add(escapes[next] ?? String.fromCodePoint(pair));
          at += pair > 0xffff ? 3 : 2;
        }
      }
    } else if (char === "'") {
      quoted = true;
      at += 1;
      let piece = '';
      while (at < source.length && source[at] !== "'") {
        if (source[at] === '\\' && (source[at + 1] === "'" || source[at + 1] === '\\')) at += 1;
        piece += source[at];
        at += 1;
      }
      if (at >= source.length) broken = true;
      add(piece);
      at += 1;
    } else if (char === '"') {
      quoted = true;
      quotes = true;
      at += 1;
      let piece = '';
      while (at < source.length && source[at] !== '"') {
        if (source[at] === '\\' && /["$\\\n]/.test(source[at + 1] ?? '')) {
          if (source[at + 1] !== '\n') piece += source[at + 1];
          at += 2;
        } else if (source[at] === '$') {
          add(piece);
          piece = '';
          add(null);
          at = source[at + 1] === '(' ? substitution(at + 1) : behindVariable(source, at);
        } else {
          piece += source[at];
          at += 1;
        }
      }
      if (at >= source.length) broken = true;
      add(piece);
      at += 1;
    } else if (char === '(') at = substitution(at);
    else if (char === '$') {
      add(null);
      at = source[at + 1] === '(' ? substitution(at + 1) : behindVariable(source, at);
    } else if (char === '#' && at > start) {
      add(char);
      at += 1;
    } else if (char === '{' || (char === '}' && braces > 0)) {
      braces += char === '{' ? 1 : -1;
      pattern ||= source.slice(at + 1, at + 2) !== '' && !/^\{[\s;]/.test(source.slice(at, at + 2));
      add(char);
      at += 1;
    } else if (endsWord.test(char)) {
      if (braces === 0 || !/[ \t]/.test(char)) break;
      add(char); // `{a, b}` is one word
      at += 1;
    } else {
      if (char === '*' || char === '?') pattern = true;
      add(char);
      at += 1;
    }
    if (braces > 0 && source.slice(start, at) === '{' && /[\s;]/.test(source[at] ?? ' ')) break; // `{ list }`
  }
  const end = Math.max(at, start + 1);
  const raw = source.slice(start, end);
  const word: Word = { text, raw, quoted, pattern: pattern && raw !== '{' && raw !== '}' };
  // `sh -c "cat $file"`: part of the script is known.
  if (text === null && quotes && /\s/.test(shape)) word.shape = shape;
  return { word, substitutions, end, broken };
}

const variable = /\$+\w*(?:\[[\w. -]*\])?/y;
function behindVariable(source: string, start: number): number {
  variable.lastIndex = start;
  variable.test(source);
  return variable.lastIndex;
}

/** The position of the parenthesis that closes the one at `open`, outside quotes and escapes; null without one. */
function closingParenthesis(source: string, open: number): number | null {
  let depth = 0;
  let quote: string | null = null;
  const outer: (string | null)[] = [];
  for (let at = open; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\') at += 1;
    else if (quote === "'") {
      if (char === "'") quote = null;
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else if (char === '$' && source[at + 1] === '(') {
        outer.push(quote);
        quote = null;
        depth += 1;
        at += 1;
      }
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '#' && /[\s;]/.test(source[at - 1] ?? '')) {
      while (at + 1 < source.length && source[at + 1] !== '\n') at += 1;
    } else if (char === '(') {
      outer.push(null);
      depth += 1;
    } else if (char === ')') {
      depth -= 1;
      quote = outer.pop() ?? null;
      if (depth === 0) return at;
    }
  }
  return null;
}
