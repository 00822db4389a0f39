import * as z from 'zod';
import { commandName, packageId } from './common.ts';

/** What each package puts on PATH, read off the `bin/` of its installed outputs. */
export const commands = z.strictObject({
  schemaVersion: z.literal(1),
  packages: z.record(packageId, z.array(commandName)).describe('sorted; an empty list: the package has no command'),
  graphical: z
    .array(packageId)
    .optional()
    .describe(
      'packages with a desktop entry (`share/applications/*.desktop` without `Terminal=true` or `NoDisplay=true`): programs with windows, not for an agent to run. Absent: not looked for',
    ),
  available: z
    .array(commandName)
    .optional()
    .describe(
      'programs of the machine snapshot for which nixpkgs has a package of the same name. Absent: not looked for',
    ),
});

export type Commands = z.infer<typeof commands>;
