import { describe, expect, test } from 'vitest';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { sentencesOf } from '../plain.ts';
import { busy, type Case, evidenceOfCase, recorded, type World } from '../shell-world.ts';

const search: World = { packages: { ripgrep: ['rg'], gnugrep: ['grep'] } };
const jqShell = 'nix-shell -p jq --run "jq .a"';

/** A sentence, cases in which it is true, cases in which it would be false. */
const rows: [sentence: string, appears: Record<string, Case>, absent: Record<string, Case>][] = [
  [
    "You frequently use `jq` (100+ distinct lines) but it's not in your nix config: fetched with `nix-shell`.",
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
    "You frequently use `jq` (50+ distinct lines) but it's not in your nix config: fetched with `nix run`.",
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

test('several commands of one origin are one sentence', async () => {
  const lines = [...busy, ['nix run nixpkgs#jq -- .a%', 60], ['nix run nixpkgs#cowsay -- %', 30]] as const;
  expect(await sentences({ lines })).toEqual([
    'You frequently use `jq` (50+ distinct lines) and `cowsay` (20+) but they are not in your nix config: fetched with `nix run`.',
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
