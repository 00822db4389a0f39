import { publicPackages } from '../../data/public-tools.ts';
import { subcommandTools } from '../../data/subcommands.ts';
import { builtinsOf, type Shell } from '../../lang/shell/builtins.ts';
import { keywords } from '../../lang/shell/plain-line.ts';
import { runnerWords, type Wrapper, wrappers } from '../../lang/shell/wrapper-table.ts';
import { finish, fnvPrime, fnvStart, polynomialFactor, polynomialStart } from './hash.ts';
import { hashWord, hashWords, WordMeanings } from './word-meanings.ts';

/** Tells of a line which lines are of its form. */
export interface LineForms {
  /**
   * Puts the hash of a line's form into `hashed`; false where words alone do not decide what it counts for.
   *
   * @param bytes the line as UTF-8, from `start` to `end`
   */
  hashForm: (bytes: Uint8Array, start: number, end: number, shell: Shell) => boolean;
}

/**
 * Lines of one form count for the same, so that one of them needs to be parsed: `sudo rm a/b` and
 * `sudo rm c/d`. In words that mean nothing to a shell or to the counting, runs of letters and digits
 * stand for any other such run.
 *
 * Only words between blanks are looked at (or quotes, parentheses, separators, behind `=`). What counts as
 * it is: punctuation, options, single letters, and whatever is the name of something anywhere in the line;
 * but of a quoted text with a blank in it (a message, a pattern) only that it is there, unless something in
 * the line might run it. Bytes are read instead of a text, as a million texts cost more than all that is done
 * with them here.
 *
 * @param names every name that is counted
 * @param aliasNames names that stand for others
 */
export function createLineForms(names: Iterable<string>, aliasNames: Iterable<string>): LineForms {
  const aliasHashes = hashWords(aliasNames);
  const meanings = new WordMeanings([
    [isName, [...hashesOfFixedNames, ...hashWords(names), ...aliasHashes]],
    [isRunner, [...hashesOfRunners, ...aliasHashes]],
  ]);

  /** What a word means, or a name at its end. */
  const meaningWithin = (bytes: Uint8Array, start: number, end: number): number => {
    // `/usr/bin/git`, `nixpkgs#git`, `pkgs.git`; no name has a slash in it.
    let slash = start;
    let hash = -1;
    let dot = -1;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte === 47) {
        slash = at + 1;
        dot = -1;
      } else if (byte === 46) dot = at + 1;
      else if (byte === 35 && hash < 0) hash = at + 1;
    }
    return (
      meanings.of(hashWord(bytes, slash, end)) |
      (hash < 0 ? 0 : meanings.of(hashWord(bytes, hash, end))) |
      (dot < 0 ? 0 : meanings.of(hashWord(bytes, dot, end)))
    );
  };

  /** @param closing whether quoted texts may be closed to the view */
  const hashLine = (bytes: Uint8Array, start: number, end: number, seed: number, closing: boolean): boolean => {
    let low = fnvStart ^ seed;
    let high = polynomialStart;
    let closed = false;
    let runs = false;
    let regular = closing; // so far it is clear what every quote opens or closes
    let openUntil = start; // end of a text whose words are looked at
    for (let at = start; at < end; ) {
      const byte = bytes[at] as number;
      const kind = classes[byte] as number;
      if (kind === unsafe) return false;
      if ((kind & lead) === 0) {
        // `<<` takes text from elsewhere; `>& 2` and `>& file` differ by the word.
        if (kind === angle && at + 1 < end) {
          const next = bytes[at + 1];
          if (next === 60 || (next === 38 && (at + 2 >= end || classes[bytes[at + 2] as number] === blank)))
            return false;
        }
        // `${ ls; }`: where it is not closed, the parser takes a letter off the last word.
        if (byte === 36 && at + 2 < end && bytes[at + 1] === 123 && classes[bytes[at + 2] as number] === blank)
          return false;
        let stands = byte;
        let next = at + 1;
        // In arithmetic zsh knows no single quotes: `(( ' ))` is whole.
        if ((byte === 40 && bytes[next] === 40) || (byte === 91 && at > start && bytes[at - 1] === 36)) regular = false;
        if (kind === quote && at >= openUntil) {
          const close = regular ? closeOf(bytes, at, end) : 0;
          if (close > 0 && isClosed) {
            closed = true;
            stands = 300 + byte;
            next = close + 1;
          } else {
            if (close === 0) regular = false;
            else openUntil = close + 1;
            // A part of a word, perhaps of the name of what runs the rest: `b"ash" -c`.
            if (close === 0 || isGlued(bytes, start, at, close, end)) runs = true;
          }
        }
        low = Math.imul(low ^ stands, fnvPrime);
        high = (Math.imul(high, polynomialFactor) + stands) | 0;
        at = next;
        continue;
      }
      // A word: what `hashWord` gives, and a second hash beside it.
      let wordLow = fnvStart;
      let wordHigh = polynomialStart;
      let marks = 0;
      let behind = at;
      for (; behind < end; behind++) {
        const code = bytes[behind] as number;
        const part = classes[code] as number;
        if ((part & (lead | inner)) === 0) break;
        marks |= part;
        wordLow = Math.imul(wordLow ^ code, fnvPrime);
        wordHigh = (Math.imul(wordHigh, polynomialFactor) + code) | 0;
      }
      const meaning = meanings.of(wordLow) | ((marks & mark) === 0 ? 0 : meaningWithin(bytes, at, behind));
      if ((meaning & isRunner) !== 0) runs = true;
      const literal =
        meaning !== 0 ||
        (behind === at + 1 && !isDigit(byte)) ||
        !beginsWord(bytes, start, at) ||
        !endsWord(bytes, behind, end);
      if (literal) {
        low = Math.imul(low ^ wordLow, fnvPrime);
        high = (Math.imul(high, polynomialFactor) + wordHigh) | 0;
      } else {
        for (let from = at; from < behind; ) {
          let stands = bytes[from] as number;
          const begins = parts[stands] as number;
          from += 1;
          if (begins !== 0) {
            let all = begins;
            for (let next = parts[bytes[from] as number] as number; from < behind && next !== 0; ) {
              all |= next;
              from += 1;
              next = parts[bytes[from] as number] as number;
            }
            stands = 256 + (begins === digit ? all : letter);
          }
          low = Math.imul(low ^ stands, fnvPrime);
          high = (Math.imul(high, polynomialFactor) + stands) | 0;
        }
      }
      at = behind;
    }
    if (closed && runs) return hashLine(bytes, start, end, seed, false);
    finish(low, high);
    return true;
  };

  return {
    hashForm: (bytes, start, end, shell) =>
      end - start <= maxLength && hashLine(bytes, start, end, shells.indexOf(shell), true),
  };
}

/** Few lines are longer, and hardly two of those of one form. */
const maxLength = 300;

const shells: readonly Shell[] = ['fish', 'bash', 'zsh', 'nushell'];

/** Public packages, builtins, and what means something without being a command: keywords, subcommands, what ends a wrapper's options. */
const fixedNames: ReadonlySet<string> = new Set([
  ...publicPackages,
  ...keywords,
  ...shells.flatMap((shell) => [...builtinsOf(shell)]),
  'aux',
  'ax',
  ...[...subcommandTools.values()].flatMap(({ names, groups, valued }) =>
    [...names, ...groups, ...valued].flatMap((name) => name.split(' ')),
  ),
  ...[...wrappers].flatMap(([name, wrapper]) => [name, ...wordsOfWrapper(wrapper)]),
]);

const hashesOfFixedNames: readonly number[] = hashWords(fixedNames);

/** What may run or keep a text that it is given. */
const hashesOfRunners: readonly number[] = hashWords([
  ...runnerWords,
  'alias',
  'abbr',
  'function',
  'functions',
  'bind',
  'complete',
]);
const isName = 1;
const isRunner = 2;

function wordsOfWrapper({ unless, valued, scripts, markers, until, subcommands }: Partial<Wrapper>): string[] {
  return [
    ...[unless, valued, scripts, markers, until].flatMap((names) => names ?? []),
    ...Object.entries(subcommands ?? {}).flatMap(([name, at]) => [name, ...wordsOfWrapper(at)]),
  ];
}

/** Begins a word and goes on with it. */
const lead = 1;
/** Goes on with a word. */
const inner = 2;
/** Behind it the name of something may stand. */
const mark = 4;
const blank = 8;
const quote = 16;
const equals = 32;
const angle = 64;
/** May change what stands around it. */
const unsafe = 128;
const classes = new Uint8Array(256);
const classify = (chars: string, kind: number): void => {
  for (const char of chars) classes[char.charCodeAt(0)] = (classes[char.charCodeAt(0)] as number) | kind;
};
classify('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./*?~', lead);
classify('-:@%+,#', inner);
classify('./#', mark);
classify(' \t;|()', blank);
classify('\'"', quote);
classify('=', equals);
classify('<>', angle);
classify('\\\n\r\0', unsafe);

const digit = 1;
const letter = 2;
/** What a run is made of. */
const parts = new Uint8Array(256);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') parts[char.charCodeAt(0)] = letter;
for (const char of '0123456789') parts[char.charCodeAt(0)] = digit;

function isDigit(byte: number): boolean {
  return parts[byte] === digit;
}

/** `g"it"` is one word: a quote parts words only with a blank behind it. Both ends of a line are blank. */
function beginsWord(bytes: Uint8Array, start: number, at: number): boolean {
  const before = classAt(bytes, start, at - 1);
  return (before & (blank | equals)) !== 0 || (before === quote && classAt(bytes, start, at - 2) === blank);
}

function endsWord(bytes: Uint8Array, behind: number, end: number): boolean {
  const after = behind < end ? (classes[bytes[behind] as number] as number) : blank;
  if (after !== quote) return after === blank;
  return behind + 1 >= end || classes[bytes[behind + 1] as number] === blank;
}

function isGlued(bytes: Uint8Array, start: number, open: number, close: number, end: number): boolean {
  return (
    (classAt(bytes, start, open - 1) & (blank | equals)) === 0 ||
    (close + 1 < end && ((classes[bytes[close + 1] as number] as number) & blank) === 0)
  );
}

function classAt(bytes: Uint8Array, start: number, at: number): number {
  return at < start ? blank : (classes[bytes[at] as number] as number);
}

const backtick = 96;
/** What the last `closeOf` found: whether its text means nothing but that it is there. */
let isClosed = false;

/**
 * Where the quoted text that begins at `at` ends; 0 where the shells might not agree on that.
 */
function closeOf(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at] as number;
  let blanks = 0;
  // Words count by whether they are options, and a path may be a command's.
  let open = bytes[at + 1] === 45;
  for (let next = at + 1; next < end; next++) {
    const byte = bytes[next] as number;
    if (byte === sign) {
      isClosed = blanks > 0 && !open;
      return next;
    }
    if (byte === 32) blanks += 1;
    else if (byte === 47) open = true;
    else if (byte === 92 || byte === backtick || (sign === 34 && (byte === 36 || byte === 33))) return 0;
    else if (classes[byte] === unsafe) return 0;
  }
  return 0;
}
