import * as z from 'zod';
import { place } from '../evidence/common.ts';

/** `context_evidence.json`: the evidence for the lines of CLAUDE.md. */
export const contextEvidence = z.strictObject({
  schemaVersion: z.literal(1),
  lines: z
    .array(
      z.strictObject({
        line: z.int().positive().describe('line of CLAUDE.md, from 1'),
        text: z.string(),
        evidence: z
          .array(
            z.strictObject({
              file: z
                .string()
                .describe('a file of `intelligence/`, or `evaluated.json`: the evaluated configuration, an input'),
              pointer: z
                .string()
                .regex(/^(\/[^/]+)+$/)
                .describe('JSON pointer into that file'),
              source: place.optional().describe('the line of the configuration that the entry is about'),
              commit: z.string().optional().describe('the commit that the entry is about'),
            }),
          )
          .describe('empty: the line is the same on every machine'),
      }),
    )
    .describe('in the order of the file, without headings'),
});

export type ContextEvidence = z.infer<typeof contextEvidence>;
