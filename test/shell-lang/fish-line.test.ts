import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFishLine } from '../../generators/shell-lang/shell-line.ts';
import { notation } from './notation.ts';

// Line, then what it runs in the notation of notation.ts.
const rows: [string, string][] = [
  ['ls -la | grep foo | wc -l', 'ls grep< wc<'],
  ['cd x; and git log; or echo no &', 'cd git echo'],
  ['cd x && git log || make', 'cd git make'],
  ['set x (git rev-parse HEAD)', 'set (git)'],
  ['set -x TOKEN "a b"; FOO=$x bar baz', 'set bar'],
  ['echo "$(date)" \'(ls)\' "(ls)" \\(ls\\)', 'echo (date)'],
  ['diff (sort a | psub) (sort b | psub)', 'diff (sort) (psub)< (sort) (psub)<'],
  ['for f in (ls *.txt); grep x $f | wc; end', '(ls) grep wc<'],
  ['for f in *.txt\n  grep x $f\nend | sort > out', 'grep sort<'],
  ['while read -l line; rg $line; end < file', 'read rg'],
  ['cat x | while read l; rg y; end', 'cat read< rg<'],
  ['if test -f x; cat x; else if true; a; else; b; end', 'test cat true a b'],
  ['if not string match -q x $y && z; a; end', 'string z a'],
  ['switch (uname); case Linux; a; case "*" \'[x]\'; b; end', '(uname) a b'],
  ['function f --description "git log"; rg x | bat; end; f', 'f:rg f:bat< f'],
  ['begin; a; b; end 2>&1 | less', 'a b less<'],
  ['{ a; b } | c', 'a b c<'],
  ['not grep -q x y; ! a', 'grep a'],
  ['time cargo build', 'time time>cargo'],
  ['command ls; builtin cd x; exec fish', 'command command>ls builtin builtin>cd exec exec>fish'],
  ['command -sq jq; and jq .', 'command jq'],
  ['sudo -E env A=b make', 'sudo sudo>env sudo>env>make'],
  ["bash -c 'for i in 1; do ls; done'", 'bash bash>ls'],
  ['eval (ssh-agent -c)', 'eval? (ssh-agent)'],
  ['$EDITOR x', '$'],
  ['a 2>| b &| c', 'a b< c<'],
  ['a &>> log; b >? x ^y', 'a b'],
  ['echo a#b # c | d', 'echo'],
  ['echo {a,b}.txt {a, b}', 'echo'],
  ['echo $x[1] $$y "$z[1..2]" ~/x', 'echo'],
  ['echo \'it\\\'s; ls\' "a\\"; ls"', 'echo'],
  ['echo a\\; ls; b', 'echo b'],
  ['ls \\\n  -la', 'ls'],
  ['a |\n b', 'a b<'],
  ['curl x | source', 'curl source?<'],
  ['find . -name "*.rs" -exec wc {} +', 'find find>wc'],
  ['echo (a (b "c)") | d)', 'echo (a) (b) (d)<'],
  ['string replace (a) (b)', 'string (a) (b)'],
  ["alias ll='eza -l'", 'alias'],
  ['end', ' !'],
  ['if a', 'a !'],
  ['echo "a', 'echo !'],
  ['echo (a', 'echo (a) !'],
  ['', ''],
];

describe('what a line of fish runs', () => {
  test.each(rows)('%s', (source, expected) => {
    expect(notation(parseFishLine(source))).toBe(expected);
  });

  test('never throws, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), shellish), (source) => {
        parseFishLine(source);
      }),
      { numRuns: 2000 },
    );
  });

  test('nesting beyond all reason comes back as not understood', () => {
    for (const open of ['(', 'begin; ', 'if ', '"$(', '{ ', 'sudo ']) {
      expect(parseFishLine(`${open.repeat(20_000)}ls`).understood, open).toBe(false);
    }
  });
});

const shellish = fc
  .array(
    fc.constantFrom(
      ...['$(', '(', ')', '"', "'", '{', '}', '|', '&&', ';', '\n', ' ', 'if', 'else', 'end', 'begin', 'for', 'in'],
      ...['switch', 'case', 'function', 'while', 'sudo', 'bash -c', 'xargs', '>', '2>', '&|', 'and', 'not', '\\', '#'],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(' '));
