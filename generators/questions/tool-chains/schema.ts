import * as z from 'zod';
import { habits } from '../../data/habits.ts';
import { commandName, day } from '../../evidence/common.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();

const workflow = z.strictObject({ steps: z.array(z.string()), uses: count, days: count });

const substitution = z.strictObject({
  habit: z.enum(habits),
  uses: count,
  instead: z.string(),
  advice: z
    .enum(['use', 'consider'])
    .describe('use: the same answer with fewer commands; consider: another tool for the same job'),
  needs: z.array(commandName).describe('installed commands that the replacement runs; empty: no others than before'),
  differences: z
    .array(
      z.enum([
        'skips hidden and ignored files',
        'extended regular expressions',
        'smart case',
        'file names by -g',
        'fewer columns',
      ]),
    )
    .describe(
      'what the replacement does otherwise: fd and rg skip hidden files and those in .gitignore (-uu: none); smart case: lower-case patterns match both cases; file names by -g: names are matched by an option of their own; fewer columns: pgrep prints process number and command line only',
    ),
});

export const toolChainInsight = z.discriminatedUnion('kind', [
  workflow.extend({ kind: z.literal('workflow'), evidence }),
  substitution.omit({ differences: true }).extend({ kind: z.literal('substitution'), evidence }),
]);

/** `tool_chains.json`: which commands are used together, and what one command would do. */
export const toolChains = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  counts: z.enum(['every use', 'at least']).describe('at least: fish keeps a line once however often it is used'),
  pipelines: z.array(
    z.strictObject({ stages: z.array(z.string().nullable()), uses: count, days: count, lastDay: day.nullable() }),
  ),
  workflows: z
    .array(workflow)
    .describe('commands typed within 60 s of each other, in one session where sessions are known'),
  substitutions: z.array(substitution).describe('only with commands that the configuration installs'),
  insights: z.array(toolChainInsight),
});

export type ToolChains = z.infer<typeof toolChains>;
export type Substitution = z.infer<typeof substitution>;
export type ToolChainInsight = z.infer<typeof toolChainInsight>;
