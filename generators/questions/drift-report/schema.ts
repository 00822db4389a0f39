import * as z from 'zod';
import { installers, programSources } from '../../data/installers.ts';
import { commandName, day, packageId } from '../../evidence/common.ts';
import { machine } from '../../evidence/machine.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();
const source = z.enum(programSources);

export const driftInsight = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not declared'), source, commands: z.array(commandName).min(1), evidence }),
  z.strictObject({
    kind: z.literal('packages outside'),
    packages: z.array(z.strictObject({ installer: z.enum(installers), count })).min(1),
    evidence,
  }),
  z.strictObject({ kind: z.literal('hidden'), command: commandName, source, package: packageId.nullable(), evidence }),
  z.strictObject({ kind: z.literal('rolled back'), current: count, newest: count, evidence }),
]);

/** `drift_report.json`: where the machine, on the day of the snapshot, differed from the configuration. */
export const driftReport = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  manual: z
    .array(
      z.strictObject({
        command: commandName,
        source,
        declaredBy: packageId.nullable().describe('the package of the configuration that has the command too'),
        package: z.string().nullable().describe('the package of nixpkgs that would replace it; null: not known'),
        hides: z.boolean().describe('it comes first in PATH'),
      }),
    )
    .describe('programs of PATH from outside the configuration'),
  other: machine.shape.otherPrograms,
  packages: machine.shape.packages,
  versions: z
    .array(z.strictObject({ package: packageId, command: commandName, running: z.string(), declared: z.string() }))
    .describe('packages of which another version ran than this configuration has: updated since, or not yet active'),
  notRunning: z
    .array(z.strictObject({ package: packageId, command: commandName }))
    .describe('publicly known commands of the configuration that the running system did not have: added since'),
  generations: machine.shape.generations,
  insights: z.array(driftInsight),
});

export type DriftReport = z.infer<typeof driftReport>;
export type DriftInsight = z.infer<typeof driftInsight>;
