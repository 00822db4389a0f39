import * as z from 'zod';
import { sourceFile } from './common.ts';

/** What a rule does where it matches. There is no `allow`: nothing is ever granted. */
export const ruleDecision = z
  .enum(['advise', 'ask', 'block'])
  .describe('advise: a hint beside the call; ask: the user decides; block: refused with the reason');

/** A ready-made rule's setting. */
export const ruleSetting = z.enum(['off', ...ruleDecision.options]);

/** A rule of the user's own. Every condition that is not null must match. */
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

/** A file that the configuration writes, and the user's files that declare it. */
export const generatedFile = z.strictObject({
  target: z.string().min(1).describe('absolute, or relative to the home'),
  files: z.array(sourceFile).describe("the user's files that make it"),
  by: z.string().nullable().describe('the option, as `programs.git` or `home.file`'),
});

/**
 * The policies as the user's options give them: `policies.json`, written by `nix/policies.nix`. Which rules and settings
 * exist is known to `policy/`, which refines this.
 */
export const policyOptions = z.strictObject({
  schemaVersion: z.literal(1),
  decisions: z.record(z.string(), ruleSetting).describe('the ready-made rules, by name'),
  settings: z.record(z.string(), z.array(z.string())).describe("the ready-made rules' own options, by name"),
  rules: z.record(z.string(), ownRule).describe("the user's own rules, by name"),
  unclear: z
    .enum(['pass', 'ask', 'block'])
    .describe('a command that cannot be understood, while a rule that asks or blocks is active'),
  count: z.boolean().describe('count outcomes per rule and day'),
  generated: z.array(generatedFile).describe('files that the configuration writes'),
  rebuildCommand: z.string().nullable().default(null).describe("the user's own; null: the usual one"),
  text: z.string().nullable().describe("the user's own markdown, never parsed for meaning"),
});

export type RuleSetting = z.infer<typeof ruleSetting>;
export type GeneratedFile = z.infer<typeof generatedFile>;
export type RuleDecision = z.infer<typeof ruleDecision>;
export type PolicyOptions = z.infer<typeof policyOptions>;
export type OwnRule = z.infer<typeof ownRule>;
