import * as z from 'zod';
import { commandName, packageId } from './common.ts';

/** One store path of the graph: named by its file name below the store, hash included. */
const closurePath = z.strictObject({
  path: z
    .string()
    .regex(/^[^/]+$/)
    .describe('`<hash>-<name>`, without the store folder'),
  references: z.array(z.string()).describe('paths it refers to, itself left out'),
  narSize: z.int().nonnegative().describe('bytes'),
  commands: z
    .array(commandName)
    .optional()
    .describe(
      'the executables in its `bin/`, sorted; absent where there is no `bin/`. Shows which dependencies have a command that is not on PATH',
    ),
});

/**
 * The reference graph of the packages, from `exportReferencesGraph`. Store hashes are used only here: the output
 * names packages and versions.
 */
export const closure = z.strictObject({
  schemaVersion: z.literal(1),
  roots: z.record(packageId, z.array(z.string())).describe('package -> its store paths (one per installed output)'),
  services: z
    .record(z.string(), z.array(z.string()))
    .describe('enabled service option -> store paths of its packages, where known'),
  paths: z.array(closurePath),
});

export type Closure = z.infer<typeof closure>;
