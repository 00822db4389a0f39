import { commandOfPackage } from '../../data/public-tools.ts';
import { subcommandTools } from '../../data/subcommands.ts';
import { builtinsOf, type Shell } from '../../shell-lang/builtins.ts';
import { keywords } from '../../shell-lang/plain-line.ts';
import { type Wrapper, wrappers } from '../../shell-lang/wrapper-table.ts';
import type { KnownNames } from './known-names.ts';

/**
 * Gives the form of a line: in words that mean nothing to a shell or to the counting, runs of letters and
 * digits are replaced by a stand-in, so that `sudo rm a/b` and `sudo rm c/d` are of one form. Lines of one
 * form count for the same, so that one of them needs to be parsed. Null where words alone do not decide that.
 *
 * Only words between blanks are looked at (or quotes, parentheses, separators, behind `=`). What is left as
 * it is: punctuation, options, single letters, and whatever is the name of something anywhere in the line.
 */
export function createLineForm(
  known: KnownNames,
  aliases: (shell: Shell, name: string) => string | undefined,
): (text: string) => string | null {
  const isName = (name: string): boolean => {
    if (fixedNames.has(name) || known.has(name) || commandOfPackage(name) !== null) return true;
    for (const shell of shells) if (aliases(shell, name) !== undefined) return true;
    return false;
  };
  // Somebody may have a program of that name.
  const usable = ![digits, mixed, letters].some(isName);

  const formOf = (word: string): string => {
    if (word.length === 1 && !isDigit(word.charCodeAt(0))) return word;
    // `/usr/bin/git`, `nixpkgs#git`, `pkgs.git`; no name has a slash in it.
    const slash = word.lastIndexOf('/') + 1;
    if (isName(slash === 0 ? word : word.slice(slash))) return word;
    const hash = word.indexOf('#') + 1;
    if (hash > 0 && isName(word.slice(hash))) return word;
    const dot = word.lastIndexOf('.') + 1;
    if (dot > slash && commandOfPackage(word.slice(dot)) !== null) return word;
    return withStandIns(word);
  };

  return (text) => {
    if (!usable || text.length > maxLength) return null;
    let form = '';
    let copied = 0;
    for (let at = 0; at < text.length; ) {
      const kind = classAt(text, at);
      if (kind === unsafe) return null;
      // `<<` takes text from elsewhere; `>& 2` and `>& file` differ by the word.
      if (kind === angle) {
        const next = text.charCodeAt(at + 1);
        if (next === 60 || (next === 38 && classAt(text, at + 2) === blank)) return null;
      }
      if (kind !== lead) {
        at += 1;
        continue;
      }
      let end = at + 1;
      for (let next = classAt(text, end); next === lead || next === inner; next = classAt(text, end)) end += 1;
      if (beginsWord(text, at) && endsWord(text, end)) {
        form += text.slice(copied, at) + formOf(text.slice(at, end));
        copied = end;
      }
      at = end;
    }
    return form + text.slice(copied);
  };
}

/** What stands for a run of digits, of digits and letters, of letters. */
const digits = '1';
const mixed = '0zz_';
const letters = 'zzz_';
/** Few lines are longer, and hardly two of those of one form. */
const maxLength = 300;

const shells: readonly Shell[] = ['fish', 'bash', 'zsh', 'nushell'];

/** Builtins and what means something without being a command: keywords, subcommands, what ends a wrapper's options. */
const fixedNames: ReadonlySet<string> = new Set([
  ...keywords,
  ...shells.flatMap((shell) => [...builtinsOf(shell)]),
  'aux',
  'ax',
  ...[...subcommandTools.values()].flatMap(({ names, groups, valued }) =>
    [...names, ...groups, ...valued].flatMap((name) => name.split(' ')),
  ),
  ...[...wrappers].flatMap(([name, wrapper]) => [name, ...wordsOfWrapper(wrapper)]),
]);

function wordsOfWrapper({ unless, valued, scripts, markers, until, subcommands }: Wrapper): string[] {
  return [
    ...[unless, valued, scripts, markers, until].flatMap((names) => names ?? []),
    ...Object.keys(subcommands ?? {}),
  ];
}

const other = 0;
/** Begins a word and goes on with it. */
const lead = 1;
/** Goes on with a word. */
const inner = 2;
const blank = 3;
const quote = 4;
const equals = 5;
const angle = 6;
/** May change what stands around it. */
const unsafe = 7;
const classes = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./*?') {
  classes[char.charCodeAt(0)] = lead;
}
for (const char of '-:@%+,#~') classes[char.charCodeAt(0)] = inner;
for (const char of ' \t;|()') classes[char.charCodeAt(0)] = blank;
for (const char of '\'"') classes[char.charCodeAt(0)] = quote;
for (const char of '<>') classes[char.charCodeAt(0)] = angle;
for (const char of '\\\n\r\0') classes[char.charCodeAt(0)] = unsafe;
classes[61] = equals;

/** Both ends of a line are blank. */
function classAt(text: string, at: number): number {
  if (at < 0 || at >= text.length) return blank;
  const code = text.charCodeAt(at);
  return code < 128 ? (classes[code] as number) : other;
}

/** `g"it"` is one word: a quote parts words only with a blank behind it. */
function beginsWord(text: string, at: number): boolean {
  const before = classAt(text, at - 1);
  return before === blank || before === equals || (before === quote && classAt(text, at - 2) === blank);
}

function endsWord(text: string, end: number): boolean {
  const after = classAt(text, end);
  return after === blank || (after === quote && classAt(text, end + 1) === blank);
}

function withStandIns(word: string): string {
  let form = '';
  for (let at = 0; at < word.length; ) {
    if (!isWordCharacter(word.charCodeAt(at))) {
      form += word[at];
      at += 1;
      continue;
    }
    const begins = isDigit(word.charCodeAt(at));
    let all = begins;
    for (; at < word.length && isWordCharacter(word.charCodeAt(at)); at++) all &&= isDigit(word.charCodeAt(at));
    form += all ? digits : begins ? mixed : letters;
  }
  return form;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordCharacter(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}
