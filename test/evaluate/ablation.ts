import { readEvaluatedHost, sampledOptions } from './evaluated-host.ts';
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
 * Removes each line of a context file in turn. A line counts if it is a rule or another instruction to the agent, or if
 * without it a question has no answer in the file: one of the fifty, or one of the same kinds about every package, option,
 * alias and used tool of the host.
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
    if (text.includes('## Rules') || instruction.test(line)) return false;
    const rest = before.filter((one) => one !== text);
    return !all.some((answer) => isAnswered([text], answer) && !isAnswered(rest, answer)) || line === '';
  });
  return { host, lines: content.length, idle: idle.map(({ line }) => ({ line, why: reasonFor(line) })) };
}

/** The kinds of the fifty questions, asked about every subject that the evaluated configuration has. */
function evaluatedQuestions(input: string): Answer[] {
  const evaluated = readEvaluatedHost(input);
  const declared = evaluated.packages.filter(({ base }) => !base);
  const commands = declared.map(({ name, mainProgram }) => [['## Tools'], [mainProgram ?? name, name]]);
  const reasons = declared.map(({ name, mainProgram }) => [
    [mainProgram ?? name, name],
    ['Purpose'],
    ['added', 'there since'],
  ]);
  const options = sampledOptions(evaluated).map(({ option }) => [['## Services'], [option]]);
  return [...commands, ...reasons, ...options];
}

/** Lines that say what to do, or what not to do. */
const instruction =
  /^- (?:Checkout .*rebuild|Edit the configuration|Add a tool|For a single use|Look up)|^Each command prints an edit|: `nixos-intelligence change [^`]*`$/;

/** Why a line stays that answers no question. */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^- Local AI/, 'the address and the models, of which no question asks'],
  [/^- \*\*(?:Dependencies|Recommendation|Context)\*\*/, "a line of the vision's profile of a tool"],
  [/^- When .* you prefer /, 'the counts of the preference, which the list of tools has without them'],
  [/^- You've tried /, 'the cause of the failures; the change that would end them is recommended in another line'],
];

function reasonFor(line: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(line))?.[1];
}
