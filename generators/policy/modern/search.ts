import { sortArguments } from '../../lang/shell/arguments.ts';
import type { Word } from '../../lang/shell/line.ts';
import type { Exec } from '../call.ts';
import { basicToModern, extendedToModern, shellWord } from '../regex.ts';
import type { Rewrite } from './rewrite.ts';

/** Options of grep with their names in rg; '' where it is the default of rg. */
const options: Readonly<Record<string, string>> = {
  '-i': '-i',
  '-y': '-i',
  '-n': '-n',
  '-l': '-l',
  // Without it rg leaves out files with no match.
  '-c': '-c --include-zero',
  '-v': '-v',
  '-w': '-w',
  '-x': '-x',
  '-o': '-o',
  '-q': '-q',
  '-a': '-a',
  '-H': '-H',
  '-h': '-I',
  '-L': '--files-without-match',
  '-s': '--no-messages',
  '-Z': '-0',
  '-r': '',
  '-R': '-L',
  '-E': '',
  '-G': '',
  '-I': '',
  '-F': '-F',
  '-P': '-P',
  '--ignore-case': '-i',
  '--line-number': '-n',
  '--files-with-matches': '-l',
  '--files-without-match': '--files-without-match',
  '--count': '-c --include-zero',
  '--invert-match': '-v',
  '--word-regexp': '-w',
  '--line-regexp': '-x',
  '--only-matching': '-o',
  '--quiet': '-q',
  '--silent': '-q',
  '--with-filename': '-H',
  '--no-filename': '-I',
  '--no-messages': '--no-messages',
  '--text': '-a',
  '--recursive': '',
  '--dereference-recursive': '-L',
  '--extended-regexp': '',
  '--basic-regexp': '',
  '--fixed-strings': '-F',
  '--perl-regexp': '-P',
};
const counted = ['-A', '-B', '-C', '-m', '--after-context', '--before-context', '--context', '--max-count'];
const ignored = ['--color', '--colour', '-e', '--regexp'];

type Style = 'basic' | 'extended' | 'fixed' | 'perl';

/** A search through files, for rg; null for a filter in a pipeline, and where rg reads the pattern differently. */
export function search(exec: Exec, kind: Style): Rewrite | null {
  const context = exec.args.find(({ text }) => text !== null && /^-\d+$/.test(text));
  const sorted = sortArguments(
    exec.args.filter((word) => word !== context),
    [...counted, '-e', '--regexp', '--include', '--exclude', '--exclude-dir'],
  );
  if (sorted.dynamic) return null;
  const has = (...names: string[]): boolean => names.some((name) => sorted.options.has(name));
  const patterns = [...(sorted.values.get('-e') ?? []), ...(sorted.values.get('--regexp') ?? [])];
  const files = [...sorted.operands];
  if (patterns.length === 0) patterns.push(...files.splice(0, 1));
  const recursive = has('-r', '-R', '--recursive', '--dereference-recursive');
  if (patterns.length === 0 || files.some(({ text }) => text === '-')) return null;
  // Without files it reads its input, unless xargs passes some.
  if (files.length === 0 && !recursive && !exec.wrappers.includes('xargs')) return null;

  const flags = new Set<string>();
  for (const option of sorted.options) {
    if (sorted.values.has(option) || ignored.includes(option)) continue;
    const modern = Object.hasOwn(options, option) ? options[option] : undefined;
    if (modern === undefined) return null;
    if (modern !== '') flags.add(modern);
  }
  if (context !== undefined) flags.add(`-C ${context.text?.slice(1)}`);
  for (const [option, words] of sorted.values) {
    for (const word of words) {
      if (counted.includes(option))
        flags.add(option.startsWith('--') ? `${option}=${word.raw}` : `${option} ${word.raw}`);
      else if (option.startsWith('--in')) flags.add(`-g ${word.text === null ? word.raw : shellWord(word.text)}`);
      else if (option.startsWith('--exclude')) {
        if (word.text === null) return null;
        flags.add(`-g ${shellWord(`!${word.text}`)}`);
      } else if (!ignored.includes(option)) return null;
    }
  }
  const style: Style =
    kind === 'fixed' || has('-F', '--fixed-strings')
      ? 'fixed'
      : has('-P', '--perl-regexp')
        ? 'perl'
        : kind === 'extended' || has('-E', '--extended-regexp')
          ? 'extended'
          : 'basic';
  if (style === 'fixed') flags.add('-F');
  const modern: string[] = [];
  for (const word of patterns) {
    const one = modernPattern(word, style);
    if (one === null) return null;
    modern.push(patterns.length > 1 || /^['"]?-/.test(one) ? `-e ${one}` : one);
  }
  const line = ['rg', ...flags, ...modern, ...files.map(({ raw }) => raw)].join(' ');
  return recursive ? { line, note: '(it skips hidden and ignored files; `-uu` searches those too)' } : { line };
}

function modernPattern({ text, raw }: Word, style: Style): string | null {
  if (text === null) return style === 'basic' ? null : raw;
  if (style === 'fixed' || style === 'perl') return raw;
  const modern = style === 'basic' ? basicToModern(text) : extendedToModern(text);
  return modern === null || modern === text ? modern && raw : shellWord(modern);
}
