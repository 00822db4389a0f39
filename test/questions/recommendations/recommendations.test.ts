import { expect, test } from 'vitest';
import type { EvaluatedPackage } from '../../../generators/evidence/evaluated.ts';
import type { Evidence } from '../../../generators/evidence/evidence.ts';
import { askQuestions } from '../../../generators/output/ask-questions.ts';
import { questions } from '../../../generators/output/questions.ts';
import { type Recommendation, recommendations } from '../../../generators/questions/recommendations/schema.ts';
import { requires } from '../../requires.ts';
import { historyOf, packages, repository } from '../../snapshot/git/repositories.ts';
import { busy, type Case, evidenceOfCase, recorded, takenOn, type World } from '../shell-world.ts';

const git = requires('git');

/** A git history of the packages of a host, which has had all of them since January. */
async function gitHistoryOf({ world = {} }: Case) {
  const files = { 'packages.nix': packages(...Object.keys(world.packages ?? {})) };
  return historyOf(repository([{ message: 'begin', files }]), { takenOn });
}

async function recommendedFor(given: Case, changed: (evidence: Evidence) => Evidence = (evidence) => evidence) {
  const evidence = { ...(await evidenceOfCase(given)), gitHistory: await gitHistoryOf(given) };
  return recommendedIn(changed(evidence));
}

function recommendedIn(evidence: Evidence): Recommendation[] {
  return recommendations.parse(askQuestions(evidence, questions).outputs.get('recommendations')).recommendations;
}

const dust: World = { packages: { dust: ['dust'] }, named: [], references: {} };

const search: World = { shell: 'zsh', packages: { ripgrep: ['rg'], gnugrep: ['grep'] } };

/** The change of a recommendation, cases in which it is right, and cases that must stay silent. */
const rows: [change: string, made: Record<string, Case>, silent: Record<string, Case>][] = [
  [
    'nixos-intelligence change remove dust --system',
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
    'nixos-intelligence change add tokei --system',
    {
      'fetched with nix run': { lines: [...busy, ['nix run nixpkgs#tokei -- d%', 8]] },
      'fetched with nix shell': { lines: [...busy, ['nix shell nixpkgs#tokei -c tokei d%', 8]] },
      'fetched with nix-shell': { lines: [...busy, ['nix-shell -p tokei --run "tokei d%"', 8]] },
      'fetched with comma': { lines: [...busy, [', tokei d%', 8]] },
    },
    {
      'it is declared': {
        world: { packages: { tokei: ['tokei'] } },
        lines: [...busy, ['nix run nixpkgs#tokei d%', 8]],
      },
      'it was fetched four times': { lines: [...busy, ['nix run nixpkgs#tokei -- d%', 4]] },
      'all on two days': { lines: [...busy, ['nix run nixpkgs#tokei -- d%', 8]], days: 2 },
      'it is from a project of that name': { lines: [...busy, ['nix run github:x/tokei -- d%', 8]] },
      'it is on PATH in the shell of a project': { lines: [...busy, ['tokei d%', 50]] },
      'an option adds it': {
        world: { options: ['programs.tokei'] },
        lines: [...busy, ['nix run nixpkgs#tokei d%', 8]],
      },
    },
  ],
  [
    'nixos-intelligence change add dust --system',
    { 'fetched by its old name': { lines: [...busy, ['nix run nixpkgs#du-dust -- d%', 8]] } },
    {},
  ],
  [
    'nixos-intelligence change enable virtualisation.docker',
    {
      'docker fails without it': { recorded: recorded('docker', 'ps', 1, 8, 40) },
      'most attempts fail': { recorded: recorded('docker', 'ps', 1, 9, 12) + recorded('docker', 'ps', 0, 1, 40) },
    },
    {
      'it is enabled': { world: { options: ['virtualisation.docker'] }, recorded: recorded('docker', 'ps', 1, 8, 40) },
      'podman stands in': { world: { packages: { podman: ['podman'] } }, recorded: recorded('docker', 'ps', 1, 8, 40) },
      'the recorder runs for five days': { recorded: recorded('docker', 'ps', 1, 8, 5) },
      'it failed long ago': { recorded: recorded('docker', 'ps', 1, 8, 120) },
      'it works again': { recorded: recorded('docker', 'ps', 1, 8, 50) + recorded('docker', 'ps', 0, 8, 5) },
      'every other attempt fails': {
        recorded: recorded('docker', 'ps', 1, 8, 40) + recorded('docker', 'ps', 0, 8, 40),
      },
      'tests fail, for which no cause is known': { recorded: recorded('pytest', '', 1, 40, 40) },
      'only the home is known': {
        world: { platform: 'home-manager' },
        recorded: recorded('docker', 'ps', 1, 8, 40),
      },
    },
  ],
  [
    `nixos-intelligence change set users.users.ann.extraGroups '[ "docker" "wheel" ]'`,
    {
      'docker fails for everybody outside of the group': {
        world: { options: ['virtualisation.docker'], groups: ['wheel'] },
        recorded: recorded('docker', 'ps', 1, 8, 40),
      },
    },
    {
      'the user is in the group': {
        world: { options: ['virtualisation.docker'], groups: ['wheel', 'docker'] },
        recorded: recorded('docker', 'ps', 1, 8, 40),
      },
      "the daemon is the user's": {
        world: { options: ['virtualisation.docker.rootless'], groups: ['wheel'] },
        recorded: recorded('docker', 'ps', 1, 8, 40),
      },
    },
  ],
  [
    'nixos-intelligence change enable programs.nixos-intelligence.policies',
    { 'rg is used much more': { world: search, shell: 'zsh', lines: [...busy, ['rg x%', 60], ['grep y% f', 5]] } },
    {
      'as often as grep': { world: search, shell: 'zsh', lines: [...busy, ['rg x%', 60], ['grep y% f', 50]] },
      'fish does not count uses': { world: search, lines: [...busy, ['rg x%', 60], ['grep y% f', 5]] },
      'grep only filters': { world: search, shell: 'zsh', lines: [...busy, ['rg x%', 60], ['ps | grep y%', 5]] },
    },
  ],
];

for (const [change, made, silent] of rows) {
  test.skipIf(git.missing).each(Object.entries(made))(`${change}: %s${git.why}`, async (_, given) => {
    expect((await recommendedFor(given)).map((one) => one.change)).toContain(change);
  });
  test.skipIf(git.missing).each(Object.entries(silent))(`not ${change}: %s${git.why}`, async (_, given) => {
    expect((await recommendedFor(given)).map((one) => one.change)).not.toContain(change);
  });
}

const alias = (command: string): World => ({
  packages: { git: ['git'] },
  aliases: [{ name: 'a', shell: 'fish', kind: 'alias', commands: [command], files: ['x.nix'] }],
});

test.skipIf(git.missing).each<[rules: string[], why: string, world: World]>([
  [['dead alias'], 'a known tool', alias('tokei')],
  [['dead alias'], 'a known tool of another package', alias('aria2c')],
  [[], 'a private script', alias('deploy-it')],
  [[], 'a command of every system', alias('top')],
  [[], 'a toolchain, as from the shell of a project', alias('cargo')],
  [[], 'a command that an option adds', { ...alias('tokei'), options: ['programs.tokei'] }],
  [[], 'a home alone', { ...alias('tokei'), platform: 'home-manager' }],
  [[], 'an installed command', alias('git')],
])(`dead alias: %s: %s${git.why}`, async (rules, _, world) => {
  expect((await recommendedFor({ world })).map(({ rule }) => rule)).toEqual(rules);
});

test.skipIf(git.missing).each<[change: string[], why: string, comment: string, world?: World]>([
  [['nixos-intelligence change remove chafa --system'], 'its comment names it', 'previews for ranger'],
  [[], 'its comment names another, which is there', 'previews for ranger and jq'],
  [[], 'its comment names something else, too', 'required by numpy/ranger'],
  [[], 'its comment needs nothing', 'ranger came before'],
  [[], 'it is typed', 'previews for ranger', {}],
])(`needed by nothing: %s: %s${git.why}`, async (change, _, comment, world = { named: [], references: {} }) => {
  const lines = 'named' in world ? busy : [...busy, ['chafa x%', 3] as const];
  const given: Case = {
    world: { packages: { chafa: ['chafa'], jq: ['jq'] }, named: [], references: {}, ...world },
    lines: [...lines, ['jq x%', 3]],
  };
  const line = `chafa # ${comment}`;
  const steps = [
    { message: 'begin', files: { 'packages.nix': packages('ranger', line, 'jq') } },
    { message: 'drop ranger', files: { 'packages.nix': packages(line, 'jq') }, day: 60 },
  ];
  const gitHistory = await historyOf(repository(steps), { takenOn });
  const found = recommendedIn({ ...(await evidenceOfCase(given)), gitHistory });
  expect(found.map((one) => one.change)).toEqual(change);
});

test.skipIf(git.missing).each<[removed: boolean, comment: string]>([
  [true, 'disk usage'],
  [false, 'for Claude Code'],
  [false, 'required by the backup script'],
])(`never typed, with the comment: %s: %s${git.why}`, async (removed, comment) => {
  const files = { 'packages.nix': packages(`dust # ${comment}`) };
  const gitHistory = await historyOf(repository([{ message: 'begin', files }]), { takenOn });
  const found = recommendedIn({ ...(await evidenceOfCase({ world: dust })), gitHistory });
  expect(found.map(({ rule }) => rule)).toEqual(removed ? ['never typed'] : []);
});

test('what is insecure, named by a former name, or an unused input', async () => {
  const evidence = await evidenceOfCase({ world: { packages: { nodejs: ['node'], dust: ['dust'], fd: ['fd'] } } });
  const { evaluated } = evidence;
  const at = { list: 'home.packages', file: 'a.nix', by: null };
  const [node, tool, fd] = evaluated.packages as [EvaluatedPackage, EvaluatedPackage, EvaluatedPackage];
  const found = recommendedIn({
    ...evidence,
    evaluated: {
      ...evaluated,
      packages: [
        {
          ...node,
          declarations: [{ ...at, line: 3, attribute: 'nodejs_18' }],
          marks: [{ kind: 'insecure', why: ['Node.js 18 has reached its end of life'] }],
        },
        { ...tool, declarations: [{ ...at, line: 4, attribute: 'du-dust', renamedTo: 'dust' }] },
        { ...fd, declarations: [{ ...at, line: 5, attribute: 'fd' }], marks: [{ kind: 'unfree', why: ['x'] }] },
      ],
      formerOptions: [{ name: 'a.b', to: 'c.d', file: 'o.nix', line: 7 }],
      flake: {
        ...evaluated.flake,
        inputs: [
          { name: 'used', revision: null, lastModified: null },
          { name: 'idle', revision: null, lastModified: null, unused: { file: 'flake.nix', line: 9 } },
        ],
      },
    },
  });
  expect(found.map(({ change, evidence: [first] }) => [change, first?.source ?? first?.pointer])).toEqual([
    ['nixos-intelligence change replace nodejs_18 nodejs', '/packages/0/marks/0'],
    ['nixos-intelligence change rename a.b', { file: 'o.nix', line: 7 }],
    ['nixos-intelligence change replace du-dust dust', { file: 'a.nix', line: 4 }],
    ['nixos-intelligence change drop-input idle', { file: 'flake.nix', line: 9 }],
  ]);
});

const places = (...given: readonly (readonly [list: string, file: string, line: number, by?: string])[]) =>
  given.map(([list, file, line, by]) => ({
    list,
    file,
    line,
    by: by ?? null,
    ...(by === undefined ? { attribute: 'git' } : {}),
  }));

const system = 'environment.systemPackages';
const home = 'home.packages';

test.each<[dedupe: boolean, why: string, declarations: ReturnType<typeof places>, hosts?: Record<string, string[]>]>([
  [true, 'at two lines of a list', places([system, 'a.nix', 3], [system, 'a.nix', 9])],
  [true, 'for the system and in the home', places([system, 'a.nix', 3], [home, 'b.nix', 4])],
  [true, 'and its option is enabled', places([home, 'a.nix', 3], [home, 'b.nix', 4, 'programs.git'])],
  [false, 'once', places([system, 'a.nix', 3])],
  [false, 'once, in a list that two modules use', places([system, 'a.nix', 3], [home, 'a.nix', 3])],
  [
    false,
    'for the system, where the home has its option',
    places([system, 'a.nix', 3], [home, 'b.nix', 4, 'programs.git']),
  ],
  [
    false,
    'in a list of the system and the home, where the home has its option',
    places([system, 'a.nix', 3], [home, 'a.nix', 3], [home, 'b.nix', 4, 'programs.git']),
  ],
  [false, 'and a desktop brings it', places([system, 'a.nix', 3], [system, 'b.nix', 4, 'services.desktopManager.x'])],
  [false, 'for one host each', places([system, 'a.nix', 3], [system, 'b.nix', 4]), { 'a.nix': ['x'], 'b.nix': ['y'] }],
  [
    false,
    'in a home that another host has, too',
    places([system, 'a.nix', 3], [home, 'b.nix', 4]),
    { 'a.nix': ['x'], 'b.nix': ['x', 'y'] },
  ],
  [
    true,
    'in a home of one host and for the system of all',
    places([system, 'a.nix', 3], [home, 'b.nix', 4]),
    { 'a.nix': ['x', 'y'], 'b.nix': ['x'] },
  ],
])('declared twice: %s: %s', async (dedupe, _, declarations, hosts = { 'a.nix': ['x'], 'b.nix': ['x'] }) => {
  const evidence = await evidenceOfCase({ world: { packages: { git: ['git'] } } });
  const { evaluated } = evidence;
  const found = recommendedIn({
    ...evidence,
    evaluated: { ...evaluated, packages: evaluated.packages.map((one) => ({ ...one, declarations })) },
    sourceFiles: {
      schemaVersion: 1,
      files: Object.entries(hosts).map(([file, names]) => {
        return { file, bytes: 1, hash: '0'.repeat(16), generated: false, hosts: names, lists: [] };
      }),
    },
  });
  expect(found.map(({ change }) => change)).toEqual(dedupe ? ['nixos-intelligence change dedupe git'] : []);
});
