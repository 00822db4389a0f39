import type * as z from 'zod';
import type { Contribution } from '../content.ts';
import { type Evidence, evidenceFile } from '../evidence/evidence.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { earlierOutputs, type Question } from '../evidence/question.ts';

/** The answers of all questions, in the order of the questions. */
export interface Answers {
  /** file -> output */
  outputs: Map<string, unknown>;
  contributions: { file: string; contribution: Contribution }[];
  /** path in the output folder -> text */
  documents: Map<string, string>;
  account: Manifest['questions'];
}

/**
 * Asks every question. A question is skipped if its evidence is missing or if it fails, because a defect of ours must
 * not stop a rebuild; `account` has the reason.
 */
export function askQuestions(evidence: Evidence, questions: readonly Question[]): Answers {
  const bySchema = new Map<z.ZodType, unknown>();
  const earlier = earlierOutputs(bySchema);
  const answers: Answers = { outputs: new Map(), contributions: [], documents: new Map(), account: [] };
  for (const question of questions) {
    const { file, title } = question;
    try {
      const answer = question.answer(evidence, earlier);
      if (answer === undefined) {
        answers.account.push({ file, title, status: 'no evidence', because: `no ${missingFiles(question, evidence)}` });
        continue;
      }
      bySchema.set(question.schema, answer.output);
      answers.outputs.set(file, answer.output);
      answers.contributions.push({ file, contribution: answer.contribution });
      for (const [path, text] of Object.entries(answer.documents)) answers.documents.set(path, text);
      answers.account.push({ file, title, status: 'written', because: null });
    } catch (error) {
      // Only the message: a stack has paths of the machine that builds.
      const because = error instanceof Error ? error.message : String(error);
      answers.account.push({ file, title, status: 'failed', because });
    }
  }
  return answers;
}

function missingFiles({ needs }: Question, evidence: Evidence): string {
  return needs
    .filter((name) => evidence[name] === undefined)
    .map(evidenceFile)
    .join(', ');
}
