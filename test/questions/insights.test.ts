import { expect, test } from 'vitest';
import { askQuestions } from '../../generators/output/ask-questions.ts';
import { questions } from '../../generators/output/questions.ts';
import { historyOf, packages, repository } from '../snapshot/git/repositories.ts';
import { busy, evidenceOfCase, recorded, takenOn } from './shell-world.ts';

/** Evidence that gives every question an insight of nearly every kind. */
async function richEvidence() {
  const evidence = await evidenceOfCase({
    world: { packages: { ripgrep: ['rg'], dust: ['dust'], fd: ['fd'] } },
    lines: [
      ...busy,
      ['rg x%', 80],
      ['grep y% f', 5],
      ['nix run nixpkgs#jq -- .a%', 60],
      ['fd x% ;; bat y%', 9],
      ['cat f% | grep x', 6],
      ['find . -name x%', 6],
    ],
    recorded:
      recorded('rg', '', 0, 80, 40) +
      recorded('grep', '', 0, 5, 40) +
      recorded('docker', 'ps', 1, 5) +
      recorded('sha256sum', '', 1, 40) +
      recorded('sha256sum', '', 0, 60),
  });
  const steps = [
    { message: 'begin', files: { 'packages.nix': packages('grep', 'gedit') } },
    {
      message: 'switch from grep to ripgrep for faster search',
      files: { 'packages.nix': packages('ripgrep # fast', 'gedit') },
      day: 5,
    },
    { message: 'remove gedit, it is slow', files: { 'packages.nix': packages('ripgrep # fast') }, day: 9 },
  ];
  return { ...evidence, gitHistory: await historyOf(repository(steps), { takenOn }) };
}

type Row = Readonly<Record<string, unknown>>;

/** Keys that name what a row is of. */
const names = ['command', 'package', 'name', 'steps', 'habit', 'preferred', 'to', 'band'];

test('every insight points to the rows that it rests on, and is not prose', async () => {
  const { outputs } = askQuestions(await richEvidence(), questions);
  const kinds = new Set<unknown>();
  for (const file of ['package_evolution', 'usage_alignment', 'tool_chains', 'failure_patterns']) {
    const output = JSON.parse(JSON.stringify(outputs.get(file)));
    for (const insight of output.insights) {
      kinds.add(insight.kind);
      expect(insight.text).toBeUndefined();
      for (const pointer of insight.evidence) {
        const row = resolve(output, pointer);
        const shared = names.filter((name) => name in insight && name in row);
        expect(shared, `${file}.json${pointer}`).not.toEqual([]);
        for (const name of shared) expect(row[name]).toEqual(insight[name]);
      }
    }
  }
  expect([...kinds].sort()).toEqual([
    'installation',
    'nearly always fails',
    'not declared',
    'often fails',
    'preference',
    'removal',
    'replacement',
    'stability',
    'substitution',
    'unused',
    'workflow',
  ]);
});

function resolve(output: Row, pointer: string): Row {
  let value: unknown = output;
  for (const part of pointer.split('/').slice(1)) value = (value as Row | undefined)?.[part];
  return value as Row;
}
