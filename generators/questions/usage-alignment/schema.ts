import { z } from 'zod';
import { commandName, day, packageId } from '../../evidence/common.ts';

const count = z.int().nonnegative();

/** A sentence of an analysis of the shell history, with what it rests on. */
export const usageInsight = z.strictObject({
  kind: z.string(),
  text: z.string().describe('a sentence with exact figures'),
  packages: z.array(packageId),
  commands: z.array(z.string()),
  evidence: z.array(z.string()).describe('counts, windows, declarations'),
});

export const toolUse = z.strictObject({
  package: packageId,
  commands: z.array(commandName).describe('those of its commands that were used, most used first'),
  uses: count,
  rank: z.int().positive().nullable().describe('among the declared packages, by uses; null: no use'),
  recent: count.describe('in the 90 days up to `takenOn`'),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  asFilter: count.describe('of the uses, behind a pipe'),
  subcommands: z.array(z.strictObject({ name: z.string(), uses: count })).describe('the ten most used'),
});

/** `usage_alignment.json`: what is installed against what is used. */
export const usageAlignment = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  window: z.strictObject({
    from: day.nullable().describe('since when the history of the login shell goes back without a gap that is known'),
    to: day,
    days: count,
    lines: count,
    sources: z.array(z.string()),
    enough: z.boolean().describe('whether the history says something about what is not used'),
    why: z.string().nullable().describe('why it does not'),
    counts: z
      .enum(['every use', 'at least'])
      .describe('at least: fish keeps a line once however often it is used, so that real counts are higher'),
  }),
  tools: z.array(toolUse).describe('declared packages with commands, by rank, then those without a use'),
  unused: z
    .array(
      z.strictObject({
        package: packageId,
        commands: z.array(commandName),
        since: day.describe('judged from here on: the start of the window, or where it came later its own'),
        days: count.describe('from `since` to `takenOn`'),
        came: z
          .enum(['on that day', 'by that day'])
          .nullable()
          .describe('where `since` is its own; by: the git history begins there, it may be older; null: the window’s'),
      }),
    )
    .describe('tools that a person would type and nobody did, in the part of the window in which they were installed'),
  notDeclared: z
    .array(
      z.strictObject({
        command: commandName,
        uses: count,
        days: count,
        lastDay: day.nullable(),
        from: z
          .enum([
            'nix-shell',
            'nix run',
            'nix profile',
            'home folder',
            'language installer',
            'other folder',
            'not on PATH',
          ])
          .describe('where it came from, as far as the evidence says; not on PATH: a project’s shell, or gone since'),
        fetched: z.strictObject({ nixShell: count, nixRun: count }),
      }),
    )
    .describe('used, and in no package of the configuration'),
  preferences: z.array(
    z.strictObject({
      purpose: z.string(),
      preferred: commandName,
      uses: count,
      over: z.array(z.strictObject({ command: commandName, uses: count })).min(1),
      counted: z.string().describe('which uses were compared'),
    }),
  ),
  insights: z.array(usageInsight),
});

export type UsageAlignment = z.infer<typeof usageAlignment>;
export type UsageInsight = z.infer<typeof usageInsight>;
export type ToolUse = z.infer<typeof toolUse>;
