import * as z from 'zod';
import { commandName, day, packageId } from '../../evidence/common.ts';
import { usesByMonth } from '../../evidence/shell-history.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();

const toolUse = z.strictObject({
  package: packageId,
  commands: z.array(commandName).describe('the commands of the package that were used, most used first'),
  uses: count.describe('a lower bound: fish stores each line once however often it is used'),
  counted: count
    .nullable()
    .describe('uses in the source that records every use (`countedBy`); null: there is none, only `uses` is known'),
  rank: z.int().positive().nullable().describe('among the declared packages, by uses; null: no use'),
  recent: count.describe('in the 90 days up to `takenOn`'),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  months: usesByMonth.describe(
    'days with a use by month; of several commands the most in each month, so that no day counts twice',
  ),
  asFilter: count.describe('uses with input from a pipe'),
  subcommands: z.array(z.strictObject({ name: z.string(), uses: count })).describe('the ten most used'),
});

const unused = z.strictObject({
  package: packageId,
  removable: z
    .boolean()
    .describe('true: the files of the flake name it nowhere else, and no other package refers to it'),
  commands: z.array(commandName),
  since: day.describe('first day that counts: the start of the window, or the day of the installation if later'),
  days: count.describe('from `since` to `takenOn`'),
  installed: z
    .enum(['on that day', 'by that day'])
    .nullable()
    .describe(
      'the meaning of `since`: the day of the installation; the start of the git history, so that the tool may be older; null: the start of the window',
    ),
});

const origin = z.enum([
  'nix-shell',
  'nix run',
  'nix profile',
  'home folder',
  'language installer',
  'other folder',
  'not on PATH',
]);

const countSource = z
  .enum(['recorder', 'histories'])
  .describe('the source of the counts: the recorder of `capture.enable`, or dated histories that store every use');

const preference = z.strictObject({
  purpose: z.string().describe('as in "when searching files"'),
  preferred: commandName,
  uses: count,
  over: z.array(z.strictObject({ command: commandName, uses: count })).min(1),
  roles: z
    .array(z.enum(['alone', 'feeds', 'filters']))
    .describe('uses that were compared: alone: nothing piped in or out; feeds: output piped; filters: input piped'),
  source: countSource,
});

export const usageInsight = z.discriminatedUnion('kind', [
  preference.omit({ roles: true, source: true }).extend({ kind: z.literal('preference'), evidence }),
  z.strictObject({
    kind: z.literal('not declared'),
    command: commandName,
    uses: count.describe('`nix run` included'),
    from: origin.exclude(['not on PATH']),
    evidence,
  }),
  unused.extend({ kind: z.literal('unused'), evidence }),
]);

/** `usage_alignment.json`: what is installed against what is used. */
export const usageAlignment = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  window: z.strictObject({
    from: day.nullable().describe('start of the history of the login shell, as far as it has no known gap'),
    to: day,
    days: count,
    lines: count,
    sources: z.array(z.string()),
    enough: z.boolean().describe('whether the history shows which tools are not used'),
    why: z
      .enum([
        'a history could not be read',
        'no history of the login shell',
        'no times',
        'too few days',
        'too few lines',
        'ends too early',
        'not understood',
      ])
      .nullable()
      .describe(
        'why not; too few: under 30 days, under 200 lines; ends too early: over 30 days before `takenOn`; not understood: over a tenth of the lines',
      ),
    counts: z
      .enum(['every use', 'at least'])
      .describe('at least: fish stores each line once however often it is used, so the true counts are higher'),
  }),
  countedBy: countSource.nullable().describe('the source of `counted`; null: nothing records every use'),
  tools: z.array(toolUse).describe('declared packages with commands, by rank, then those without a use'),
  unused: z
    .array(unused)
    .describe(
      'tools for the prompt that were never typed while they were installed within the window, and without another known use',
    ),
  notDeclared: z
    .array(
      z.strictObject({
        command: commandName,
        uses: count,
        days: count,
        lastDay: day.nullable(),
        from: origin.describe(
          'its origin according to the evidence; not on PATH: from the shell of a project, or removed since',
        ),
        fetched: z.strictObject({ nixShell: count, nixRun: count }),
      }),
    )
    .describe('used commands of no package of the configuration'),
  preferences: z.array(preference),
  insights: z.array(usageInsight),
});

export type UsageAlignment = z.infer<typeof usageAlignment>;
export type UsageInsight = z.infer<typeof usageInsight>;
export type CountSource = z.infer<typeof countSource>;
export type ToolUse = z.infer<typeof toolUse>;
