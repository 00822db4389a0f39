import * as z from 'zod';
import { day, place } from '../../evidence/common.ts';
import { recommendationKinds } from './kinds.ts';

/** The rule that found a recommendation; each rule belongs to one kind. */
const rules = [
  'service is off',
  'not in the group',
  'insecure',
  'option renamed',
  'package renamed',
  'fetched',
  'installed by hand',
  'never typed',
  'declared twice',
  'needed by nothing',
  'dead alias',
  'unused input',
  'preferred',
] as const;

const evidence = z.strictObject({
  file: z.string().describe('a file of `intelligence/`, or `evaluated.json`: the evaluated configuration, an input'),
  pointer: z
    .string()
    .regex(/^(\/[^/]+)+$/)
    .describe('JSON pointer into that file'),
  source: place.optional().describe('the place in the configuration that it is about'),
});

const recommendation = z.strictObject({
  id: z.string().describe('the rule and its subject, the same after each rebuild: `never-typed:dust`'),
  kind: z.enum(recommendationKinds),
  rule: z.enum(rules),
  text: z.string().describe('one sentence with its figures, as CLAUDE.md shows it'),
  evidence: z.array(evidence).min(1),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe(
      'the lower bound of the 95 % Wilson interval of a share (never typed: weeks without a use; fetched, installed by hand: days of use that the configuration did not serve; service is off, not in the group: failed attempts; preferred: uses), else a constant of the rule',
    ),
  saves: z.int().nullable().describe('bytes that the change frees in the closure; null: not known'),
  unless: z.string().describe('what would make the recommendation wrong and no evidence shows'),
  change: z
    .string()
    .nullable()
    .describe('the command that prints the edit and its proof; null: no command can make it'),
});

/** `recommendations.json`: what to change in the configuration, with the evidence for it. */
export const recommendations = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.nullable().describe('the latest day of a snapshot; null: there is none'),
  recommendations: z.array(recommendation).describe('by kind, then the surest and the largest first'),
});

export type Recommendations = z.infer<typeof recommendations>;
export type Recommendation = z.infer<typeof recommendation>;
