import * as z from 'zod';
import { packageId } from '../../evidence/common.ts';

const indexes = z.array(z.int().nonnegative()).describe('store paths, as indexes into `names`');

/** `closure_graph.json`: the references between store paths, for `nixos-intelligence why` and `cost`. */
export const closureGraph = z.strictObject({
  schemaVersion: z.literal(1),
  names: z.array(z.string().min(1)).describe('of every store path, without its hash: `gcc-14.3.0-lib`'),
  sizes: z.array(z.int().nonnegative()).describe('bytes of each store path alone'),
  references: z.array(indexes).describe('of each store path'),
  packages: z.array(z.strictObject({ id: packageId, outputs: indexes })).describe('declared packages, sorted by id'),
  options: z
    .array(z.strictObject({ option: z.string(), storePaths: indexes }))
    .describe(
      'enabled options, sorted by name; store paths that an option has only by adding a package belong to the package',
    ),
  base: indexes.describe('packages of the base system'),
});

export type ClosureGraph = z.infer<typeof closureGraph>;
