import type { Word } from './line.ts';

/** The arguments of a command, sorted by their kind. */
interface SortedArguments {
  /** Options as typed, short clusters separated: `-rf` gives `-r` and `-f`; `--x=y` gives `--x`. */
  options: Set<string>;
  /** By option the values of `-o value`, `-ovalue`, `--option=value`. */
  values: Map<string, Word[]>;
  operands: Word[];
  /** A word is not known and may be an option. */
  dynamic: boolean;
}

/**
 * Sorts arguments as getopt does.
 *
 * @param valued options that take a value, such as `-A` and `--context`
 */
export function sortArguments(args: readonly Word[], valued: readonly string[] = []): SortedArguments {
  const sorted: SortedArguments = { options: new Set(), values: new Map(), operands: [], dynamic: false };
  const note = (option: string, value: Word | undefined): void => {
    sorted.options.add(option);
    if (value !== undefined) sorted.values.set(option, [...(sorted.values.get(option) ?? []), value]);
  };
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    const text = word.text ?? word.shape ?? '\0';
    if (text.startsWith('\0')) {
      // A quoted expansion is one word, most likely an operand; without quotes it may be any number of options.
      if (!word.quoted) sorted.dynamic = true;
      sorted.operands.push(word);
    } else if (text === '--') {
      sorted.operands.push(...args.slice(index + 1));
      break;
    } else if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      if (equals > 0) note(text.slice(0, equals), part(word, equals + 1));
      else note(text, valued.includes(text) ? args[++index] : undefined);
    } else if (text.startsWith('-') && text.length > 1) {
      if (valued.includes(text) && text.length > 2) {
        note(text, args[++index]);
        continue;
      }
      for (let at = 1; at < text.length; at++) {
        const option = `-${text[at]}`;
        if (valued.includes(option)) {
          note(option, at + 1 < text.length ? part(word, at + 1) : args[++index]);
          break;
        }
        note(option, undefined);
      }
    } else sorted.operands.push(word);
  }
  return sorted;
}

/** The rest of a word from an index on. */
export function part(word: Word, from: number): Word {
  const { shape: _, ...rest } = word;
  const shape = word.shape?.slice(from);
  return {
    ...rest,
    text: word.text === null ? null : word.text.slice(from),
    raw: word.raw.slice(from),
    ...(shape === undefined ? {} : { shape }),
  };
}

/** The texts of the words that are known. */
export function texts(words: readonly Word[]): string[] {
  return words.flatMap(({ text }) => (text === null ? [] : [text]));
}

/**
 * The index of the subcommand after a command's own options.
 *
 * @param valued the command's own options that take a value
 */
export function subcommandAt(args: readonly Word[], valued: readonly string[] = []): number {
  let at = 0;
  while (args[at]?.text?.startsWith('-')) at += valued.includes(args[at]?.text ?? '') ? 2 : 1;
  return at;
}
