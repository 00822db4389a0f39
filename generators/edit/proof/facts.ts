import * as z from 'zod';

const storePackage = z.strictObject({ name: z.string(), path: z.string() });

/** What `facts.nix` evaluates to. */
export const facts = z.strictObject({
  drvPath: z.string().describe('of the system or of the activation package'),
  packageLists: z.record(z.string(), z.array(storePackage)).describe('by option, with its prefix for homes'),
  packages: z.record(z.string(), storePackage.nullable()).describe('attributes of `pkgs`; null: no such attribute'),
  asked: z.record(z.string(), z.string()).describe('hashes of the options that the claim names'),
  values: z
    .record(
      z.string(),
      z.strictObject({
        value: z.string().nullable().describe('hash of its value; null where the type may hold anything'),
        edited: z.string().nullable().describe('hash of its definitions in the edited files'),
        enabled: z.boolean().describe('an option `enable` that is true'),
      }),
    )
    .nullable()
    .describe('options that something defines; null where reading them ends the evaluation'),
  warnings: z.array(z.string()),
});

export type Facts = z.infer<typeof facts>;
