import { readEvaluatedHost, sampledOptions, sampledPackages } from './evaluated-host.ts';
import { isAnswered, passages } from './judge.ts';
import { generalQuestions, snapshotQuestions } from './kinds.ts';
import type { Answer, Question } from './questions.ts';

/** Lines without which every question has the same answer, and every rule is still there. */
export interface Ablation {
  host: string;
  lines: number;
  idle: { line: string; why: string | undefined }[];
}

/**
 * Removes each line of a context file in turn. A line counts if it is a rule, or if without it a question has no answer
 * in the file: one of the fifty, or one of the same kinds about every package, option, alias and used tool of the host.
 */
export function ablate(host: string, input: string, questions: readonly Question[], context: string): Ablation {
  const all = [
    ...questions.map(({ answer }) => answer),
    ...generalQuestions,
    ...evaluatedQuestions(input),
    ...snapshotQuestions(input),
  ];
  const lines = context.split('\n');
  const texts = lines
    .map((_, index) => lines.slice(0, index + 1))
    .map((above) => passages(above.join('\n')).at(-1) ?? '');
  const isContent = (line: string): boolean => line.trim() !== '' && !line.startsWith('#');
  const content = lines.flatMap((line, index) => (isContent(line) ? [{ line, text: texts[index] as string }] : []));
  const before = content.map(({ text }) => text);
  const idle = content.filter(({ line, text }) => {
    if (text.includes('## Rules')) return false;
    const rest = before.filter((one) => one !== text);
    return !all.some((answer) => isAnswered([text], answer) && !isAnswered(rest, answer)) || line === '';
  });
  return { host, lines: content.length, idle: idle.map(({ line }) => ({ line, why: reasonFor(line) })) };
}

/** The kinds of the fifty questions, asked about every subject that the evaluated configuration has. */
function evaluatedQuestions(input: string): Answer[] {
  const evaluated = readEvaluatedHost(input);
  const commands = sampledPackages(evaluated).map(({ name, mainProgram }) => [
    ['## Tools'],
    [mainProgram ?? name, name],
  ]);
  const options = sampledOptions(evaluated).map(({ option }) => [['## Services'], [option]]);
  return [...commands, ...options];
}

/** Why a line stays that answers no question. */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^Made at every rebuild|^On PATH, by|^Enabled by the configuration|^A hook enforces/, 'states what its section is'],
  [/Look up before you write/, 'the way to every answer by look-up'],
  [/^- Files in `/, 'the way to the complete data'],
  [/^- Add a tool/, 'the place for each scope, which a rule repeats for one of them'],
  [/^- Local AI/, 'the address and the models, of which no question asks'],
  [/^- When |^- \*\*Context/, 'the same fact in the sentence and in the profile of the vision'],
  [/^\d+ more|\d+ more/, 'states that the section is cut'],
  [/^- \*\*Dependencies\*\*/, "a line of the vision's profile of a tool"],
  [/^- \*\*Recommendation\*\*/, "a line of the vision's profile of a tool"],
  [/^- \*\*/, 'one tool of a kind, which a service or an agent line names as well'],
];

function reasonFor(line: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(line))?.[1];
}
