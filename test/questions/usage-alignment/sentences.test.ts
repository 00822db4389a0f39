import { describe, expect, test } from 'vitest';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { sentencesOf } from '../plain.ts';
import { busy, type Case, evidenceOfCase, recorded, type World } from '../shell-world.ts';

const dust: World = { packages: { dust: ['dust'] }, named: [], references: {} };
const search: World = { packages: { ripgrep: ['rg'], gnugrep: ['grep'] } };
const jqShell = 'nix-shell -p jq --run "jq .a"';

/** A sentence, cases in which it is true, cases in which it would be false. */
const rows: [sentence: string, appears: Record<string, Case>, absent: Record<string, Case>][] = [
  [
    'You have `dust` installed but never typed it since 2026-03. No other line of its .nix files names it. Consider removing.',
    {
      'nobody typed it': { world: dust },
      'quotes and comments mention it': { world: dust, lines: [...busy, ["echo 'dust x%' # dust", 5]] },
      'it runs on another machine': { world: dust, lines: [...busy, ["ssh box% 'dust /'", 5]] },
    },
    {
      'it was used once': { world: dust, lines: [...busy, ['dust /x', 1]] },
      'it was used behind sudo, in a list': { world: dust, lines: [...busy, ['cd x && sudo -n dust /x', 1]] },
      'it runs in a substitution': { world: dust, lines: [...busy, ['echo (dust -d1 /x | head)', 1]] },
      'it runs in a script that is partly known': { world: dust, lines: [...busy, ['sudo sh -c "dust $x | head"', 1]] },
      'watch runs it': { world: dust, lines: [...busy, ["watch -n 5 'dust /x'", 1]] },
      'tmux runs it': { world: dust, lines: [...busy, ["tmux new -d 'dust /x'", 1]] },
      'its path is typed': { world: dust, lines: [...busy, ['/run/current-system/sw/bin/dust', 1]] },
      'its path in the home is typed': { world: dust, lines: [...busy, ['~/.nix-profile/bin/dust', 1]] },
      'it is not installed': {},
      'a key binding names it': { world: { ...dust, named: ['dust'] } },
      'another package refers to it': {
        world: { ...dust, packages: { dust: ['dust'], wrapper: ['w'] }, references: { wrapper: ['dust'] } },
      },
      'the files of the flake were not read': { world: { packages: { dust: ['dust'] }, references: {} } },
      'the closure is not known': { world: { packages: { dust: ['dust'] }, named: [] } },
      'it is for rescue': {
        world: { ...dust, descriptions: { dust: 'CLI to recover partitions and repair file systems' } },
      },
      'the history covers ten days': { world: dust, days: 10 },
      'the history has few lines': { world: dust, lines: [['vim f%', 40]] },
      'the history is that of another shell': { world: { ...dust, shell: 'zsh' } },
      'an alias names it': {
        world: { ...dust, aliases: [{ name: 'd', shell: 'fish', kind: 'alias', commands: ['dust'], files: [] }] },
      },
    },
  ],
  [
    "You frequently use `jq` (140 distinct lines) but it's not in your nix config: fetched with `nix-shell`.",
    {
      'once by nix-shell, then from somewhere else': { lines: [...busy, ['jq .%', 141], [jqShell, 1]] },
      'behind pipes': { lines: [...busy, ['curl x% | jq .', 141], [jqShell, 1]] },
    },
    {
      'it is declared': {
        world: { packages: { jq: ['jq'] } },
        lines: [...busy, ['jq .%', 141], [jqShell, 1]],
      },
      'another package has the command': {
        world: { packages: { toolbox: ['jq', 'yq'] } },
        lines: [...busy, ['jq .%', 141], [jqShell, 1]],
      },
      'it is rarely used': { lines: [...busy, ['jq .%', 3], [jqShell, 1]] },
    },
  ],
  [
    "You frequently use `jq` (60 distinct lines) but it's not in your nix config: fetched with `nix run`.",
    { 'nix run is a use': { lines: [...busy, ['nix run nixpkgs#jq -- .a%', 60]] } },
    {
      'an argument has that name': { lines: [...busy, ['echo jq | grep jq%', 60]] },
      'it runs in a container': { lines: [...busy, ['docker exec c% jq .', 60]] },
      'all uses are of two days': { lines: [...busy, ['nix run nixpkgs#jq -- .a%', 60]], days: 1 },
      'its origin is not known': { lines: [...busy, ['jq .a%', 60]] },
    },
  ],
  [
    'When searching files, you prefer `rg` over `grep` (80 vs 5 uses).',
    {
      'grep filters often': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg foo%', 80],
          ['grep -r foo%', 5],
          ['ps aux | grep x%', 200],
        ],
      },
      'the recorder counts beside fish': {
        world: search,
        lines: [
          ['rg foo%', 1],
          ['grep -r foo%', 60],
        ],
        recorded: recorded('rg', '', 0, 80, 40) + recorded('grep', '', 0, 5, 2),
      },
      'some uses are behind sudo and in lists': {
        shell: 'zsh',
        world: search,
        lines: [
          ['cd d% && rg x', 60],
          ['sudo rg x%', 20],
          ['grep y% f && ls', 5],
        ],
      },
    },
    {
      'both are used': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg foo%', 80],
          ['grep -r foo%', 60],
        ],
      },
      'there are few uses': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg foo%', 4],
          ['grep -r foo%', 1],
        ],
      },
      'rg only filters': {
        shell: 'zsh',
        world: search,
        lines: [
          ['ls | rg foo%', 80],
          ['grep -r foo%', 5],
        ],
      },
      'grep is used lately': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg old%', 0],
          ['grep -r foo%', 80],
          ['rg foo%', 5],
        ],
      },
      'git grep is another command': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg x%', 80],
          ['git grep y%', 5],
        ],
      },
      'a third one is used as much': {
        shell: 'zsh',
        world: search,
        lines: [
          ['rg x%', 80],
          ['grep y% f', 5],
          ['ag z%', 60],
        ],
      },
      'fish keeps each line once': {
        world: search,
        lines: [
          ['rg foo%', 80],
          ['grep -r foo%', 5],
        ],
      },
      'the recorder has run for a week': {
        recorded: recorded('rg', '', 0, 80, 7) + recorded('grep', '', 0, 5, 7),
      },
    },
  ],
];

async function sentences(one: Case): Promise<string[]> {
  const output = usageAlignment.parse(analyzeUsageAlignment(await evidenceOfCase(one)));
  return sentencesOf(presentUsageAlignment(output));
}

describe.each(rows)('%s', (sentence, appears, absent) => {
  test.each(Object.entries(appears))('appears: %s', async (_, one) => {
    expect(await sentences(one)).toContain(sentence);
  });
  // Without its figures: another figure would be as false.
  const claim = sentence.replace(/ \(.*|: .*/, '');
  test.each(Object.entries(absent))('does not appear: %s', async (_, one) => {
    expect((await sentences(one)).join('\n')).not.toContain(claim);
  });
});

test('several unused tools, and several commands of one origin, are one sentence', async () => {
  const world = { packages: { dust: ['dust'], duf: ['duf'], procs: ['procs'] }, named: ['x'], references: {} };
  const lines = [...busy, ['nix run nixpkgs#jq -- .a%', 60], ['nix run nixpkgs#cowsay -- %', 30]] as const;
  expect(await sentences({ world, lines })).toEqual([
    'You frequently use `jq` (60 distinct lines) and `cowsay` (30) but they are not in your nix config: fetched with `nix run`.',
    'You have `duf`, `dust` and `procs` installed but never typed them since 2026-03. No other line of its .nix files names them. Consider removing.',
  ]);
});

test.each(['npm run %', 'pnpm i%', 'make %', 'just %', 'uv sync%', 'poetry add p%', 'git status%', 'jj st%'])(
  'what the project decides is no preference: %s',
  async (line) => {
    const others = ['npm', 'pnpm', 'make', 'just', 'uv', 'poetry', 'git', 'jj', 'hg', 'yarn', 'pip'].map(
      (command) => [`${command} x%`, 5] as const,
    );
    expect((await sentences({ shell: 'zsh', lines: [[line, 200], ...others] })).join('\n')).not.toContain('prefer');
  },
);

test('an editor without arguments, which fish stores once, is not less used than one with many files', async () => {
  const editors = [
    ['nvim', 1],
    ['nano f%', 13],
  ] as const;
  const world = { packages: { neovim: ['nvim'], nano: ['nano'] } };
  expect(await sentences({ world, lines: [...busy, ...editors] })).toEqual([]);
});
