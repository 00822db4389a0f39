import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBashLine, parseZshLine } from '../../../generators/lang/shell/shell-line.ts';
import { zshAsBash } from '../../../generators/lang/shell/zsh-as-bash.ts';
import { bashRows } from './bash-rows.ts';
import { bashSession } from './bash-session.ts';
import { notation } from './notation.ts';
import { zshSession } from './zsh-session.ts';

/** Its commands in any order: substitutions are found where zsh has them, not where they stood. */
const sorted = (text: string) => text.split(' ').sort().join(' ');

describe('what a line of zsh runs', () => {
  test.each(zshSession)('%s', (source, expected) => {
    expect(sorted(notation(parseZshLine(source)))).toBe(sorted(expected));
  });

  // What zsh has otherwise, or not at all.
  const bashOnly = new Set([
    'time -p make all',
    'coproc P { make; } 2>/dev/null',
    'a\n\nb',
    'case $1 in a|b) make;; (c) ls;& d*) cat f;;& *) echo "${x:-$(date)}" | wc; esac',
  ]);
  const shared = [...bashRows, ...bashSession].filter(([line, runs]) => !runs.endsWith('!') && !bashOnly.has(line));

  test.each(shared)('as bash: %s', (source) => {
    expect(zshAsBash(source)).not.toBeNull();
    expect(sorted(notation(parseZshLine(source)))).toBe(sorted(notation(parseBashLine(source))));
  });

  test.each([
    ['echo "a', 'echo !'],
    ['if true; then', 'true !'],
    ['for x (a b', ' !'],
    ['ls )', 'ls !'],
    ['repeat 3', 'repeat'],
    ['{ ls', 'ls !'],
  ])('%s is no whole line of zsh', (source) => {
    expect(zshAsBash(source)).toBeNull();
  });

  test('never throws, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), zshish), (source) => {
        parseZshLine(source);
      }),
      { numRuns: 3000 },
    );
  });

  test('nesting beyond all reason comes back as not understood', () => {
    for (const open of ['$(', '( ', '{ ', '"$(', 'if ', '${', '=(', '() ']) {
      const line = parseZshLine(`${open.repeat(20_000)}ls`);
      expect(line.understood, open).toBe(false);
    }
  });

  test('brackets that may be arithmetic and are none are not read over and over', () => {
    for (const [open, close] of [
      ['$(( ', ' ) )'],
      ['(( $( ', ' ) ) )'],
      ['$(( $(cat <<E\n', '\nE\n) ) )'],
    ] as const) {
      parseZshLine(`echo ${open.repeat(38)}ls${close.repeat(38)}`);
    }
    expect(parseZshLine('echo $(( $(( ls ) ) ) ); git').invocations.map(({ name }) => name)).toContain('git');
  });
});

const zshish = fc
  .array(
    fc.constantFrom(
      ...['$(', ')', '`', '"', "'", '{', '}', '|', '&&', ';', '<(', '=(', '<<E', '\n', 'E', ' ', 'if', 'then', 'fi'],
      ...['do', 'done', 'for x', 'in', 'case', 'esac', 'repeat 2', 'foreach', 'end', 'always', '()', 'function', '&!'],
      ...['*(.)', '<1-2>', '((', '))', '[[', ']]', 'ls', 'x=', '${', '$((', '|&', '>!', '-', 'time', '!', 'a(b', '#'],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '));
