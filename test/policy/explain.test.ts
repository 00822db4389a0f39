import { expect, test } from 'vitest';
import { readCallTable, toCall } from '../../generators/policy/call-table.ts';
import { explain } from '../../generators/policy/explain.ts';
import { explainText } from '../../generators/policy/explain-text.ts';
import { countedOutcomes } from '../../generators/policy/outcomes.ts';
import { allDefaults } from './policies.ts';
import { tableWorld } from './table.ts';

const explained = (text: string) => explain(toCall(text), allDefaults, tableWorld);

test('each command with what it reads, writes, removes and runs', () => {
  const { decision, rule, commands } = explained('cd src && sudo sh -c "cat a > b; rm -rf ~" | xargs -n1 rm c');
  expect({ decision, rule }).toEqual({ decision: 'ask', rule: 'destructive' });
  expect(
    commands.map(({ words, folder, reads, writes, removes, runs }) =>
      [words.join(' '), folder, ...[reads, writes, removes, runs].map((list) => list.join(','))].join(' | '),
    ),
  ).toMatchInlineSnapshot(`
    [
      "cd src | /home/ann/app |  |  |  | ",
      "sudo sh -c cat a > b; rm -rf ~ | /home/ann/app/src |  |  |  | sh -c cat a > b; rm -rf ~",
      "sh -c cat a > b; rm -rf ~ | /home/ann/app/src |  |  |  | cat a,rm -rf /home/ann",
      "cat a | /home/ann/app/src | a | b |  | ",
      "rm -rf /home/ann | /home/ann/app/src |  |  | ~ | ",
      "xargs -n1 rm c | /home/ann/app/src |  |  |  | rm c",
      "rm c | /home/ann/app/src |  |  | c | ",
    ]
  `);
});

test('for a reader', () => {
  expect(explainText(explained('cat .env | wc -l; FOO=x $BAR'))).toMatchInlineSnapshot(`
    "1. cat .env
        in       /home/ann/app
        reads    .env
    2. wc -l
        in       /home/ann/app
    3. …
        in       /home/ann/app

    ask, by the rule \`unclear\`
        Cannot tell which program \`$BAR\` runs. Write its name.
    "
  `);
  expect(explainText(explained('Read {"file_path":"/home/ann/.netrc"}'))).toMatchInlineSnapshot(`
    "read: /home/ann/.netrc

    block, by the rule \`secrets\`
        \`/home/ann/.netrc\` is a file of passwords: its content must not enter this conversation. Ask for the names of its keys, or use the program that reads it.
    "
  `);
  expect(explainText(explained('git status'))).toMatchInlineSnapshot(`
    "1. git status
        in       /home/ann/app

    No rule matches: the client decides as without the hook.
    "
  `);
});

test('outcomes by rule and decision; damaged lines are left out', () => {
  const lines = [
    { day: '2026-11-01', rule: 'secrets', decision: 'block' },
    { day: '2026-11-05', rule: 'secrets', decision: 'block' },
    { day: '2026-11-03', rule: 'destructive', decision: 'ask' },
  ].map((one) => JSON.stringify(one));
  const text = `${lines.join('\n')}\n{"day":1}\n{"day":"2026-11-0`;
  expect(countedOutcomes(text, '')).toEqual([
    { rule: 'secrets', decision: 'block', count: 2, first: '2026-11-01', last: '2026-11-05' },
    { rule: 'destructive', decision: 'ask', count: 1, first: '2026-11-03', last: '2026-11-03' },
  ]);
  expect(countedOutcomes(text, '2026-11-04')).toMatchObject([{ rule: 'secrets', count: 1 }]);
});

test('a line that is no row names its place', () => {
  expect(() => readCallTable('# a\nblock | x | y\nallow | x | y', 'calls.txt')).toThrow('`calls.txt:3`');
});
