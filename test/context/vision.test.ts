import { expect, test } from 'vitest';
import type { Evidence } from '../../generators/evidence/evidence.ts';
import type { PolicyOptions } from '../../generators/evidence/policies.ts';
import { defaultSettings } from '../../generators/evidence/settings.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { toolProfiles } from '../../generators/tools/schema.ts';
import { busy, type Case, evidenceOfCase, recorded, takenOn } from '../questions/shell-world.ts';
import { historyOf, packages, repository } from '../snapshot/git/repositories.ts';

/** A user who searches with rg, and pipes fd through rg to bat. */
const user: Case = {
  world: { packages: { ripgrep: ['rg'], bat: ['bat'], fd: ['fd'], gnugrep: ['grep'] }, named: [], references: {} },
  lines: [...busy, ['fd -e ts x% | rg y | bat', 12], ['rg z% | bat', 20], ['bat f%', 20], ['grep -r q% d', 2]],
  recorded: recorded('rg', '', 0, 156, 40) + recorded('grep', '', 0, 5, 40) + recorded('bat', '', 0, 89, 40),
};

const policies: PolicyOptions = {
  schemaVersion: 1,
  decisions: { modernCli: 'advise' },
  settings: {},
  rules: {},
  unclear: 'pass',
  count: false,
  generated: [],
  rebuildCommand: null,
  text: null,
};

async function evidenceWith(changed: Case = {}): Promise<Evidence> {
  const steps = [
    { message: 'begin', files: { 'packages.nix': packages('grep', 'bat', 'fd') } },
    {
      message: 'switch from grep to ripgrep: performance on the monorepo',
      files: { 'packages.nix': packages('ripgrep', 'bat', 'fd') },
      day: 5,
    },
  ];
  const gitHistory = await historyOf(repository(steps), { takenOn });
  return { ...(await evidenceOfCase({ ...user, ...changed })), gitHistory, policies };
}

function linesOf(evidence: Evidence, title: string): string[] {
  const settings = { ...defaultSettings, budget: { lines: 1000, tokens: 100_000 } };
  const { files } = buildOutput({ evidence, settings, inputs: [], missing: [], rejected: [] });
  toolProfiles.parse(JSON.parse(files.get('intelligence/tool_profiles.json') ?? ''));
  const [, part = ''] = (files.get('CLAUDE.md') ?? '').split(`\n### ${title}\n`);
  return (
    part
      .split(/\n(?=#|$)/)[0]
      ?.split('\n')
      .filter((line) => line.startsWith('- ')) ?? []
  );
}

const ripgrep = [
  '- **Purpose**: added 2026-01 in place of grep: “switch from grep to ripgrep: performance on the monorepo”',
  '- **Usage**: 160 times (rank: #1)',
  '- **Context**: Preferred over grep (5 uses)',
  '- **Workflow**: Tool chain fd → rg → bat',
  '- **Dependencies**: None (standalone binary)',
  '- **Recommendation**: Use it instead of grep; First choice for searching files on this system',
];

test("the profiles of the vision's ripgrep and bat", async () => {
  const evidence = await evidenceWith();
  expect(linesOf(evidence, 'ripgrep (rg)')).toEqual(ripgrep);
  expect(linesOf(evidence, 'bat')).toEqual([
    '- **Usage**: 90 times (rank: #2)',
    '- **Workflow**: Tool chain fd → rg → bat',
    '- **Dependencies**: None (standalone binary)',
  ]);
});

const { lines = [] } = user;

test.each<[missing: string, change: Case, without: (evidence: Evidence) => Evidence, absent: RegExp]>([
  ['git history', {}, ({ gitHistory: _, ...rest }) => rest, /Purpose|monorepo/],
  ['counts of every use', { recorded: '' }, (evidence) => evidence, /\d times|Context|First choice/],
  ['pipelines', { lines: lines.filter(([text]) => !text.includes('|')) }, (evidence) => evidence, /Workflow/],
  ['closure', {}, ({ closure: _, ...rest }) => rest, /Dependencies/],
  ['policies', {}, ({ policies: _, ...rest }) => rest, /Use it instead/],
])('without %s no line speaks of it, and the others stay', async (_, change, without, absent) => {
  const found = linesOf(without(await evidenceWith(change)), 'ripgrep (rg)');
  expect(found.length).toBeGreaterThanOrEqual(3);
  expect(found.join('\n')).not.toMatch(absent);
});

test('a tool of which no more is known than its use has no profile', async () => {
  expect(linesOf(await evidenceWith(), 'gnugrep (grep)')).toEqual([]);
});
