import { describe, expect, test } from 'vitest';
import { analyzeToolChains } from '../../../generators/questions/tool-chains/analyze.ts';
import { presentToolChains } from '../../../generators/questions/tool-chains/present.ts';
import { toolChains } from '../../../generators/questions/tool-chains/schema.ts';
import { sentencesOf } from '../plain.ts';
import { busy, type Case, evidenceOfCase, type World } from '../shell-world.ts';

const all: World = {
  packages: {
    ripgrep: ['rg'],
    gnugrep: ['grep'],
    fd: ['fd'],
    findutils: ['find', 'xargs'],
    bat: ['bat'],
    procps: ['ps', 'pgrep'],
    jq: ['jq'],
  },
};

function without(name: string): World {
  return { packages: Object.fromEntries(Object.entries(all.packages ?? {}).filter(([id]) => id !== name)) };
}

/** A sentence, cases in which it is true, cases in which it would be false. */
const rows: [sentence: string, appears: Record<string, Case>, absent: Record<string, Case>][] = [
  [
    'You often run `fd` then `bat`.',
    {
      'over days': { lines: [...busy, ['fd x% ;; bat y%', 9]] },
      'behind wrappers': { lines: [...busy, ['sudo fd x% ;; time bat y%', 9]] },
    },
    {
      'twice is not often': { lines: [...busy, ['fd x% ;; bat y%', 2]] },
      'all on one day': { lines: [['fd x% ;; bat y%', 9]], days: 0.4 },
      'in the other order': { lines: [...busy, ['bat y% ;; fd x%', 9]] },
      'only mentioned': { lines: [...busy, ['fd x% ;; echo bat y%', 9]] },
      'minutes lie between': { lines: [...busy, ['fd x%', 12], ['bat y%', 12]] },
      'everything follows everything': {
        lines: [
          ['fd x% ;; bat y%', 12],
          ['bat x% ;; fd y%', 12],
          ['fd z% ;; make y%', 12],
          ['make x% ;; fd w%', 12],
          ['bat z% ;; make z%', 12],
          ['make w% ;; bat w%', 12],
        ],
      },
      'two terminals side by side, in one history': { lines: [...busy, ['fd x% ;; bat y% ;; fd z% ;; bat w%', 9]] },
      'both are used much more': {
        lines: [
          ['fd x% ;; bat y%', 5],
          ['fd a%', 200],
          ['bat b%', 200],
        ],
      },
    },
  ],
  [
    'Instead of `cat file | grep pattern`, use `rg pattern file` directly.',
    {
      'with an option': { world: all, lines: [['cat f% | grep -i x', 6]] },
      'further stages follow': { world: all, lines: [['cat f% | grep -v x | wc -l', 6]] },
      'the file is a quoted variable': { world: all, lines: [['cat "$f%" | grep x', 6]] },
    },
    {
      'rg is not installed': { world: without('ripgrep'), lines: [['cat f% | grep -i x', 6]] },
      'there are several files': { world: all, lines: [['cat f% g | grep -i x', 6]] },
      'the file is a pattern': { world: all, lines: [['cat f%*.log | grep x', 6]] },
      'grep has a file of its own': { world: all, lines: [['cat f% | grep x g', 6]] },
      'grep shows the lines around': { world: all, lines: [['cat f% | grep -A 3 x', 6]] },
      'the pattern is a Perl expression': { world: all, lines: [['cat f% | grep -P x', 6]] },
      'cat reads its own input': { world: all, lines: [['cat - | grep x%', 6]] },
      'cat changes the text': { world: all, lines: [['cat -A f% | grep -i x', 6]] },
      'it was done once': { world: all, lines: [['cat f% | grep -i x', 1]] },
      'it is quoted': { world: all, lines: [["echo 'cat f% | grep -i x'", 6]] },
      'sudo reads the file': { world: all, lines: [['sudo cat f% | grep -i x', 6]] },
    },
  ],
  [
    'You use `find | grep` often. Consider `fd | rg pattern`: both are installed.',
    {
      'with a type': { world: all, lines: [['find . -type f | grep x%', 8]] },
      'with a folder and a type': { world: all, lines: [['find src -type f | grep x%', 6]] },
      'with several stages': { world: all, lines: [['find . | grep x% | head', 6]] },
    },
    {
      'fd is not installed': { world: without('fd'), lines: [['find . -type f | grep x%', 8]] },
      'rg is not installed': { world: without('ripgrep'), lines: [['find . | grep x%', 6]] },
      'fd cannot do what find does': { world: all, lines: [['find . -newer f -perm 600 | grep x%', 8]] },
      'find deletes': { world: all, lines: [['find . -name x% -delete | grep y', 6]] },
      'find executes': { world: all, lines: [['find . -exec cat {} + | grep y%', 6]] },
      'several folders': { world: all, lines: [['find a b | grep y%', 6]] },
      'grep is recursive': { world: all, lines: [['find . | grep -r y%', 6]] },
      'it was done twice': { world: all, lines: [['find . -type f | grep x%', 2]] },
    },
  ],
  [
    'You use `find -name` often. Consider `fd -g pattern`: it is installed.',
    { 'in a folder': { world: all, lines: [['find . -name x%', 6]] } },
    { 'fd is not installed': { world: without('fd'), lines: [['find . -name x%', 6]] } },
  ],
  [
    'You use `grep -r` often. Consider `rg pattern dir`: it is installed.',
    { 'in a folder': { world: all, lines: [['grep -r x% .', 6]] } },
    { 'rg is not installed': { world: without('ripgrep'), lines: [['grep -r x% .', 6]] } },
  ],
  [
    'Instead of `ps | grep pattern`, use `pgrep -af pattern` directly.',
    { 'of all processes': { world: all, lines: [['ps aux | grep x%', 6]] } },
    { 'pgrep is not installed': { world: without('procps'), lines: [['ps aux | grep x%', 6]] } },
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
];

async function sentences(one: Case): Promise<string[]> {
  const evidence = await evidenceOfCase(one);
  return sentencesOf(presentToolChains(toolChains.parse(analyzeToolChains(evidence)), evidence));
}

describe.each(rows)('%s', (sentence, appears, absent) => {
  test.each(Object.entries(appears))('appears: %s', async (_, one) => {
    expect(await sentences(one)).toContain(sentence);
  });
  test.each(Object.entries(absent))('does not appear: %s', async (_, one) => {
    expect(await sentences(one)).not.toContain(sentence);
  });
});

test('what fd and rg do otherwise is in the file', async () => {
  const { substitutions } = analyzeToolChains(
    await evidenceOfCase({
      world: all,
      lines: [
        ['find . -name x%', 30],
        ['grep -r x% .', 30],
      ],
    }),
  );
  expect(substitutions.map(({ habit, differences }) => [habit, differences])).toEqual([
    ['find -name PATTERN', ['skips hidden and ignored files', 'smart case']],
    ['grep -r PATTERN', ['skips hidden and ignored files']],
  ]);
});

test('a part of a longer workflow is not listed again', async () => {
  const lines = [...busy, ['fd x% ;; rg y% ;; bat z%', 9]] as const;
  const found = await sentences({ world: all, lines });
  expect(found.filter((sentence) => sentence.startsWith('You often run'))).toEqual([
    'You often run `fd` then `rg` then `bat`.',
  ]);
});
