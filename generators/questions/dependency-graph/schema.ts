import { z } from 'zod';
import { packageId, sourceFile } from '../../evidence/common.ts';

const bytes = z.int().nonnegative();
const count = z.int().nonnegative();
const node = z.int().nonnegative().describe('index into `graph`');

/** Names a store path without its hash: `gcc-14.3.0-lib`. */
const storeName = z.string().min(1);

/** How much of the closure one declared package needs, and what would go with it. */
export const packageCost = z.strictObject({
  id: packageId,
  name: z.string(),
  version: z.string().nullable(),
  declaredIn: z.array(sourceFile).describe("the user's files that declare it or set the option that brings it"),
  named: z.boolean().describe('a file names the package itself'),
  by: z.array(z.string()).describe('options that bring it, as `programs.git`'),
  roots: z.array(node).describe('its installed outputs'),
  closureSize: bytes.describe('all it needs to run, itself included; what `nix path-info -S` sums up'),
  paths: count.describe('store paths in that closure'),
  exclusiveSize: bytes.describe('what nothing else keeps: freed if this package alone were no longer declared'),
  exclusivePaths: count,
  broughtInBy: z
    .array(packageId)
    .describe('other declared packages that bring it in whole (documentation outputs aside), smallest closure first'),
  broughtInByCount: count.describe('how many there are; the list is cut'),
  keptByBase: z.boolean().describe('what the distribution adds brings it in as well'),
  keptByOptions: z.array(z.string()).describe('enabled options whose packages bring it in as well'),
  heaviestChain: z
    .array(storeName)
    .describe('the chain of references below it that is heaviest in sum, from its own path down; cut at five'),
  heaviestChainSize: bytes.describe('the whole chain'),
});

/** One thing a user can take out of the configuration: a declared package, or an option with all it brings. */
export const unitCost = z.strictObject({
  kind: z.enum(['package', 'option']),
  name: z.string().describe('package id or option name'),
  packages: z.array(packageId).describe('for an option: the packages that only it declares'),
  closureSize: bytes,
  exclusiveSize: bytes,
  exclusivePaths: count,
});

export const optionCost = z.strictObject({
  option: z.string().describe('`services.openssh`, `programs.git`'),
  roots: z.array(node).describe("its services' store paths"),
  packages: z.array(packageId).describe('declared packages that it brings, also where a file names them as well'),
  closureSize: bytes,
  exclusiveSize: bytes.describe('freed if it were switched off'),
  exclusivePaths: count,
});

export const versionBringer = z.strictObject({
  storeName,
  size: bytes,
  packages: z.array(packageId).describe('declared packages with it in their closure, smallest closure first; cut'),
  packagesCount: count,
  base: z.boolean(),
  options: z.array(z.string()),
});

export const hiddenCommand = z.strictObject({
  storeName,
  name: z.string().describe('`gcc`'),
  commands: z.array(z.string()).min(1).describe('well-known commands that it offers and nothing puts on PATH'),
  readFrom: z
    .enum(['bin', 'name'])
    .describe('bin: read off its `bin/`; name: the closure came without commands, and a package of this name has them'),
  packages: z.array(packageId).describe('declared packages that bring it, shortest way first; cut'),
  packagesCount: count,
  base: z.boolean().describe('what the distribution adds brings it'),
  options: z.array(z.string()).describe('enabled options that bring it'),
  way: z
    .array(storeName)
    .describe('the shortest chain of references from the first package, else from the first option, else from base'),
});

export const toolChainPart = z.strictObject({
  role: z.string().describe('`compiler`, `interpreter`'),
  name: z.string(),
  package: packageId.nullable().describe('the declared package; null: present as a dependency only'),
  command: z.string().nullable().describe('by which it was recognised; null: by its name'),
  way: z.array(storeName).describe('where not declared: the references that bring it, from the package in `via`'),
  via: packageId.nullable(),
});

export const toolChain = z.strictObject({
  id: z.string(),
  purpose: z.string().describe('`native modules for Python`'),
  parts: z.array(toolChainPart).min(2),
});

export const dependencyInsight = z.strictObject({
  kind: z.enum(['present-as-dependency', 'unused', 'removed-but-kept']),
  text: z.string().describe('a sentence with exact figures'),
  packages: z.array(packageId),
  evidence: z.array(z.string()).describe('what it rests on: chains of references as `a -> b`, declarations, counts'),
});

export const removedButKept = z.strictObject({
  name: z.string().describe('as the configuration named it'),
  removedOn: z.iso.date(),
  commit: z.string(),
  storeName,
  size: bytes,
  package: packageId.nullable().describe('the declared package that keeps it; null: base or an option does'),
  option: z.string().nullable(),
  way: z.array(storeName).describe('the references that keep it'),
});

/** `dependency_graph.json`: what pulls what, what it costs, what would go. */
export const dependencyGraph = z.strictObject({
  schemaVersion: z.literal(1),
  system: z.strictObject({
    size: bytes.describe('everything that declared packages, options and the distribution keep'),
    paths: count,
    declaredPackages: count,
    exclusive: z.strictObject({ packagesAndOptions: bytes, base: bytes }).describe('each kept by exactly one of them'),
    shared: z.strictObject({ size: bytes, paths: count }).describe('kept by two or more: size minus `exclusive`'),
    sharedCore: z
      .array(z.strictObject({ storeName, size: bytes, packages: count, base: z.boolean() }))
      .describe('the largest shared paths, with how many declared packages need each'),
    costliest: z.array(unitCost).max(20).describe('by exclusive size'),
    sideBySide: z
      .array(z.strictObject({ name: z.string(), versions: z.array(versionBringer).min(2) }))
      .describe('several versions of one package in the closure'),
    hiddenCommands: z.array(hiddenCommand),
  }),
  packages: z.array(packageCost).describe('declared packages, sorted by id'),
  options: z.array(optionCost).describe('enabled options that keep store paths, sorted by name'),
  toolChains: z.array(toolChain),
  removedButKept: z.array(removedButKept).nullable().describe('null: no git history'),
  insights: z.array(dependencyInsight),
  incomplete: z
    .strictObject({
      packagesWithoutPaths: z.array(packageId).describe('declared, but not in the closure that was read'),
      unknownReferences: count.describe('references to paths that the closure does not describe'),
      unknownRoots: count.describe('packages of the closure that the evaluation does not know, counted like base'),
      commandsRead: z.boolean().describe('whether the closure says which path offers which commands'),
    })
    .describe('what the evidence does not tell'),
  graph: z
    .strictObject({
      names: z.string().describe('names of the store paths, in order, parted by one blank'),
      sizes: z.string().describe('bytes of each'),
      references: z
        .string()
        .describe('for each: how many references, then the sorted indexes, each as its distance from the one before'),
      base: z.string().describe('the paths the distribution adds: how many, then as `references`'),
    })
    .describe(
      'every reference, for `nixos-intelligence why`. Numbers are unsigned VLQ in base 64, as in source maps but without a sign bit: six bits a character, the highest says that more follow, least significant first',
    ),
});

export type DependencyGraph = z.infer<typeof dependencyGraph>;
export type PackageCost = z.infer<typeof packageCost>;
export type OptionCost = z.infer<typeof optionCost>;
export type UnitCost = z.infer<typeof unitCost>;
export type HiddenCommand = z.infer<typeof hiddenCommand>;
export type ToolChain = z.infer<typeof toolChain>;
export type ToolChainPart = z.infer<typeof toolChainPart>;
export type DependencyInsight = z.infer<typeof dependencyInsight>;
export type RemovedButKept = z.infer<typeof removedButKept>;
