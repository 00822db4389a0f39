import { z } from 'zod';
import { commandName, day } from '../../evidence/common.ts';
import { usageInsight } from '../usage-alignment/schema.ts';

const count = z.int().nonnegative();

export const failureRow = z.strictObject({
  command: commandName,
  subcommand: z.string().nullable().describe('null: all uses without a known subcommand'),
  attempts: count,
  failures: count,
  rate: z.number().min(0).max(1).describe('failures / attempts, three decimals'),
  notFound: count,
  permission: count,
  interrupted: count,
  piped: count.describe('of the attempts, as last stage of a pipeline: the status of a pipeline is its last stage’s'),
  recent: z.strictObject({ attempts: count, failures: count }).describe('in the 30 days up to `takenOn`'),
  earlier: z.strictObject({ attempts: count, failures: count }),
  lastFailure: day.nullable(),
});

/** `failure_patterns.json`: what fails, how often, and why where the evidence says so. */
export const failurePatterns = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  sources: z.array(z.string()).describe('what knows exit statuses; empty: nothing here does'),
  missing: z.string().nullable().describe('why nothing is known, where nothing is'),
  from: day.nullable(),
  to: day.nullable(),
  lines: count.describe('lines with a known status'),
  undecided: count.describe('of those, lists and loops whose status does not tell which command it was'),
  notFoundUnknown: count.describe('names not found that are on no list'),
  commands: z.array(failureRow).describe('those with a failure, most failures first'),
  insights: z.array(usageInsight),
});

export type FailurePatterns = z.infer<typeof failurePatterns>;
export type FailureRow = z.infer<typeof failureRow>;
