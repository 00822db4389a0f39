import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBashLine, parseZshLine } from '../../../generators/lang/shell/shell-line.ts';
import { zshAsBash } from '../../../generators/lang/shell/zsh-as-bash.ts';
import { bashRows } from './bash-rows.ts';
import { bashSession } from './bash-session.ts';
import { notation } from './notation.ts';
import { zshScripts, zshSession } from './zsh-session.ts';

/** Its commands in any order: substitutions are found where zsh has them, not where they stood. */
const sorted = (text: string) => text.split(' ').sort().join(' ');

describe('what a line of zsh runs', () => {
  test.each(zshSession)('%s', (source, expected) => {
    expect(sorted(notation(parseZshLine(source)))).toBe(sorted(expected));
  });

  test.each(zshScripts)('%s is not understood', (source) => {
    expect(parseZshLine(source).understood).toBe(false);
  });

  const shared = [...bashRows, ...bashSession].filter(([, runs]) => !runs.endsWith('!'));

  test.each(shared)('%s runs the same as in bash', (source) => {
    const expected = sorted(notation(parseBashLine(source)));
    expect(sorted(notation(parseZshLine(source)))).toBe(expected);
    const rewritten = zshAsBash(source);
    if (rewritten !== null) expect(sorted(notation(parseBashLine(rewritten)))).toBe(expected);
  });

  test.each(['echo "a', 'if true; then', 'for x (a b', 'ls )', 'repeat 3', '{ ls', 'ls &! )'])(
    '%s is not a whole line',
    (source) => {
      expect(parseZshLine(source).understood).toBe(false);
    },
  );

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), zshish), (source) => {
        parseZshLine(source);
      }),
      { numRuns: 3000 },
    );
  });

  test('too deep nesting is not understood', () => {
    for (const open of ['$(', '( ', '{ ', '"$(', 'if ', '${', '=(', '() ']) {
      const line = parseZshLine(`${open.repeat(20_000)}ls`);
      expect(line.understood, open).toBe(false);
    }
  });

  test('parentheses that may be arithmetic are not read over and over', () => {
    for (const [open, close] of [
      ['$(( ', ' ) )'],
      ['(( $( ', ' ) ) )'],
      ['$(( $(cat <<E\n', '\nE\n) ) )'],
    ] as const) {
      parseZshLine(`echo ${open.repeat(38)}ls${close.repeat(38)}`);
    }
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
