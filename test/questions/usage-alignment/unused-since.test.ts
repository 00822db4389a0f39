import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../generators/days.ts';
import { type EarlierOutputs, earlierOutputs } from '../../../generators/evidence/question.ts';
import { askQuestions } from '../../../generators/output/ask-questions.ts';
import { questions } from '../../../generators/output/questions.ts';
import { packageEvolution } from '../../../generators/questions/package-evolution/schema.ts';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { type UsageAlignment, usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { requires } from '../../requires.ts';
import { historyOf, packages, repository } from '../../snapshot/git/repositories.ts';
import { evidenceOfCase, takenOn } from '../shell-world.ts';

/** A hundred days of history in which nobody types dust. */
const evidence = await evidenceOfCase({ world: { packages: { dust: ['dust'] }, named: [], references: {} } });
const start = '2026-03-22';

/** The output for dust as installed on a day; `atLeast`: the git history begins on that day. */
function installedOn(date: string, atLeast = false): UsageAlignment {
  const installation = { id: 'dust', since: { date, commit: 'c'.repeat(12), atLeast } };
  return outputOf(earlierOutputs(new Map([[packageEvolution, { packages: [installation] }]])));
}

function outputOf(earlier?: EarlierOutputs): UsageAlignment {
  return usageAlignment.parse(analyzeUsageAlignment(evidence, { earlier }));
}

const wholeWindow = [
  { package: 'dust', removable: true, commands: ['dust'], since: start, days: 100, installed: null },
];

describe('a tool counts as unused only over days on which it was installed', () => {
  test('it was installed during the window', () => {
    const output = installedOn('2026-05-31');
    expect(output.insights).toEqual([
      {
        kind: 'unused',
        package: 'dust',
        removable: true,
        commands: ['dust'],
        since: '2026-05-31',
        days: 30,
        installed: 'on that day',
        evidence: ['/unused/0'],
      },
    ]);
    const contribution = presentUsageAlignment(output);
    expect(contribution.tools?.get('dust')).toEqual([
      { kind: 'use', text: 'never typed in a month of shell history', pointer: '/unused/0' },
    ]);
  });

  test('the git history begins during the window and has it from the start', () => {
    expect(installedOn('2026-05-02', true).unused).toEqual([
      expect.objectContaining({ since: '2026-05-02', days: 59, installed: 'by that day' }),
    ]);
  });

  test.each([
    ['it was installed 29 days ago', '2026-06-01', false],
    ['it was installed last week', '2026-06-23', false],
    ['it was installed on the day of the snapshot', takenOn, false],
    ['it was installed after the snapshot of the shell history', '2026-07-04', false],
    ['its git history begins last week', '2026-06-23', true],
  ])('not unused: %s', (_, date, atLeast) => {
    const output = installedOn(date, atLeast);
    expect([output.unused, output.insights]).toEqual([[], []]);
    expect(presentUsageAlignment(output).tools?.get('dust')).toBeUndefined();
  });

  test('it was installed before the shell history began, or the day is not known: the whole window counts', () => {
    expect(outputOf().unused).toEqual(wholeWindow);
    expect(installedOn('2024-01-01')).toEqual(outputOf());
    expect(installedOn('2026-01-01', true)).toEqual(outputOf());
  });

  const git = requires('git');
  test.skipIf(git.missing).each([
    ['before the window', '2026-01-11', wholeWindow],
    [
      'during the window',
      '2026-05-01',
      [
        {
          package: 'dust',
          removable: true,
          commands: ['dust'],
          since: '2026-05-01',
          days: 60,
          installed: 'on that day',
        },
      ],
    ],
    ['last week', '2026-06-23', []],
    ['long ago, removed, and again last week', '2026-06-23', [], true],
  ])(
    `through all questions, from a git repository that adds it %s${git.why}`,
    async (_, date, unused, twice = false) => {
      const day = (text: string): number => dayNumber(text) - dayNumber('2026-01-01');
      const file = 'packages.nix';
      const without = { [file]: packages('jq') };
      const steps = [
        { message: 'begin', files: without },
        ...(twice
          ? [
              { message: 'add dust', files: { [file]: packages('jq', 'dust') }, day: 5 },
              { message: 'drop dust', files: without, day: 50 },
            ]
          : []),
        { message: 'add dust', files: { [file]: packages('jq', 'dust') }, day: day(date) },
      ];
      const gitHistory = await historyOf(repository(steps), { takenOn });
      const { outputs } = askQuestions({ ...evidence, gitHistory }, questions);
      expect(usageAlignment.parse(outputs.get('usage_alignment')).unused).toEqual(unused);
    },
  );
});
