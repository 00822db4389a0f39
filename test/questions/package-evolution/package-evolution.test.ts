import { expect, test } from 'vitest';
import { wholeMonths } from '../../../generators/days.ts';
import { nameLikeness } from '../../../generators/evidence/name-likeness.ts';
import { analyzePackageEvolution } from '../../../generators/questions/package-evolution/analyze.ts';
import { matchDeclared } from '../../../generators/questions/package-evolution/match-declared.ts';
import { presentPackageEvolution } from '../../../generators/questions/package-evolution/present.ts';
import { addsWords } from '../../../generators/questions/package-evolution/reasons.ts';
import { packageEvolution } from '../../../generators/questions/package-evolution/schema.ts';
import { sampleEvaluated, samplePackage } from '../../sample-evidence.ts';
import { historyOf, packages, repository } from '../../snapshot/git/repositories.ts';
import { sentencesOf } from '../plain.ts';

test.each([
  ['ripgrep', 'ripgrep', null, 'name'],
  ['python3', 'python3', 'python3.13', 'name'],
  ['python3', 'python313', null, 'name'],
  ['nodejs_22', 'nodejs', 'node', 'name'],
  ['kdePackages.okular', 'okular', null, 'name'],
  ['poppler-utils', 'poppler_utils', null, 'name'],
  ['python312Packages.lizard', 'python3.12-lizard', null, 'name'],
  ['nerd-fonts.jetbrains-mono', 'nerd-fonts-jetbrains-mono', null, 'name'],
  ['inputs.gws', 'google-workspace-cli', 'gws', 'command'],
  ['inputs.claude-code-nix', 'claude-code', 'claude', 'name'],
  ['inputs.fork.cursor', 'cursor', null, 'name'],
  ['fishPlugins.z', 'fishplugin-z', null, 'similar name'],
  ['gnomeExtensions.appindicator', 'gnome-shell-extension-appindicator', null, 'similar name'],
  ['google-chrome-dev', 'chromium', 'chromium', undefined],
  ['fd', 'fdupes', 'fdupes', undefined],
  ['git', 'github-cli', 'gh', undefined],
  ['z', 'zsh', 'zsh', undefined],
])('%s in the source and %s (%s) evaluated: %s', (attribute, name, mainProgram, expected) => {
  expect(nameLikeness(attribute, { name, mainProgram })?.matchedBy).toBe(expected);
});

const module = (name: string, ...lines: string[]) => ({ [name]: packages(...lines) });
const steps = [
  {
    message: 'Initial commit',
    files: {
      ...module('modules/packages.nix', 'grep', 'jq'),
      'docker.nix': '{ virtualisation.docker.enable = true; }',
    },
  },
  {
    message: 'feat: switch from grep to ripgrep for faster text search',
    files: module('modules/packages.nix', 'ripgrep # performance over grep', 'jq', 'gedit'),
    day: 10,
  },
  {
    message: 'chore: remove gedit, the terminal is enough',
    files: module('modules/packages.nix', 'ripgrep # performance over grep', 'jq'),
    day: 40,
  },
  { message: 'other host', files: module('other.nix', 'jq # for the server', 'steam'), day: 50 },
];
const evaluated = sampleEvaluated({
  packages: [
    samplePackage({ name: 'ripgrep', mainProgram: 'rg', description: 'Utility that searches directories' }),
    samplePackage({ name: 'jq', description: 'Command-line JSON processor' }),
    samplePackage({
      name: 'docker',
      declarations: [{ list: 'environment.systemPackages', file: 'docker.nix', by: 'virtualisation.docker' }],
    }),
    samplePackage({ name: 'mystery' }),
    samplePackage({ name: 'bash', base: true, declarations: [] }),
  ],
});
const evidence = async (takenOn: string) => ({
  evaluated,
  gitHistory: await historyOf(repository(steps), { takenOn }),
});

test('evaluated packages with the day and reason of their installation, and what was replaced or removed', async () => {
  const output = packageEvolution.parse(analyzePackageEvolution(await evidence('2027-03-15')));
  expect(
    output.packages.map(({ id, declaredAs, matchedBy, since, months }) => [
      id,
      declaredAs,
      matchedBy,
      since.date,
      months,
    ]),
  ).toEqual([
    ['ripgrep', 'ripgrep', 'name', '2026-01-11', 14],
    ['jq', 'jq', 'name', '2026-01-01', 14],
    ['docker', 'virtualisation.docker', 'option', '2026-01-01', 14],
  ]);
  // The comment stands in another host's file.
  expect(output.packages[1]?.purpose).toBeNull();
  expect(output.noHistory).toEqual(['mystery']);
  expect(output.elsewhere).toBe(1);
  expect(output.removed.map(({ name, days, reason, replacedBy }) => [name, days, reason?.text, replacedBy])).toEqual([
    ['gedit', 30, 'remove gedit, the terminal is enough', []],
    ['grep', 10, 'switch from grep to ripgrep for faster text search', ['ripgrep']],
  ]);
  expect(output.insights.map(({ kind, evidence }) => [kind, ...evidence])).toEqual([
    ['stability', '/activity'],
    ['replacement', '/migrations/0'],
    ['removal', '/removed/0'],
    ['installation', '/packages/0'],
  ]);
});

test('the sentences: how stable the configuration is, what was replaced, removed and installed', async () => {
  const given = await evidence('2027-03-15');
  const contribution = presentPackageEvolution(analyzePackageEvolution(given), given);
  expect(sentencesOf(contribution)).toEqual([
    '`ripgrep` replaced `grep` on 2026-01-11: “switch from grep to ripgrep for faster text search”',
    '`gedit` was removed on 2026-02-10: “remove gedit, the terminal is enough”',
    'You installed `ripgrep` 14 months ago for “performance over grep”. The commit says: “switch from grep to ripgrep for faster text search”',
    'Your config has been stable (0 changes/year). Major changes may need testing.',
  ]);
});

test('a few changes a year are a stable configuration', async () => {
  const given = await evidence('2026-12-31');
  const contribution = presentPackageEvolution(analyzePackageEvolution(given), given);
  expect(sentencesOf(contribution)).toContain(
    'Your config has been stable (4 changes/year). Major changes may need testing.',
  );
});

test.each([
  ['steady', 31, 365, 'Your config has been steady (30 changes/year).'],
  ['experimenting', 128, 365, 'Your config is experimental (130 changes/year).'],
  ['too young', 128, 20, 'Your config is 20 days old: too young to say how stable it is.'],
] as const)('a configuration that is %s', async (band, changesPerYear, windowDays, expected) => {
  const given = await evidence('2026-12-31');
  const insight = { kind: 'stability' as const, band, changesPerYear, windowDays, evidence: ['/activity'] };
  const contribution = presentPackageEvolution({ ...analyzePackageEvolution(given), insights: [insight] }, given);
  expect(sentencesOf(contribution)).toEqual([expected]);
});

test.each([
  [0, false, 'You installed `jq` less than a month ago for “x86_64 and 256 bit, since 2026-11-28”.'],
  [1, false, 'You installed `jq` 1 month ago for “x86_64 and 256 bit, since 2026-11-28”.'],
  [128, true, 'You installed `jq` at least 128 months ago for “x86_64 and 256 bit, since 2026-11-28”.'],
])('an installation %i months ago', async (months, atLeast, expected) => {
  const given = await evidence('2026-12-31');
  const insight = {
    kind: 'installation' as const,
    package: 'jq',
    name: 'jq',
    since: { date: '2026-01-01', commit: 'c'.repeat(12), atLeast },
    months,
    purpose: 'x86_64 and 256 bit, since 2026-11-28',
    reason: null,
    evidence: ['/packages/0'],
  };
  const contribution = presentPackageEvolution({ ...analyzePackageEvolution(given), insights: [insight] }, given);
  expect(sentencesOf(contribution)).toEqual([expected]);
});

test('the note beside a tool: the day and the words of the author', async () => {
  const given = await evidence('2027-03-15');
  const { tools } = presentPackageEvolution(analyzePackageEvolution(given), given);
  expect(Object.fromEntries(tools ?? [])).toEqual({
    ripgrep: [
      { kind: 'reason', text: 'added 2026-01 in place of grep: “performance over grep”', pointer: '/packages/0' },
    ],
  });
});

test('a package of one file is not matched with an entry of another by a likeness', () => {
  const place = { file: 'a.nix', line: 1, list: 'home.packages', comment: null, section: null };
  const tool = { name: 'foot-extra', kind: 'package' as const, present: true, places: [place] };
  const one = samplePackage({ name: 'foot', declarations: [{ list: 'home.packages', file: 'b.nix', by: null }] });
  expect(matchDeclared([one], [tool]).size).toBe(0);
});

test.each([
  ['2026-01-11', '2027-03-11', 14],
  ['2026-01-11', '2027-03-10', 13],
  ['2026-01-31', '2026-02-28', 0],
  ['2026-05-01', '2026-04-01', 0],
])('from %s to %s: %i whole months', (from, to, months) => {
  expect(wholeMonths(from, to)).toBe(months);
});

test.each<[from: string, to: string, shown: boolean]>([
  ['httpie', 'xh', true],
  ['vim', 'neovim', true],
  ['du-dust', 'dust', false],
  ['noto-fonts-emoji', 'noto-fonts-color-emoji', false],
  ['nodejs_20', 'nodejs_22', false],
])('%s and then %s is a replacement: %s', async (from, to, shown) => {
  const file = 'modules/packages.nix';
  const begin = [
    { message: 'begin', files: module(file, from) },
    { message: `replace ${from} with ${to}`, files: module(file, to) },
  ];
  const given = {
    evaluated: sampleEvaluated({ packages: [samplePackage({ name: to })] }),
    gitHistory: await historyOf(repository(begin)),
  };
  const output = analyzePackageEvolution(given);
  const insight = {
    kind: 'replacement' as const,
    from: [from],
    to: [to],
    date: '2026-01-02',
    commit: 'c'.repeat(12),
    words: null,
    evidence: ['/migrations/0'],
  };
  const said = sentencesOf(presentPackageEvolution({ ...output, insights: [insight] }, given));
  expect(said).toEqual(shown ? [`\`${to}\` replaced \`${from}\` on 2026-01-02.`] : []);
});

test('a package of an option that is enabled is not said to be removed', async () => {
  const given = await evidence('2027-03-15');
  const output = analyzePackageEvolution(given);
  const [removal] = output.insights.filter(({ kind }) => kind === 'removal');
  expect(removal).toBeDefined();
  const options = output.options.concat(
    output.options.map((one) => ({ ...one, option: 'programs.gedit' })).slice(0, 1),
  );
  const insights = removal === undefined ? [] : [removal];
  expect(sentencesOf(presentPackageEvolution({ ...output, insights }, given))).toHaveLength(1);
  expect(sentencesOf(presentPackageEvolution({ ...output, insights, options }, given))).toEqual([]);
});

test('a replacement belongs to the span that began with it', async () => {
  const file = 'modules/packages.nix';
  const gitHistory = await historyOf(
    repository([
      { message: 'one', files: module(file, 'autojump') },
      { message: 'replace autojump with zoxide', files: module(file, 'zoxide') },
      { message: 'remove zoxide', files: module(file, 'jq') },
      { message: 'add zoxide', files: module(file, 'jq', 'zoxide') },
    ]),
  );
  expect(gitHistory.migrations).toHaveLength(1);
  const { packages: found } = analyzePackageEvolution({
    evaluated: sampleEvaluated({ packages: [samplePackage({ name: 'zoxide' })] }),
    gitHistory,
  });
  expect(found.map(({ since, replaced }) => [since.date, replaced])).toEqual([['2026-01-04', []]]);
});

test('a replacement belongs to a tool that was renamed since', async () => {
  const file = 'modules/packages.nix';
  const gitHistory = await historyOf(
    repository([
      { message: 'one', files: module(file, 'volta') },
      { message: 'replace volta with nodejs_20', files: module(file, 'nodejs_20') },
      { message: 'update', files: module(file, 'nodejs_22') },
    ]),
  );
  const { packages: found } = analyzePackageEvolution({
    evaluated: sampleEvaluated({ packages: [samplePackage({ name: 'nodejs' })] }),
    gitHistory,
  });
  expect(found.map(({ replaced }) => replaced)).toEqual([gitHistory.migrations[0]?.from]);
});

test.each<[text: string, adds: boolean]>([
  ['performance over grep', true],
  ['the search that everybody here uses', true],
  ['for the nightly import', true],
  ['add rg', false],
  ['Install ripgrep.', false],
  ['ripgrep', false],
  ['A modern, better ripgrep', false],
  ['Fast line-oriented search tools', false],
  ['add bat, eza, fd and ripgrep for speed', false],
  ['2026-01-11', false],
  ['cli tools', false],
  ['enable program', false],
])('%j says more than the name: %s', (text, adds) => {
  const others = new Set(['bat', 'eza', 'fd', 'ripgrep']);
  const description = 'Line-oriented search tool that recursively searches fast';
  expect(addsWords(text, ['ripgrep', 'rg'], description, others)).toBe(adds);
});
