// Measures the context: questions that it answers, lines that it would not miss, steadiness, sentences about users.
//   npm run evaluate [-- [--verbose] [PART…]]      parts: answers, ablation, steadiness, users
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ablate } from './ablation.ts';
import { answersOf, type HostAnswers } from './answers.ts';
import { steadinessOf } from './steadiness.ts';
import { table } from './table.ts';
import { makeThinkpad } from './thinkpad.ts';
import { scoreUsers } from './users.ts';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/evaluate/', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { verbose: { type: 'boolean' } } });
const wants = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

const inputs = new Map<string, string>();
for (const host of ['workstation', 'example', 'server', 'bare-home']) inputs.set(host, `${golden}${host}/input`);
if (wants('answers') || wants('ablation') || wants('steadiness')) {
  // Nix takes the working tree: made anew after each change of the generators.
  const why = await makeThinkpad(`${cache}thinkpad`);
  if (why === null) inputs.set('thinkpad', `${cache}thinkpad/input`);
  else console.log(`thinkpad: not evaluated: ${why}`);
}

const tokens = (bytes: number): number => Math.ceil(bytes / 4);
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const answers: HostAnswers[] = [];
if (wants('answers') || wants('ablation')) for (const [host, input] of inputs) answers.push(answersOf(host, input));

if (wants('answers')) {
  const rows = answers.flatMap(({ host, context, judged, others }) => {
    const count = (verdict: string): number => judged.filter((one) => one.verdict === verdict).length;
    const lookUps = judged.filter(({ verdict }) => verdict === 'look-up');
    const mean = lookUps.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, lookUps.length);
    const ours = ['CLAUDE.md', tokens(Buffer.byteLength(context)), count('file'), count('look-up'), count('not known')];
    return [
      [host, ...ours, count('unanswered'), count('wrong'), tokens(mean)],
      ...others.map(({ name, text, answered, wrong }) => {
        const size = tokens(Buffer.byteLength(text));
        return ['', name, size, answered, '', '', judged.length - answered - wrong, wrong, ''];
      }),
    ];
  });
  console.log('\nFifty questions on each host. Tokens: bytes / 4; of a look-up: the mean of its answers.\n');
  console.log(
    table(['host', 'text', 'tokens', 'file', 'look-up', 'not known', 'unanswered', 'wrong', 'tokens a look-up'], rows),
  );
  for (const { host, judged } of values.verbose ? answers : []) {
    for (const { question, verdict, output } of judged) {
      if (verdict !== 'unanswered' && verdict !== 'wrong') continue;
      console.log(`${host}: ${verdict}: ${question.ask} (${question.lookUp.join(' ')})\n${output.slice(0, 500)}`);
    }
  }
}

if (wants('ablation')) {
  const results = answers.map(({ host, context, questions }) =>
    ablate(host, inputs.get(host) as string, questions, context),
  );
  console.log('\nLines without which no answer and no rule changes.\n');
  console.log(
    table(
      ['host', 'lines', 'idle', 'share', 'not justified'],
      results.map(({ host, lines, idle }) => [
        host,
        lines,
        idle.length,
        percent(idle.length, lines),
        idle.filter(({ why }) => why === undefined).length,
      ]),
    ),
  );
  for (const { host, idle } of results)
    for (const { line, why } of idle) console.log(`${host}: ${line}\n    ${why ?? 'NOT JUSTIFIED'}`);
}

if (wants('steadiness')) {
  const results = [...inputs].map(([host, input]) => steadinessOf(host, input, 500));
  console.log('\nSmall random changes of the evidence, each alone, that change CLAUDE.md (line numbers aside).\n');
  console.log(
    table(
      ['host', 'changes', 'CLAUDE.md changed', 'share'],
      results.map(({ host, changes, changed }) => [host, changes, changed, percent(changed, changes)]),
    ),
  );
  for (const { host, examples } of values.verbose ? results : []) {
    for (const { change, removed, added } of examples) {
      console.log(
        `${host}: ${change}\n${removed.map((line) => `  - ${line}`).join('\n')}\n${added.map((line) => `  + ${line}`).join('\n')}`,
      );
    }
  }
}

if (wants('users')) {
  const { scores, traps } = await scoreUsers(`${cache}users`);
  console.log(
    '\nFifty made-up users whose histories real shells wrote: sentences of CLAUDE.md and recommendations by\nkind.\n',
  );
  console.log(
    table(
      ['kind', 'sentences', 'right', 'precision', 'expected', 'found', 'recall'],
      scores.map(({ kind, said, right, expected, found }) => [
        kind,
        said,
        right,
        said === 0 ? '' : (right / said).toFixed(3),
        expected === 0 ? '' : expected,
        expected === 0 ? '' : found,
        expected === 0 ? '' : (found / expected).toFixed(2),
      ]),
    ),
  );
  for (const { kind, mistakes, missing } of scores) {
    for (const mistake of mistakes) console.log(`${kind}: wrong: ${mistake}`);
    for (const one of missing) console.log(`${kind}: missing: ${one}`);
  }
  console.log('\nCases that must stay silent, and the number of users who have them.\n');
  console.log(
    table(
      ['case', 'users'],
      [...traps].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}
