import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Shell } from '../../../generators/lang/shell/builtins.ts';
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

const aliases = new Map([
  ['ll', 'eza -l'],
  ['run9', 'bash -c'],
]);

function counts(lines: readonly string[], shell: Shell, quick: boolean): unknown {
  const { tally, add } = createTally({
    known: { has: (name) => names.has(name), names: () => names, foundIn: () => null },
    aliases: { textOf: (_, name) => aliases.get(name), names: () => aliases.keys() },
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
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.constantFrom<Shell>('fish', 'bash', 'zsh', 'nushell'),
      (lines, shell) => {
        expect(counts(lines, shell, true)).toEqual(counts(lines, shell, false));
      },
    ),
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
/** Quoted texts, each with another in the same quotes: what they say must count only where something runs it. */
const quoted = fc.constantFrom<[string, string]>(
  ...([
    ['"git status"', '"make x of ls"'],
    ["'git status'", "'ls'"],
    ["'a b'", "'sudo git'"],
    ['"it\'s git"', '"it\'s a make"'],
    [`'say "git a" b'`, `'say "ls" c d'`],
    [`$'a " git'`, `$'a " make'`],
    ['"$x git a"', '"$x make a"'],
    ['"$(git log) a"', '"$(ls) a"'],
    ['"`git a` b"', '"`ls a` b"'],
    ['"-r a"', '"-l a"'],
    ['"/opt/a b/bin/git"', '"/opt/a b/bin/ls"'],
    ['"nixpkgs#a x.ripgrep"', '"nixpkgs#a x.fd"'],
    ['A="git a"', 'A="make b c"'],
    ['x="git a"y', 'x="make a"y'],
    ['"compose up"', '"build of"'],
    ['"git a', '"make a'],
    ["don't", "don't"],
    ['{ ls } always { git }', '{ ls } alwxys { git }'],
    ['repeat 3 git', 'repxat 3 git'],
    ['foreach x (a b) git; end', 'forxach x (a b) git; end'],
    ['ls *(e:"git a":)', 'ls *(e:"make a":)'],
    ['(ls) =(git a)', '(ls) =(git b)'],
    ['`echo "git a"', '`echo "make a"'],
    ['eval "git a"', 'eval "make a"'],
    ['/usr/bin/env "A=b git"', '/usr/bin/env "A=b c ls"'],
    ['bash -c', 'bash -c'],
    ['ll "git a"', 'll "make a"'],
    [', "git a"', ', "make a"'],
    ['echo "git a" | bash', 'echo "make a" | bash'],
    ['bash <<< "git a"', 'bash <<< "make a"'],
    ['# "git a"', '# "make a"'],
    ['grep "git a"', 'grep "make b"'],
    ["find -name 'git a'", "find -name 'make a'"],
    ["cat 'git a' | grep", "cat 'make a' | grep"],
    ['cat f | less "-r a"', 'cat f | less "r a"'],
    ['run9 "git a"', 'run9 "make a"'],
    ['g"it"', 'g"zq"'],
    ['let x = null', 'let x = nulx'],
    ['let x = git', 'lxt x = git'],
    ['make out>| git', 'make oux>| git'],
    ['{ a: git }', '{ a git }'],
    ['do { git }', 'do { |a| git }'],
    ['["git"] | ls', '"git" | ls'],
    ['git rebase -x "make a"', 'git rebxse -x "make a"'],
    ['git submodule foreach "make a"', 'git submodule forxach "make a"'],
    ['tmux new "make a"', 'tmux nxw "make a"'],
    ['sh -c "make $a ls"', 'sh -c "git $a ls"'],
    ['docker compose -f a up', 'docker compose -x a up'],
    ['~/bin/git', '~/bxn/git'],
    ['gi"t"', 'zq"t"'],
    [`; echo "$x ' a"; make 'c d'`, `; echo "$x ' a"; git 'c d'`],
    ['-m"git a"', '-m"make a"'],
    ['"a b"git', '"a b"make'],
    ['/opt/"a b"/bin/git', '/opt/"c ls"/bin/git'],
    ['/opt/"a b"/bin/git', '/opt/"a b"/bin/make'],
    [`; echo $'a " b'; make 'c " d'`, `; echo $'a " b'; git 'c " d'`],
    [`; echo x"a ' b"; make "c ' d"`, `; echo x"a ' b"; git "c ' d"`],
    [`; echo "-x 'a"; make ' b'`, `; echo "-x 'a"; git ' b'`],
    ['; ${ ab', '; ${ gitb'],
    ['${| qq', '${| if2'],
    [`b"as"h -c "git a"`, `b"as"h -c "make b"`],
    [`ru'n'9; "e"val 'git a'`, `ru'n'9; "e"val 'make b'`],
    [`<<< "git a" b"as"h "$x"`, `<<< "make b" b"as"h "$x"`],
    [`(( 'a b' ))`, `(( ')); git; (( b' ))`],
    [`echo $['a b'] 'c d'`, `echo $[']; git; echo $[ b'] 'c d'`],
    [`; echo a' "b'; make "c d"`, `; echo a' "b'; git "c d"`],
  ] as [string, string][]),
);
const same = (text: string): [string, string] => [text, text];
const mixedLine = fc
  .array(
    fc.tuple(
      fc.oneof(word.map(same), rarely.map(same), quoted),
      fc.constantFrom(' ', ' ', ' ', ' ', ' | ', '; ', ' && ', '').map(same),
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((pairs): [string, string] => [
    pairs.flatMap(([[text], [joint]]) => [text, joint]).join(''),
    pairs.flatMap(([[, text], [, joint]]) => [text, joint]).join(''),
  ]);
/** The same line with other words where words mean nothing. */
const variant = (line: string): string => line.replace(/\b[abpqx]\d?\b/g, (name) => `${name}v7`);

test('counting by the form of a line gives what counting each line gives', () => {
  fc.assert(
    fc.property(
      fc.array(mixedLine, { maxLength: 6 }),
      fc.constantFrom<Shell>('fish', 'bash', 'zsh', 'nushell'),
      (lines, shell) => {
        // A form is kept from its second line on.
        const all = lines.flatMap(([line, other]) => [line, line, variant(line), other, variant(other)]);
        expect(counts(all, shell, true)).toEqual(counts(all, shell, false));
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 5000) },
  );
});
