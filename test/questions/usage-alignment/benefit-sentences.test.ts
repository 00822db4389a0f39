import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../generators/days.ts';
import { analyzeFailurePatterns } from '../../../generators/questions/failure-patterns/analyze.ts';
import { failurePatterns } from '../../../generators/questions/failure-patterns/schema.ts';
import { analyzeToolChains } from '../../../generators/questions/tool-chains/analyze.ts';
import { toolChains } from '../../../generators/questions/tool-chains/schema.ts';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { evidenceOf, fishText, type Lines, takenOn, type World } from '../shell-world.ts';

const busy: Lines = [
  ['vim f%', 150],
  ['make t%', 100],
];

/** What the recorder wrote: a command, its subcommand and the statuses of its uses. */
function captured(rows: [string, string, number[]][]): string {
  return rows
    .flatMap(([command, sub, statuses]) =>
      statuses.map((status) => `${dayNumber(takenOn)}\t${command}\t${sub}\t${status}\t12\t1\n`),
    )
    .join('');
}

const times = (status: number, count: number): number[] => Array.from({ length: count }, () => status);

interface Case {
  world: World;
  lines: Lines;
  capture?: string;
  days?: number;
}

const rg: World = { packages: { ripgrep: ['rg'], gnugrep: ['grep'] } };
const dust: World = { packages: { dust: ['dust'] } };
const docker = captured([['docker', 'ps', times(1, 5)]]);

// The sentence; a fixture out of which it comes; fixtures in which it would be false.
const rows: { sentence: string; true: Case; false: Record<string, Case> }[] = [
  {
    sentence: 'You have `dust` installed but never use it.',
    true: { world: dust, lines: busy },
    false: {
      'it was used once': { world: dust, lines: [...busy, ['dust /x', 1]] },
      'it was used behind sudo, in a list': { world: dust, lines: [...busy, ['cd x && sudo -n dust /x', 1]] },
      'it is not installed': { world: {}, lines: busy },
      'the history covers ten days': { world: dust, lines: busy, days: 10 },
      'the history has few lines': { world: dust, lines: [['vim f%', 40]] },
      'the history is of another shell': { world: { ...dust, shell: 'zsh' }, lines: busy },
      'an alias names it': {
        world: { ...dust, aliases: [{ name: 'd', shell: 'fish', kind: 'alias', commands: ['dust'], files: [] }] },
        lines: busy,
      },
    },
  },
  {
    sentence: "You frequently use `jq` (142 times) but it's not in your nix config",
    true: { world: {}, lines: [...busy, ['jq .%', 141], ['nix-shell -p jq --run "jq .a"', 1]] },
    false: {
      'it is declared': {
        world: { packages: { jq: ['jq'] } },
        lines: [...busy, ['jq .%', 141], ['nix-shell -p jq --run "jq .a"', 1]],
      },
      'it is rarely used': { world: {}, lines: [...busy, ['jq .%', 3], ['nix-shell -p jq --run "jq .a"', 1]] },
      'another package brings it': { world: { packages: { toolbox: ['jq', 'yq'] } }, lines: [...busy, ['jq .%', 142]] },
    },
  },
  {
    sentence: 'you prefer `rg` over `grep` (80 vs 5 uses)',
    true: {
      world: rg,
      lines: [
        ['rg foo%', 80],
        ['grep -r foo%', 5],
        ['ps aux | grep x%', 200],
      ],
    },
    false: {
      'both are used': {
        world: rg,
        lines: [
          ['rg foo%', 80],
          ['grep -r foo%', 60],
        ],
      },
      'there are few uses': {
        world: rg,
        lines: [
          ['rg foo%', 4],
          ['grep -r foo%', 1],
        ],
      },
      'rg only filters': {
        world: rg,
        lines: [
          ['ls | rg foo%', 80],
          ['grep -r foo%', 5],
        ],
      },
      'lately it is grep': {
        world: rg,
        lines: [
          ['rg old%', 0],
          ['grep -r foo%', 80],
          ['rg foo%', 5],
        ],
      },
    },
  },
  {
    sentence: 'You often run `fd` then `bat`.',
    true: { world: {}, lines: [...busy, ['fd x% ;; bat y%', 12]] },
    false: {
      'twice is not often': { world: {}, lines: [...busy, ['fd x% ;; bat y%', 2]] },
      'minutes lie between': { world: {}, lines: [...busy, ['fd x%', 12], ['bat y%', 12]] },
      'everything follows everything': {
        world: {},
        lines: [
          ['fd x% ;; bat y%', 12],
          ['bat x% ;; fd y%', 12],
          ['fd z% ;; make y%', 12],
          ['make x% ;; fd w%', 12],
          ['bat z% ;; make z%', 12],
          ['make w% ;; bat w%', 12],
        ],
      },
      'both are used much more': {
        world: {},
        lines: [
          ['fd x% ;; bat y%', 5],
          ['fd a%', 200],
          ['bat b%', 200],
        ],
      },
    },
  },
  {
    sentence: 'Instead of `cat file | grep pattern`, use `rg pattern file` directly.',
    true: { world: rg, lines: [['cat f% | grep -i x', 6]] },
    false: {
      'rg is not installed': { world: {}, lines: [['cat f% | grep -i x', 6]] },
      'there are several files': { world: rg, lines: [['cat f% g | grep -i x', 6]] },
      'cat is asked to change something': { world: rg, lines: [['cat -A f% | grep -i x', 6]] },
      'it was done once': { world: rg, lines: [['cat f% | grep -i x', 1]] },
      'it stands in quotes': { world: rg, lines: [["echo 'cat f% | grep -i x'", 6]] },
      'sudo reads the file': { world: rg, lines: [['sudo cat f% | grep -i x', 6]] },
    },
  },
  {
    sentence: 'You use `find | grep` often',
    true: { world: { packages: { fd: ['fd'], ripgrep: ['rg'] } }, lines: [['find . -type f | grep x%', 8]] },
    false: {
      'fd is not installed': { world: rg, lines: [['find . -type f | grep x%', 8]] },
      'find does what fd has no word for': {
        world: { packages: { fd: ['fd'], ripgrep: ['rg'] } },
        lines: [['find . -newer f -perm 600 | grep x%', 8]],
      },
      'it was done twice': {
        world: { packages: { fd: ['fd'], ripgrep: ['rg'] } },
        lines: [['find . -type f | grep x%', 2]],
      },
    },
  },
  {
    sentence: "You've tried `docker ps` 5 times with failures. Docker is not enabled in your configuration.",
    true: { world: {}, lines: busy, capture: docker },
    false: {
      'docker is enabled': { world: { options: ['virtualisation.docker'] }, lines: busy, capture: docker },
      'podman answers for it': { world: { options: ['virtualisation.podman'] }, lines: busy, capture: docker },
      'it worked': { world: {}, lines: busy, capture: captured([['docker', 'ps', times(0, 5)]]) },
      'only a home is configured': { world: { platform: 'home-manager' }, lines: busy, capture: docker },
      'nothing knows statuses': { world: {}, lines: [...busy, ['docker ps %', 5]] },
    },
  },
  {
    sentence: '`nixos-rebuild` fails frequently',
    true: {
      world: {},
      lines: busy,
      capture: captured([['nixos-rebuild', 'switch', [...times(1, 6), ...times(0, 8)]]]),
    },
    false: {
      'it rarely fails': {
        world: {},
        lines: busy,
        capture: captured([['nixos-rebuild', 'switch', [...times(1, 1), ...times(0, 19)]]]),
      },
      'it was interrupted': {
        world: {},
        lines: busy,
        capture: captured([['nixos-rebuild', 'switch', [...times(130, 6), ...times(0, 8)]]]),
      },
      'another command fails': {
        world: {},
        lines: busy,
        capture: captured([['make', '', [...times(2, 6), ...times(0, 8)]]]),
      },
    },
  },
];

async function sentences({ world, lines, capture, days }: Case): Promise<string> {
  const evidence = await evidenceOf(world, fishText(lines, days), capture);
  return [
    ...usageAlignment.parse(analyzeUsageAlignment(evidence)).insights,
    ...toolChains.parse(analyzeToolChains(evidence)).insights,
    ...failurePatterns.parse(analyzeFailurePatterns(evidence)).insights,
  ]
    .map(({ text }) => text)
    .join('\n');
}

describe.each(rows)('$sentence', (row) => {
  test('comes where it is true', async () => {
    expect(await sentences(row.true)).toContain(row.sentence);
  });
  test.each(Object.entries(row.false))('does not come where %s', async (_, one) => {
    expect(await sentences(one)).not.toContain(row.sentence);
  });
});

test('grep that finds nothing has not failed', async () => {
  const text = await sentences({ world: {}, lines: busy, capture: captured([['grep', '', times(1, 30)]]) });
  expect(text).not.toContain('grep');
});
