import { publicPackages } from '../../data/public-tools.ts';
import { subcommandTools } from '../../data/subcommands.ts';
import { builtinsOf, type Shell } from '../../shell-lang/builtins.ts';
import { keywords } from '../../shell-lang/plain-line.ts';
import { type Wrapper, wrappers } from '../../shell-lang/wrapper-table.ts';
import { finish, fnvPrime, fnvStart, polynomialFactor, polynomialStart } from './hash.ts';

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
 * it is: punctuation, options, single letters, and whatever is the name of something anywhere in the line.
 * Bytes are read instead of a text, as a million texts cost more than all that is done with them here.
 *
 * @param names every name that is counted or stands for one that is: known commands, aliases
 */
export function createLineForms(names: Iterable<string>): LineForms {
  const hashes = [...hashesOfFixedNames, ...hashWords(names)];
  /** The hashes of all names, 0 where there is none; a word with the hash of a name only stays as it is. */
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * hashes.length)));
  const slotOf = (hash: number): number => {
    let slot = (hash ^ (hash >>> 16)) & (slots.length - 1);
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  const isName = (hash: number): boolean => slots[slotOf(hash)] !== 0;
  for (const hash of hashes) slots[slotOf(hash)] = hash;

  /** Whether a word is the name of something, or has one at its end. */
  const holdsName = (bytes: Uint8Array, start: number, end: number): boolean => {
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
      isName(hashWord(bytes, slash, end)) ||
      (hash >= 0 && isName(hashWord(bytes, hash, end))) ||
      (dot >= 0 && isName(hashWord(bytes, dot, end)))
    );
  };

  return {
    hashForm: (bytes, start, end, shell) => {
      if (end - start > maxLength) return false;
      let low = fnvStart ^ shells.indexOf(shell);
      let high = polynomialStart;
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
          low = Math.imul(low ^ byte, fnvPrime);
          high = (Math.imul(high, polynomialFactor) + byte) | 0;
          at += 1;
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
        const literal =
          (behind === at + 1 && !isDigit(byte)) ||
          isName(wordLow) ||
          !beginsWord(bytes, start, at) ||
          !endsWord(bytes, behind, end) ||
          ((marks & mark) !== 0 && holdsName(bytes, at, behind));
        if (literal) {
          low = Math.imul(low ^ wordLow, fnvPrime);
          high = (Math.imul(high, polynomialFactor) + wordHigh) | 0;
        } else {
          for (let from = at; from < behind; ) {
            let stands = bytes[from] as number;
            const begins = runs[stands] as number;
            from += 1;
            if (begins !== 0) {
              let all = begins;
              for (let next = runs[bytes[from] as number] as number; from < behind && next !== 0; ) {
                all |= next;
                from += 1;
                next = runs[bytes[from] as number] as number;
              }
              stands = 256 + (begins === digit ? all : letter);
            }
            low = Math.imul(low ^ stands, fnvPrime);
            high = (Math.imul(high, polynomialFactor) + stands) | 0;
          }
        }
        at = behind;
      }
      finish(low, high);
      return true;
    },
  };
}

/** Few lines are longer, and hardly two of those of one form. */
const maxLength = 300;

const shells: readonly Shell[] = ['fish', 'bash', 'zsh', 'nushell'];

function hashWords(words: Iterable<string>): number[] {
  return Array.from(words, (word) => {
    const bytes = Buffer.from(word);
    return hashWord(bytes, 0, bytes.length);
  });
}

function hashWord(bytes: Uint8Array, start: number, end: number): number {
  let hash = fnvStart;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), fnvPrime);
  return hash;
}

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

function wordsOfWrapper({ unless, valued, scripts, markers, until, subcommands }: Wrapper): string[] {
  return [
    ...[unless, valued, scripts, markers, until].flatMap((names) => names ?? []),
    ...Object.keys(subcommands ?? {}),
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
const runs = new Uint8Array(256);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') runs[char.charCodeAt(0)] = letter;
for (const char of '0123456789') runs[char.charCodeAt(0)] = digit;

function isDigit(byte: number): boolean {
  return runs[byte] === digit;
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

function classAt(bytes: Uint8Array, start: number, at: number): number {
  return at < start ? blank : (classes[bytes[at] as number] as number);
}
