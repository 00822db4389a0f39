import * as z from 'zod';

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
            }),
          )
          .min(1),
      }),
    )
    .describe('in the order of the file; without lines that need no evidence from this machine'),
});

export type ContextEvidence = z.infer<typeof contextEvidence>;
