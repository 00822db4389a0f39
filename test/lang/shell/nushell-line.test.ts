import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nushellAsFish } from '../../../generators/lang/shell/nushell-as-fish.ts';
import { parseNushellLine } from '../../../generators/lang/shell/shell-line.ts';
import { notation } from './notation.ts';

// Line, what it runs, its pipelines.
const rows: [string, string, ...string[]][] = [
  ['ls | where size > 1mb | sort-by size', 'ls where< sort-by<', 'ls | where | sort-by'],
  ['def foo [x: int, ...y] { cargo build; ls }', 'def (cargo) (ls)'],
  ['if (ls | length) > 3 { make } else { just }', 'if (ls) (length)< (make) (just)', 'ls | length'],
  ['for f in (ls) { print $f.name; rm $f.name }', 'for (ls) (print) (rm)'],
  ['while true { git fetch; break }', 'while (git) (break)'],
  ['["a" "b"] | each { |x| curl $x | jq . }', 'each< (curl) (jq)<', '? | each', 'curl | jq'],
  ['ps | where name =~ node | each {|p| kill $p }', 'ps where< each< (kill)', 'ps | where | each'],
  ['$env.PATH | append "x | y"', 'append<', '? | append'],
  ['with-env { A: b, "C d": (date now) } { make }', 'with-env (date) (make)'],
  ['do { git pull; git push }; ls', 'do (git) (git) ls'],
  ['try { make } catch { |e| print $e }', 'try (make) (print)'],
  ['match $x { 1 => { ls }, _ => { make } }', 'match (ls) (make)'],
  [
    '$"(date now) \\(no) (git rev-parse HEAD | str trim)" | print',
    '(date) (git) (str)< print<',
    '? | print',
    'git | str',
  ],
  ['let x = (git log | lines); $x | first', 'let (git) (lines)< first<', 'git | lines', '? | first'],
  ['let x = git log | lines', 'let git lines<', 'git | lines'],
  ['mut x = 1; $x += 1; print $x', 'mut print'],
  ['cargo test o+e>| save log.txt', 'cargo save<', 'cargo | save'],
  ['make out> x.txt err> y.txt', 'make'],
  ['echo "git | rm" \'(ls)\' `a b` # ls', 'echo'],
  ['ls | each {|it|\n  cp $it.name x\n  make\n}', 'ls each< (cp) (make)', 'ls | each'],
  ['^$env.EDITOR x', '$'],
  ['5 + (ls | length)', '(ls) (length)<', 'ls | length'],
  ['bash -c "ls | wc"', 'bash bash>ls bash>wc<', 'ls | wc'],
];

test.each(rows)('%s', (line, runs, ...pipelines) => {
  const parsed = parseNushellLine(line);
  expect(notation(parsed)).toBe(runs);
  const shown = parsed.pipelines
    .filter(({ stages }) => stages.length > 1)
    .map(({ stages }) => stages.map((at) => (at === null ? '?' : parsed.invocations[at]?.name)).join(' | '));
  expect(shown.toSorted()).toEqual(pipelines.toSorted());
});

test('never throws, and takes bounded time', () => {
  fc.assert(
    fc.property(
      fc
        .array(
          fc.constantFrom(...`{ } ( ) [ ] | ; " ' \` $ $" # : => ls let if x = \\ 1 \n o+e>| {| ^`.split(/ /), ' '),
        )
        .map((parts) => parts.join('')),
      (line) => {
        parseNushellLine(line);
      },
    ),
    { numRuns: 3000 },
  );
  const started = performance.now();
  for (const part of ['{', '(', '[', '{|', '"', '$"(', 'let ', '{ a', 'o+e>', '$"']) nushellAsFish(part.repeat(30_000));
  expect(performance.now() - started).toBeLessThan(5000);
});
