import * as z from 'zod';
import { day } from './common.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What went into an output folder, what did not and why. */
export const manifest = z.strictObject({
  schemaVersion: z.literal(1),
  generator: z.strictObject({ name: z.literal('nixos-intelligence'), version: z.string() }),
  host: z.string().nullable().describe('host name; null for a standalone home'),
  user: z.string(),
  inputs: z
    .array(
      z.strictObject({
        file: z.string().describe('in the input folder'),
        sha256: sha256.describe(
          'of its content in a normal form: without the order of keys, and of lists whose order has no meaning',
        ),
        takenOn: day.nullable().describe('the day a snapshot was taken; null for what comes from evaluation'),
      }),
    )
    .describe('the evidence that was used'),
  missing: z
    .array(
      z.strictObject({
        file: z.string(),
        command: z.string().nullable().describe('what writes it; null: the build of the configuration'),
      }),
    )
    .describe('evidence that is missing'),
  rejected: z
    .array(z.strictObject({ file: z.string(), reason: z.string() }))
    .describe('snapshots that could not be used'),
  questions: z
    .array(
      z.strictObject({
        file: z.string().describe('the output is `intelligence/<file>.json`'),
        title: z.string(),
        status: z.enum(['written', 'no evidence', 'failed']),
        because: z.string().nullable().describe('the missing evidence, or what failed'),
      }),
    )
    .describe('every question, and whether it was answered'),
  skipped: z
    .array(z.strictObject({ what: z.string(), why: z.string() }))
    .describe('options and packages that could not be evaluated, histories that were not counted'),
  files: z.array(z.string()).describe('every file of this folder, this one included'),
});

export type Manifest = z.infer<typeof manifest>;
