import * as z from 'zod';
import { installers, programSources } from '../data/installers.ts';
import { commandName, day, month } from './common.ts';

const count = z.int().nonnegative();

/** What the running machine has beside the configuration: publicly known or declared names, counts, months. */
export const machine = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  programs: z
    .array(
      z.strictObject({
        name: commandName,
        source: z.enum(programSources),
        hides: z.boolean().describe('true: a program of the configuration of the same name comes later in PATH'),
      }),
    )
    .describe('programs of PATH that come from no declared package and whose names are publicly known or declared'),
  otherPrograms: z
    .array(z.strictObject({ source: z.enum(programSources), count }))
    .describe('further programs by source: their names are neither declared nor publicly known'),
  packages: z.array(z.strictObject({ installer: z.enum(installers), count: z.int().positive() })),
  running: z
    .array(z.strictObject({ command: commandName, version: z.string().max(60).nullable() }))
    .nullable()
    .describe(
      'publicly known commands in the profiles of system and user, with the version of their package; null: no Nix profile',
    ),
  generations: z.strictObject({
    current: count.nullable(),
    newest: count.nullable(),
    byMonth: z
      .array(z.strictObject({ month, count }))
      .describe('generations that still exist, of the system, else of the home'),
  }),
});

export type Machine = z.infer<typeof machine>;
