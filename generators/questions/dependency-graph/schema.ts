import * as z from 'zod';
import { packageId, sourceFile } from '../../evidence/common.ts';

const bytes = z.int().nonnegative().describe('bytes');
const count = z.int().nonnegative();

/** The name of a store path without its hash: `gcc-14.3.0-lib`. */
const storeName = z.string().min(1);

const referenceChain = z.array(storeName).describe('store paths, each of which refers to the next');

const requiredBy = z
  .strictObject({
    packages: z.array(packageId).max(5).describe('declared packages, at most five, smallest closure first'),
    packageCount: count.describe('all of these packages'),
    options: z.array(z.string()).describe('enabled options'),
    base: z.boolean().describe('packages of the base system'),
  })
  .describe('what has it in its closure');

const retainerName = z.strictObject({
  kind: z.enum(['package', 'option', 'base']).describe('base: packages of the base system'),
  name: z.string().nullable().describe('package id or option; null for base'),
});

const sizes = {
  closureSize: bytes.describe('bytes of all it needs to run, itself included, as `nix path-info -S` prints it'),
  exclusiveSize: bytes.describe('bytes that nothing else needs: its removal frees them'),
  exclusivePaths: count.describe('store paths that nothing else needs'),
};

const packageCost = z.strictObject({
  id: packageId,
  name: z.string(),
  version: z.string().nullable(),
  declaredIn: z.array(sourceFile).describe("the user's files that declare it or set an option that adds it"),
  declaredDirectly: z.boolean().describe('a file names the package itself'),
  addedByOptions: z.array(z.string()).describe('enabled options that add it: `programs.git`'),
  outputs: z.array(storeName).describe('its installed outputs'),
  ...sizes,
  closurePaths: count.describe('store paths in its closure'),
  requiredBy: requiredBy.describe(
    'what else has it in its closure, documentation outputs aside, and so keeps it when it is no longer declared',
  ),
  heaviestChain: referenceChain.max(5).describe('the chain of references from it that is largest in sum; its start'),
  heaviestChainLength: count.describe('store paths in the whole chain'),
  heaviestChainSize: bytes.describe('bytes of the whole chain'),
});

const removableUnit = z.strictObject({
  kind: z.enum(['package', 'option']),
  name: z.string().describe('package id or option'),
  packages: z.array(packageId).describe('the package; for an option, the packages that only it adds'),
  ...sizes,
});

const optionCost = z.strictObject({
  option: z.string().describe('`services.openssh`, `programs.git`'),
  storePaths: z.array(storeName).describe('what it installs apart from declared packages'),
  packages: z.array(packageId).describe('declared packages that it adds, also where a file names them too'),
  ...sizes,
});

const multipleVersions = z.strictObject({
  name: z.string(),
  versions: z
    .array(z.strictObject({ storeName, size: bytes, requiredBy }))
    .min(2)
    .describe('oldest first'),
});

const commandsNotOnPath = z.strictObject({
  storeName,
  tool: z.string().describe('`gcc`'),
  commands: z.array(z.string()).min(1).describe('well-known commands that it has and that nothing puts on PATH'),
  commandsKnownFrom: z
    .enum(['bin', 'name'])
    .describe('bin: its `bin/` has them; name: the closure has no commands, and a package of this name has them'),
  requiredBy: requiredBy.describe('what has it in its closure; packages with the shortest reference chain first'),
  referenceChain: referenceChain.describe(
    'the shortest chain to it: from a declared package, else from an option, else from the base system',
  ),
});

const toolChainPart = z.strictObject({
  role: z.string().describe('`compiler`, `interpreter`'),
  name: z.string(),
  package: packageId.nullable().describe('the package on PATH; null: present only as a dependency'),
  command: z.string().describe('the command that fills the role'),
  dependencyOf: packageId.nullable().describe('the package that refers to it; null: on PATH itself'),
  referenceChain: referenceChain.describe('from `dependencyOf` to it; empty: on PATH itself'),
});

const toolChain = z.strictObject({
  id: z.string(),
  purpose: z.string().describe('`Python native modules`'),
  parts: z.array(toolChainPart).min(2),
});

const removedButPresent = z.strictObject({
  name: z.string().describe('as the configuration named it'),
  removedOn: z.iso.date(),
  commit: z.string(),
  storeName,
  size: bytes,
  retainedBy: retainerName,
  referenceChain: referenceChain.describe('the shortest chain from `retainedBy` to it'),
});

const unusedPackages = z.strictObject({
  packages: z.array(packageId).describe('not in the shell history, and required by nothing else'),
  removable: z.array(packageId).describe('of these packages, those that no option adds'),
  freedSize: bytes.describe('bytes that the removal of all `removable` packages together frees'),
  shells: z.array(z.string()).describe('the shells whose histories were read'),
  since: z.iso.date().nullable().describe('the first day that the histories cover'),
  days: count.describe('days that the histories cover'),
});

const insight = z.strictObject({
  kind: z.enum(['present-as-dependency', 'unused', 'removed-but-present']),
  text: z.string().describe('a sentence with exact figures'),
  packages: z.array(packageId),
  evidence: z.array(z.string()).describe('chains of references as `a -> b`, commits, counts'),
});

/** `dependency_graph.json`: what depends on what, what it costs, what a removal would free. */
export const dependencyGraph = z.strictObject({
  schemaVersion: z.literal(1),
  system: z.strictObject({
    size: bytes.describe('bytes of all that declared packages, options and the base system need'),
    paths: count.describe('store paths'),
    declaredPackages: count,
    exclusive: z
      .strictObject({ packagesAndOptions: bytes, base: bytes })
      .describe('bytes that exactly one package or option needs, and that only the base system needs'),
    shared: z.strictObject({ size: bytes, paths: count }).describe('what two or more of them need'),
    largestShared: z
      .array(z.strictObject({ storeName, size: bytes, packageCount: count, base: z.boolean() }))
      .max(20)
      .describe('the largest shared paths, with the number of declared packages that need each'),
    costliest: z.array(removableUnit).max(20).describe('what frees most when it is removed'),
    multipleVersions: z.array(multipleVersions).describe('packages of which the closure has several versions'),
    commandsNotOnPath: z
      .array(commandsNotOnPath)
      .describe('dependencies with well-known commands that cannot be called by name'),
  }),
  packages: z.array(packageCost).describe('declared packages, sorted by id'),
  options: z.array(optionCost).describe('enabled options that install something, sorted by name'),
  toolChains: z.array(toolChain).describe('combinations of tools that serve one purpose and are present'),
  removedButPresent: z.array(removedButPresent).nullable().describe('null: no git history'),
  unused: unusedPackages.nullable().describe('null: no shell history that is long enough'),
  insights: z.array(insight),
  incomplete: z
    .strictObject({
      packagesWithoutStorePaths: z.array(packageId).describe('declared, but not in the closure'),
      undescribedReferences: count.describe('references to paths that the closure does not describe'),
      unevaluatedPackages: count.describe('packages of the closure that the evaluation does not have; counted as base'),
      commandsKnown: z.boolean().describe('whether the closure has the commands of each path'),
    })
    .describe('what the evidence does not have'),
});

export type DependencyGraph = z.infer<typeof dependencyGraph>;
export type RequiredBy = z.infer<typeof requiredBy>;
export type RetainerName = z.infer<typeof retainerName>;
export type PackageCost = z.infer<typeof packageCost>;
export type OptionCost = z.infer<typeof optionCost>;
export type RemovableUnit = z.infer<typeof removableUnit>;
export type MultipleVersions = z.infer<typeof multipleVersions>;
export type CommandsNotOnPath = z.infer<typeof commandsNotOnPath>;
export type ToolChain = z.infer<typeof toolChain>;
export type ToolChainPart = z.infer<typeof toolChainPart>;
export type RemovedButPresent = z.infer<typeof removedButPresent>;
export type UnusedPackages = z.infer<typeof unusedPackages>;
export type DependencyInsight = z.infer<typeof insight>;
