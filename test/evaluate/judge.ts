import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Question } from './questions.ts';

export type Verdict = 'file' | 'look-up' | 'not known' | 'unanswered' | 'wrong';

export interface Judged {
  question: Question;
  verdict: Verdict;
  /** Bytes of the look-up's answer, where one was made. */
  bytes: number;
  /** What the look-up printed. */
  output: string;
}

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Lines of Markdown, each with the headings above it. */
export function passages(text: string): string[] {
  const headings: string[] = [];
  return text.split('\n').flatMap((line) => {
    const [, marks] = /^(#+) /.exec(line) ?? [];
    if (marks !== undefined) headings.splice(marks.length - 1, headings.length, line);
    return line.trim() === '' ? [] : [[...headings, line].join('\n')];
  });
}

/** Whether one of the passages has every part of the answer. */
export function isAnswered(texts: readonly string[], answer: Answer): boolean {
  return answer !== null && texts.some((text) => answer.every((group) => group.some((part) => says(text, part))));
}

/** A part of a word is no mention: `fd` is not in `fdupes`. */
function says(text: string, part: string): boolean {
  const escaped = part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const start = /^\w/.test(part) ? '(?<![\\w-])' : '';
  const end = /\w$/.test(part) ? '(?![\\w-])' : '';
  return new RegExp(start + escaped + end, 'i').test(text);
}

/** Answers by a context file alone. */
export function judgeFile(questions: readonly Question[], context: string): Verdict[] {
  const texts = passages(context);
  return questions.map(({ answer, wrong }) => {
    if (wrong && texts.some((text) => wrong.test(text))) return 'wrong';
    return isAnswered(texts, answer) ? 'file' : 'unanswered';
  });
}

/** Answers by a context file, else by the one look-up that an agent would try over the output folder. */
export function judge(questions: readonly Question[], context: string, folder: string): Judged[] {
  const byFile = judgeFile(questions, context);
  return questions.map((question, index): Judged => {
    const verdict = byFile[index] as Verdict;
    if (verdict !== 'unanswered') return { question, verdict, bytes: 0, output: '' };
    const { output, status } = lookUp(question.lookUp, folder);
    const bytes = Buffer.byteLength(output);
    if (question.wrong?.test(output)) return { question, verdict: 'wrong', bytes, output };
    if (isAnswered([output], question.answer)) return { question, verdict: 'look-up', bytes, output };
    // The evidence has no answer: a look-up that answers nothing must say so.
    const saysSo =
      question.answer === null && (status !== 0 || /not (set|known|installed)|nothing|unknown/i.test(output));
    return { question, verdict: saysSo ? 'not known' : 'unanswered', bytes, output };
  });
}

/** Standard output and errors of a look-up, as an agent reads them. */
function lookUp(args: readonly string[], folder: string): { output: string; status: number } {
  const run = spawnSync(process.execPath, [cli, ...args, '--dir', `${folder}/intelligence`], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  });
  return { output: run.stdout + run.stderr, status: run.status ?? 1 };
}
