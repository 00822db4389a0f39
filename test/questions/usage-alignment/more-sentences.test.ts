import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../generators/days.ts';
import { analyzeFailurePatterns } from '../../../generators/questions/failure-patterns/analyze.ts';
import { analyzeToolChains } from '../../../generators/questions/tool-chains/analyze.ts';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { evidenceOf, fishText, type Lines, takenOn, type World } from '../shell-world.ts';

const busy: Lines = [
  ['vim f%', 150],
  ['make t%', 100],
];
const all: World = {
  packages: {
    ripgrep: ['rg'],
    gnugrep: ['grep'],
    fd: ['fd'],
    findutils: ['find', 'xargs'],
    bat: ['bat'],
    procps: ['ps', 'pgrep'],
    dust: ['dust'],
    jq: ['jq'],
  },
};

/** What the recorder wrote: a command, its subcommand, a status and how often it came, so many days ago. */
function captured(rows: [command: string, sub: string, status: number, count: number, ago?: number][]): string {
  return rows
    .flatMap(([command, sub, status, count, ago = 0]) =>
      Array.from({ length: count }, () => `${dayNumber(takenOn) - ago}\t${command}\t${sub}\t${status}\t12\t1\n`),
    )
    .join('');
}

interface Case {
  world?: World;
  lines?: Lines;
  capture?: string;
  days?: number;
}

const without = (name: string): World => ({
  packages: Object.fromEntries(Object.entries(all.packages ?? {}).filter(([id]) => id !== name)),
});
const nixosRebuild = (...rows: [status: number, count: number, ago?: number][]): string =>
  captured(rows.map(([status, count, ago]) => ['nixos-rebuild', 'switch', status, count, ago ?? 0]));

const rows: [part: string, true_: Record<string, Case>, false_: Record<string, Case>][] = [
  [
    'You have `dust` installed but never use it.',
    {
      'it stands in quotes and comments only': { lines: [...busy, ["echo 'dust x%' # dust", 5]] },
      'it runs on another machine': { lines: [...busy, ["ssh box% 'dust /'", 5]] },
    },
    {
      'it runs in a substitution': { lines: [...busy, ['echo (dust -d1 /x | head)', 1]] },
      'it runs in a script that is partly known': { lines: [...busy, ['sudo sh -c "dust $x | head"', 1]] },
      'it is watched': { lines: [...busy, ["watch -n 5 'dust /x'", 1]] },
      'it is in tmux': { lines: [...busy, ["tmux new -d 'dust /x'", 1]] },
      'its path is typed': { lines: [...busy, ['/run/current-system/sw/bin/dust', 1]] },
      'the path of the home is typed': { lines: [...busy, ['~/.nix-profile/bin/dust', 1]] },
    },
  ],
  [
    "You frequently use `jq` (60 times) but it's not in your nix config",
    {
      'nix run is a use': { world: {}, lines: [...busy, ['nix run nixpkgs#jq -- .a%', 60]] },
      'it is behind pipes': {
        world: {},
        lines: [...busy, ['curl x% | jq .', 59], ['nix-shell -p jq --run "jq .z"', 1]],
      },
    },
    {
      'a word of that name is an argument': { world: {}, lines: [...busy, ['echo jq | grep jq%', 60]] },
      'it runs in a container': { world: {}, lines: [...busy, ['docker exec c% jq .', 60]] },
      'all in two days': { world: {}, lines: [...busy, ['nix run nixpkgs#jq -- .a%', 60]], days: 1 },
      'nobody knows where it came from': { world: {}, lines: [...busy, ['jq .a%', 60]] },
    },
  ],
  [
    'you prefer `rg` over `grep` (40 vs 4 uses)',
    {
      'grep filters often': {
        lines: [
          ['rg x%', 40],
          ['grep -n y% f', 4],
          ['ps aux | grep z%', 90],
        ],
      },
      'some are behind sudo and in lists': {
        lines: [
          ['cd d%; and rg x', 30],
          ['sudo rg x%', 10],
          ['grep y% f && ls', 4],
        ],
      },
    },
    {
      'rg filters': {
        lines: [
          ['ls | rg x%', 40],
          ['grep y% f', 4],
        ],
      },
      'git grep is no grep': {
        lines: [
          ['rg x%', 40],
          ['git grep y%', 4],
        ],
      },
      'the counts are nearly even': {
        lines: [
          ['rg x%', 40],
          ['grep y% f', 20],
        ],
      },
      'another one is used as much': {
        lines: [
          ['rg x%', 40],
          ['grep y% f', 4],
          ['ag z%', 30],
        ],
      },
    },
  ],
  [
    'You often run `fd` then `bat`.',
    {
      'over days': { lines: [...busy, ['fd x% ;; bat y%', 9]] },
      'behind wrappers': { lines: [...busy, ['sudo fd x% ;; time bat y%', 9]] },
    },
    {
      'it was one day': { lines: [['fd x% ;; bat y%', 9]], days: 0.4 },
      'the order is the other': { lines: [...busy, ['bat y% ;; fd x%', 9]] },
      'one line only mentions it': { lines: [...busy, ['fd x% ;; echo bat y%', 9]] },
    },
  ],
  [
    'Instead of `cat file | grep pattern`, use `rg pattern file` directly.',
    {
      'further stages follow': { lines: [['cat f% | grep -v x | wc -l', 6]] },
      'the file is a quoted variable': { lines: [['cat "$f%" | grep x', 6]] },
    },
    {
      'grep has a file of its own': { lines: [['cat f% | grep x g', 6]] },
      'the file is a pattern': { lines: [['cat f%*.log | grep x', 6]] },
      'grep shows what stands around': { lines: [['cat f% | grep -A 3 x', 6]] },
      'perl expressions are asked for': { lines: [['cat f% | grep -P x', 6]] },
      'cat reads a here-string of its own': { lines: [['cat - | grep x%', 6]] },
      'rg is not installed': { world: without('ripgrep'), lines: [['cat f% | grep x', 6]] },
    },
  ],
  [
    'You use `find | grep` often',
    {
      'with a folder and a type': { lines: [['find src -type f | grep x%', 6]] },
      'with several stages': { lines: [['find . | grep x% | head', 6]] },
    },
    {
      'rg is not installed': { world: without('ripgrep'), lines: [['find . | grep x%', 6]] },
      'find deletes': { lines: [['find . -name x% -delete | grep y', 6]] },
      'find executes': { lines: [['find . -exec cat {} + | grep y%', 6]] },
      'several folders': { lines: [['find a b | grep y%', 6]] },
      'grep is recursive': { lines: [['find . | grep -r y%', 6]] },
    },
  ],
  [
    'Instead of `cat file | tail`, use `tail file` directly.',
    { lines: { lines: [['cat f% | tail -5', 6]] }, bytes: { lines: [['cat f% | tail -c5', 6]] } },
    {
      'tail follows': { lines: [['cat f% | tail -f', 6]] },
      'tail follows with a count': { lines: [['cat f% | tail -5F', 6]] },
      'tail follows by a long name': { lines: [['cat f% | tail --follow', 6]] },
    },
  ],
  [
    'Instead of `grep pattern | wc -l`, use `grep -c pattern` directly.',
    { 'a file': { lines: [['grep x% f | wc -l', 6]] }, 'a pipe': { lines: [['ls | grep x% | wc -l', 6]] } },
    {
      'several files': { lines: [['grep x% f g | wc -l', 6]] },
      'a pattern of files': { lines: [['grep x% *.log | wc -l', 6]] },
      'files of a variable': { lines: [['grep x% $files | wc -l', 6]] },
      'every match is counted': { lines: [['grep -o x% f | wc -l', 6]] },
    },
  ],
  [
    'does the same',
    {},
    {
      'fd leaves out what is hidden': {
        lines: [
          ['find . -name x%', 30],
          ['grep -r x%', 30],
        ],
      },
    },
  ],
  [
    "You've tried `docker ps` 5 times with failures. Docker is not enabled in your configuration.",
    {
      'five of five': { world: {}, capture: captured([['docker', 'ps', 1, 5]]) },
      'over weeks': {
        world: {},
        capture: captured([
          ['docker', 'ps', 1, 3, 20],
          ['docker', 'ps', 1, 2],
        ]),
      },
    },
    {
      'it was not found': { world: {}, capture: captured([['docker', 'ps', 127, 5]]) },
      'it was interrupted': { world: {}, capture: captured([['docker', 'ps', 130, 5]]) },
      'rootless docker is enabled': {
        world: { options: ['virtualisation.docker.rootless'] },
        capture: captured([['docker', 'ps', 1, 5]]),
      },
      'it works again': {
        world: {},
        capture: captured([
          ['docker', 'ps', 1, 5, 40],
          ['docker', 'ps', 0, 9],
        ]),
      },
    },
  ],
  [
    'is not enabled in your configuration',
    {},
    {
      'the server may be elsewhere': {
        world: {},
        capture: captured([
          ['psql', '', 2, 9],
          ['pg_dump', '', 1, 9],
          ['redis-cli', '', 1, 9],
        ]),
      },
      'no service is needed': { world: {}, capture: captured([['make', '', 2, 9]]) },
    },
  ],
  [
    '`nixos-rebuild` fails frequently',
    {
      'half of it': { capture: nixosRebuild([1, 5], [0, 5]) },
      'of late': { capture: nixosRebuild([0, 6, 60], [1, 6]) },
    },
    {
      'it was so once': { capture: nixosRebuild([1, 6, 60], [0, 9]) },
      'one time in ten': { capture: nixosRebuild([1, 3], [0, 27]) },
      twice: { capture: nixosRebuild([1, 2], [0, 1]) },
      'it was not found': { capture: nixosRebuild([127, 6], [0, 6]) },
    },
  ],
];

async function sentences({ world = all, lines = busy, capture, days }: Case): Promise<string> {
  const evidence = await evidenceOf(world, fishText(lines, days), capture);
  return [analyzeUsageAlignment, analyzeToolChains, analyzeFailurePatterns]
    .flatMap((analyze) => analyze(evidence).insights)
    .map(({ text }) => text)
    .join('\n');
}

describe.each(rows)('%s', (part, comes, stays) => {
  test.each(Object.entries(comes))('comes: %s', async (_, one) => {
    expect(await sentences(one)).toContain(part);
  });
  test.each(Object.entries(stays))('does not come: %s', async (_, one) => {
    expect(await sentences(one)).not.toContain(part);
  });
});
