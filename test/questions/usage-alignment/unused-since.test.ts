import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../generators/days.ts';
import { type EarlierOutputs, earlierOutputs } from '../../../generators/evidence/question.ts';
import { askQuestions } from '../../../generators/output/ask-questions.ts';
import { questions } from '../../../generators/output/questions.ts';
import { packageEvolution } from '../../../generators/questions/package-evolution/schema.ts';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { requires } from '../../requires.ts';
import { historyOf, packages, repository } from '../../snapshot/git/repositories.ts';
import { evidenceOf, fishText, takenOn } from '../shell-world.ts';

// A hundred days of history in which nobody types dust.
const history = fishText([
  ['vim f%', 150],
  ['make t%', 100],
]);
const dust = { packages: { dust: ['dust'] } };

/** What is said of dust, which came on a day; from then on the git history is here, or before it too. */
async function said(date: string, atLeast = false) {
  const evidence = await evidenceOf(dust, history);
  const came = { id: 'dust', since: { date, commit: 'c'.repeat(40), atLeast } };
  return saidWith(evidence, earlierOutputs(new Map([[packageEvolution, { packages: [came] }]])));
}

function saidWith(evidence: Awaited<ReturnType<typeof evidenceOf>>, earlier?: EarlierOutputs) {
  const output = usageAlignment.parse(analyzeUsageAlignment(evidence, earlier));
  const { tools, sections } = presentUsageAlignment(output, evidence);
  return {
    sentences: output.insights.map(({ text }) => text),
    evidence: output.insights.flatMap((one) => one.evidence),
    note: tools?.get('dust')?.map(({ text }) => text) ?? [],
    items: (sections ?? []).flatMap(({ items }) =>
      items.map((item) => item.map((part) => (typeof part === 'string' ? part : Object.values(part)[0])).join('')),
    ),
  };
}

const nothing = { sentences: [], evidence: [], note: [], items: [] };
const wholeWindow = 'You have `dust` installed but never use it. Consider removing.';

describe('a tool is called unused only over days on which it was there', () => {
  test('it came during the window, which is said', async () => {
    expect(await said('2026-05-31')).toEqual({
      sentences: ['You have had `dust` installed since 2026-05-31 but never use it. Consider removing.'],
      evidence: [
        'no use of dust in the shell history since 2026-05-31 (30 days)',
        'in the configuration since 2026-05-31, by its git history',
      ],
      note: ['never typed in a month of shell history'],
      items: ['Installed and never typed since 2026-03: dust (installed since 2026-05)'],
    });
  });

  test('it was there when the git history began during the window', async () => {
    const { sentences, items } = await said('2026-05-02', true);
    expect(sentences).toEqual([
      'You have had `dust` installed since 2026-05-02 at least but never use it. Consider removing.',
    ]);
    expect(items).toEqual(['Installed and never typed since 2026-03: dust (installed since 2026-05 at least)']);
  });

  test.each([
    ['it came 29 days ago', '2026-06-01', false],
    ['it came last week', '2026-06-23', false],
    ['it came on the day of the snapshot', takenOn, false],
    ['it came after the snapshot of the shell history', '2026-07-04', false],
    ['its git history begins last week', '2026-06-23', true],
  ])('nothing is said where %s', async (_, date, atLeast) => {
    expect(await said(date, atLeast)).toEqual(nothing);
  });

  test('it was there before the shell history began, or nobody knows: the whole window', async () => {
    const unknown = saidWith(await evidenceOf(dust, history));
    expect(unknown.sentences).toEqual([wholeWindow]);
    expect(await said('2024-01-01')).toEqual(unknown);
    expect(await said('2026-01-01', true)).toEqual(unknown);
  });

  const git = requires('git');
  test.skipIf(git.missing).each([
    ['before the window', '2026-01-11', [wholeWindow]],
    [
      'during the window',
      '2026-05-01',
      ['You have had `dust` installed since 2026-05-01 but never use it. Consider removing.'],
    ],
    ['last week', '2026-06-23', []],
    ['long ago, went, and again last week', '2026-06-23', [], true],
  ])(
    `through all questions, with a git repository to which it came %s${git.why}`,
    async (_, date, sentences, cameBefore = false) => {
      const day = (text: string): number => dayNumber(text) - dayNumber('2026-01-01');
      const file = 'packages.nix';
      const without = { [file]: packages('jq') };
      const steps = [
        { message: 'begin', files: without },
        ...(cameBefore
          ? [
              { message: 'add dust', files: { [file]: packages('jq', 'dust') }, day: 5 },
              { message: 'drop dust', files: without, day: 50 },
            ]
          : []),
        { message: 'add dust', files: { [file]: packages('jq', 'dust') }, day: day(date) },
      ];
      const evidence = await evidenceOf(dust, history);
      const joined = { ...evidence, gitHistory: await historyOf(repository(steps), { takenOn }) };
      const { outputs } = askQuestions(joined, questions);
      const { insights } = usageAlignment.parse(outputs.get('usage_alignment'));
      expect(insights.map(({ text }) => text)).toEqual(sentences);
    },
  );
});
