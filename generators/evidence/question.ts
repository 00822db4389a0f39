import type * as z from 'zod';
import type { Contribution } from '../content.ts';
import { type Evidence, type EvidenceName, type EvidenceWith, hasEvidence } from './evidence.ts';

/** The outputs of the questions asked before, by their schema. */
export interface EarlierOutputs {
  /** undefined: that question had no evidence, or failed. */
  get<Output>(schema: z.ZodType<Output>): Output | undefined;
}

/** One question: its output file, the evidence it needs, the answer, and what an agent reads of the answer. */
interface Definition<Needed extends EvidenceName, Output> {
  /** The output file is `intelligence/<file>.json`. */
  file: string;
  title: string;
  schema: z.ZodType<Output>;
  /** Without this evidence no file is written, and the manifest says why. */
  needs: readonly Needed[];
  /** Only look-ups read the file: it is not listed in CLAUDE.md, and each item of its lists is one line. */
  forLookups?: boolean;
  analyze: (evidence: EvidenceWith<Needed>, earlier: EarlierOutputs) => Output;
  present?: (output: Output, evidence: EvidenceWith<Needed>) => Contribution;
  /** Further text files for the output folder, by path: `CLAUDE-USER-POLICIES.md`. */
  documents?: (output: Output, evidence: EvidenceWith<Needed>) => Readonly<Record<string, string>>;
}

/** The answer to a question: the content of its output file, its part of CLAUDE.md, further files by path. */
export interface Answer {
  output: unknown;
  contribution: Contribution;
  documents: Readonly<Record<string, string>>;
}

/** A question for the list of questions, whose outputs are of many types. */
export interface Question {
  file: string;
  title: string;
  schema: z.ZodType;
  needs: readonly EvidenceName[];
  forLookups: boolean;
  /** undefined: evidence that the question needs is missing. */
  answer: (evidence: Evidence, earlier: EarlierOutputs) => Answer | undefined;
}

/** Checks the types of one question, and hides the type of its output. */
export function defineQuestion<const Needed extends EvidenceName, Output>(
  definition: Definition<Needed, Output>,
): Question {
  const { file, title, schema, needs, forLookups = false, analyze, present, documents } = definition;
  return {
    file,
    title,
    schema,
    needs,
    forLookups,
    answer(evidence, earlier) {
      if (!hasEvidence(evidence, needs)) return undefined;
      const output = analyze(evidence, earlier);
      return {
        output,
        contribution: present?.(output, evidence) ?? {},
        documents: documents?.(output, evidence) ?? {},
      };
    },
  };
}

/** Outputs by the schema of their question, as questions read them. */
export function earlierOutputs(outputs: ReadonlyMap<z.ZodType, unknown>): EarlierOutputs {
  return {
    // biome-ignore lint/plugin: the output of a question is stored below the schema that fixes its type.
    get: <Output>(schema: z.ZodType<Output>) => outputs.get(schema) as Output | undefined,
  };
}
