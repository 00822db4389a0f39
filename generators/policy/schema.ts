import { z } from 'zod';
import { commandName, sourceFile } from '../evidence/common.ts';

/** What a rule does where it matches. There is no `allow`: nothing is ever granted. */
export const ruleDecision = z
  .enum(['advise', 'ask', 'block'])
  .describe('advise: a hint beside the call; ask: the user decides; block: refused with the reason');

/** A ready-made rule's setting. */
export const ruleSetting = z.enum(['off', 'advise', 'ask', 'block']);

/** A rule of the user's own. Everything that is given must match. */
export const ownRule = z.strictObject({
  command: z.array(z.string().min(1)).nullable().describe('command names; any of them'),
  subcommand: z
    .array(z.string().min(1))
    .nullable()
    .describe('the first words after the command: `["profile" "install"]`'),
  flags: z.array(z.string().min(1)).nullable().describe('all of them present; `-rf` asks for r and f'),
  path: z
    .array(z.string().min(1))
    .nullable()
    .describe('globs; a file that is read or written, or an argument of the command'),
  tool: z.array(z.string().min(1)).nullable().describe('globs over tool names: `Write`, `mcp__github__*`'),
  decision: ruleDecision,
  reason: z.string().min(1),
  instead: z.string().min(1).nullable().describe('what to do; its first word is a command that must be installed'),
});

/** A file that the configuration writes, and where that is said. */
export const generatedFile = z.strictObject({
  target: z.string().min(1).describe('absolute, or relative to the home'),
  files: z.array(sourceFile).describe("the user's files that make it"),
  by: z.string().nullable().describe('the option, as `programs.git` or `home.file`'),
});

/** The policies as the user's options give them: `rules.json`, written by `nix/policies.nix`. */
export const policyOptions = z.strictObject({
  schemaVersion: z.literal(1),
  modernCli: ruleSetting,
  nativeCli: ruleSetting,
  declarativeInstalls: ruleSetting,
  generatedFiles: ruleSetting,
  destructive: ruleSetting,
  secrets: ruleSetting,
  keep: z.array(z.string()).describe('commands for which no replacement is advised'),
  unclear: z
    .enum(['pass', 'ask', 'block'])
    .describe('a command that cannot be understood, while an ask or block rule is active'),
  count: z.boolean().describe('count outcomes per rule and day'),
  rules: z.record(z.string(), ownRule),
  generated: z.array(generatedFile),
  rebuildCommand: z.string().nullable().default(null).describe("the user's own; null: the usual one"),
  text: z.string().nullable().describe("the user's own markdown, never parsed for meaning"),
});

/** Where an installed command comes from. */
const provided = {
  package: z.string().describe('package name'),
  file: sourceFile.nullable().describe("the user's file that declares it"),
};

export const compiledRule = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('modern-cli'),
    decision: ruleDecision,
    replacements: z.array(z.strictObject({ command: commandName, by: commandName, ...provided })).min(1),
  }),
  z.strictObject({
    rule: z.literal('native-cli'),
    decision: ruleDecision,
    clis: z
      .array(
        z.strictObject({
          command: commandName,
          servers: z.array(z.string()).describe('words of server names'),
          ...provided,
        }),
      )
      .min(1),
  }),
  z.strictObject({
    rule: z.literal('declarative-installs'),
    decision: ruleDecision,
    declareIn: z.string().nullable().describe('the file and list that most packages are declared in'),
    rebuild: z.string().nullable().describe('the rebuild command of this host'),
  }),
  z.strictObject({
    rule: z.literal('generated-files'),
    decision: ruleDecision,
    checkout: z.string().nullable().describe('where the configuration lies'),
    targets: z.array(generatedFile),
  }),
  z.strictObject({ rule: z.literal('destructive'), decision: ruleDecision }),
  z.strictObject({ rule: z.literal('secrets'), decision: ruleDecision }),
  ownRule.extend({ rule: z.literal('own'), name: z.string() }),
]);

/** What the hook reads: the active rules with exact replacements. Compiled in the build. */
export const policies = z.strictObject({
  schemaVersion: z.literal(1),
  unclear: z.enum(['pass', 'ask', 'block']),
  count: z.boolean(),
  rules: z.array(compiledRule).describe('active rules'),
  inactive: z
    .array(z.strictObject({ rule: z.string(), why: z.string() }))
    .describe('rules that are set and yet not active, so that nothing is silently missing'),
});

export type RuleDecision = z.infer<typeof ruleDecision>;
export type PolicyOptions = z.infer<typeof policyOptions>;
export type OwnRule = z.infer<typeof ownRule>;
export type CompiledRule = z.infer<typeof compiledRule>;
export type Policies = z.infer<typeof policies>;

declare module '../evidence/frame.ts' {
  interface Inputs {
    policies?: PolicyOptions;
  }
}
