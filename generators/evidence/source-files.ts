import * as z from 'zod';
import { sourceFile } from './common.ts';

/** A list of packages as it is written in a file. */
const packageList = z.strictObject({
  option: z.string().describe('`environment.systemPackages`, `home.packages`'),
  first: z.int().positive().describe('the line of its `[`'),
  lastElement: z.int().positive().describe('the line of its last element; of its `[` where it is empty'),
  last: z.int().positive().describe('the line of its `]`'),
});

/** The `.nix` files of the configuration, from their source text: `sources.json`, assembled in the build. */
export const sourceFiles = z.strictObject({
  schemaVersion: z.literal(1),
  files: z.array(
    z.strictObject({
      file: sourceFile,
      bytes: z.int().nonnegative(),
      hash: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .describe('the first 16 digits of the SHA-256 of its text: whether it changed since'),
      generated: z.boolean().describe('its first lines say that it is generated or must not be edited'),
      hosts: z.array(z.string()).describe('configurations of the flake that import it, as far as paths show'),
      lists: z.array(packageList).describe('lists of packages that are written out'),
    }),
  ),
});

export type SourceFiles = z.infer<typeof sourceFiles>;
