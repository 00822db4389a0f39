import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Shell } from '../../../generators/shell-lang/builtins.ts';
import { shellHistoryOf } from '../../../generators/snapshot/shell/shell-history-of.ts';
import { createTally } from '../../../generators/snapshot/shell/tally.ts';

const names = new Set([
  'ls',
  'git',
  'rg',
  'sudo',
  'xargs',
  'docker',
  'make',
  'nix',
  'wc',
  'echo',
  'cat',
  'grep',
  'eza',
]);

function counts(lines: readonly string[], shell: Shell, quick: boolean): unknown {
  const { tally, add } = createTally({
    known: { has: (name) => names.has(name), names: () => names, foundIn: () => null },
    aliases: { textOf: (_, name) => (name === 'll' ? 'eza -l' : undefined), names: () => ['ll'] },
    today: 20_000,
    quick,
  });
  lines.forEach((text, index) => {
    const entry = { text, time: 1_700_000_000 + index * 50, exit: null, duration: null, session: null, byAgent: false };
    add(entry, 19_675, { shell, knowsStatus: null });
  });
  return shellHistoryOf({
    tally,
    takenOn: '2024-10-04',
    since: null,
    sources: [],
    unread: [],
    captured: null,
    foundIn: () => null,
  });
}

const word = fc.constantFrom(
  ...[
    'ls',
    'git',
    'status',
    'commit',
    '-m',
    '"a b"',
    "'x|y'",
    'rg',
    'sudo',
    'xargs',
    'docker',
    'compose',
    'up',
    '-C',
    'll',
  ],
  ...[
    'make',
    '/bin/ls',
    './ls',
    'unknown',
    'echo',
    'cat',
    'f.txt',
    'grep',
    'A=1',
    'if',
    'and',
    'cd',
    '%1',
    '2',
    'wc',
    '-l',
  ],
);
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  ' ',
  ' | ',
  '|',
  ' && ',
  '; ',
  ' || ',
  ' > ',
  ' 1> ',
  ' 2>',
  '>',
  ' & ',
  ' $x ',
  ' $(ls) ',
);
const line = fc
  .tuple(word, fc.array(fc.tuple(joint, word), { maxLength: 7 }))
  .map(([first, rest]) => first + rest.map((pair) => pair.join('')).join(''));

test('counting from the scan gives what counting from the parser gives', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom<Shell>('fish', 'bash', 'zsh'), (lines, shell) => {
      expect(counts(lines, shell, true)).toEqual(counts(lines, shell, false));
    }),
    { numRuns: 5000 },
  );
});

const rarely = fc.constantFrom(
  ...[
    'a/b.c',
    'x1',
    '"a/b git x2"',
    "'p q'",
    'gi"t"',
    'g"it"',
    'FOO=b1',
    '.#p1',
    'nixpkgs#rg',
    'nix run nixpkgs#rg',
    'nix shell nixpkgs#x.ripgrep',
    'nix run nixpkgs#a1',
    'nixpkgs#nope',
    '-p',
  ],
  ...['HEAD~3', '/opt/bin/git', '/opt/x9/nope', '$(', ')', 'for', 'in', 'do', 'done', 'end', ';', '|', '2>&1', '>& 2'],
  ...[
    'nix-shell',
    'run',
    'timeout',
    '5s',
    'bash',
    '-c',
    '"sudo git log"',
    'ripgrep',
    'pkgs.ripgrep',
    'a=(x',
    '<<E',
    'f',
  ],
  ...[
    'find',
    '-name',
    '-type',
    'ps',
    'aux',
    '-exec',
    '{}',
    '\\;',
    'env',
    '#c',
    'é1',
    'ssh',
    'u@h1',
    '--x=y1',
    '42',
    '<f1',
    '*.b1',
    'x?',
    'b*',
  ],
);
const mixedLine = fc
  .array(fc.tuple(fc.oneof(word, rarely), fc.constantFrom(' ', ' ', ' ', ' ', ' | ', '; ', ' && ', '')), {
    minLength: 1,
    maxLength: 9,
  })
  .map((pairs) => pairs.flat().join(''));
/** The same line with other words where words mean nothing. */
const variant = (line: string): string => line.replace(/\b[abpqx]\d?\b/g, (name) => `${name}v7`);

test('counting by the form of a line gives what counting each line gives', () => {
  fc.assert(
    fc.property(
      fc.array(mixedLine, { maxLength: 6 }),
      fc.constantFrom<Shell>('fish', 'bash', 'zsh'),
      (lines, shell) => {
        const both = lines.flatMap((line) => [line, variant(line), line]);
        expect(counts(both, shell, true)).toEqual(counts(both, shell, false));
      },
    ),
    { numRuns: 5000 },
  );
});
