import { expect, test } from 'vitest';
import {
  ageText,
  analyzePackageEvolution,
  wholeMonths,
} from '../../../generators/questions/package-evolution/analyze.ts';
import { matchDeclared, nameLikeness } from '../../../generators/questions/package-evolution/match-declared.ts';
import { presentPackageEvolution } from '../../../generators/questions/package-evolution/present.ts';
import { packageEvolution } from '../../../generators/questions/package-evolution/schema.ts';
import { sampleEvaluated, samplePackage } from '../../sample-evidence.ts';
import { historyOf, packages, repository } from '../../snapshot/git/repositories.ts';

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

test('when and why, what replaced what, what went: joined with what is evaluated', async () => {
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
  expect(output.gone.map(({ name, days, reason, replacedBy }) => [name, days, reason?.text, replacedBy])).toEqual([
    ['gedit', 30, 'remove gedit, the terminal is enough', []],
    ['grep', 10, 'switch from grep to ripgrep for faster text search', ['ripgrep']],
  ]);
  expect(output.insights.map(({ text }) => text)).toEqual([
    'Your config has been stable (0 changes a year; changed on 0 of the last 365 days).',
    'You installed `ripgrep` 14 months ago for “performance over grep”. The commit says: “switch from grep to ripgrep for faster text search”.',
    'You installed `docker` 14 months ago: no stated reason.',
    'You installed `jq` 14 months ago: no stated reason.',
    '`grep` went 2026-01-11 for `ripgrep`: “switch from grep to ripgrep for faster text search”.',
    'Of 6 additions 2 were taken out again, half of those within 20 days, 2 within 30.',
  ]);
});

test('a few changes a year are a stable configuration', async () => {
  const output = analyzePackageEvolution(await evidence('2026-12-31'));
  expect(output.insights[0]?.text).toBe(
    'Your config has been stable (4 changes a year; changed on 4 of the last 365 days).',
  );
});

test('beside the tool: the day and the author’s words', async () => {
  const given = await evidence('2027-03-15');
  const { tools, sections } = presentPackageEvolution(analyzePackageEvolution(given), given);
  expect(Object.fromEntries(tools ?? [])).toEqual({
    ripgrep: [{ kind: 'reason', text: 'added 2026-01-11 in place of grep, “performance over grep”' }],
    jq: [{ kind: 'reason', text: 'added 2026-01-01' }],
    docker: [{ kind: 'reason', text: 'added 2026-01-01' }],
  });
  expect(sections?.[0]?.items).toEqual([
    [
      { code: 'grep' },
      ' went 2026-01-11 for ',
      { code: 'ripgrep' },
      ': “switch from grep to ripgrep for faster text search”',
    ],
    [{ code: 'gedit' }, ' removed 2026-02-10: “remove gedit, the terminal is enough”'],
  ]);
});

test('a package of one file is not matched with an entry of another by a likeness', () => {
  const place = { file: 'a.nix', line: 1, list: 'home.packages', condition: null, comment: null, section: null };
  const tool = { name: 'foot-extra', kind: 'package' as const, present: true, places: [place] };
  const one = samplePackage({ name: 'foot', declarations: [{ list: 'home.packages', file: 'b.nix', by: null }] });
  expect(matchDeclared([one], [tool as never]).size).toBe(0);
});

test.each([
  ['2026-01-11', '2027-03-11', 14],
  ['2026-01-11', '2027-03-10', 13],
  ['2026-01-31', '2026-02-28', 0],
  ['2026-05-01', '2026-04-01', 0],
])('from %s to %s: %i whole months', (from, to, months) => {
  expect(wholeMonths(from, to)).toBe(months);
});

test('ages in words', () => {
  expect([0, 1, 14].map(ageText)).toEqual(['less than a month', '1 month', '14 months']);
});
