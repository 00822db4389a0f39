import * as z from 'zod';
import { commandName, day, packageId } from '../../evidence/common.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();

export const failureRow = z.strictObject({
  command: commandName,
  subcommand: z.string().nullable().describe('null: all uses without a known subcommand'),
  attempts: count,
  failures: count,
  rate: z.number().min(0).max(1).describe('failures / attempts, three decimals'),
  notFound: count.describe('of the failures, exit status 127'),
  permission: count.describe('exit status 126, or failed and repeated with sudo within 60 s'),
  interrupted: count,
  piped: count.describe('attempts as the last stage of a pipeline, whose status is the status of the pipeline'),
  recent: z.strictObject({ attempts: count, failures: count }).describe('in the 30 days up to `takenOn`'),
  earlier: z.strictObject({ attempts: count, failures: count }),
  lastFailure: day.nullable(),
});

const subject = {
  command: commandName,
  package: packageId.nullable().describe('the installed package that has the command'),
  evidence,
};

const failures = count.describe('without those whose command was not found');

export const failureInsight = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('nearly always fails'),
    ...subject,
    subcommand: z.string().nullable(),
    attempts: count,
    failures,
    missingService: z
      .strictObject({ name: z.string(), options: z.array(z.string()).describe('none of them is enabled') })
      .nullable()
      .describe('the service that the command needs and that the configuration does not enable'),
    missingGroup: z
      .string()
      .nullable()
      .describe('the group whose members may use the service; the user is not one of them'),
  }),
  z.strictObject({ kind: z.literal('often fails'), ...subject, attempts: count, failures }),
  z.strictObject({ kind: z.literal('not found'), ...subject, attempts: count, notFound: count }),
  z.strictObject({ kind: z.literal('no permission'), ...subject, attempts: count, permission: count }),
]);

/** `failure_patterns.json`: which commands fail, how often, and why where the evidence shows it. */
export const failurePatterns = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  sources: z
    .array(z.string())
    .describe(
      'sources of exit statuses: atuin, nushell, `capture.enable`; empty: none (fish, bash and zsh record none)',
    ),
  from: day.nullable(),
  to: day.nullable(),
  lines: count.describe('lines with a known status'),
  undecided: count.describe('lists and loops, whose status does not show which command returned it'),
  notFoundUnknown: count.describe('commands not found whose names are not publicly known'),
  commands: z.array(failureRow).describe('commands with a failure, most failures first'),
  insights: z
    .array(failureInsight)
    .describe('failures of the commands themselves, not a failed test, a lint finding or a remote answer'),
});

export type FailurePatterns = z.infer<typeof failurePatterns>;
export type FailureRow = z.infer<typeof failureRow>;
export type FailureInsight = z.infer<typeof failureInsight>;
