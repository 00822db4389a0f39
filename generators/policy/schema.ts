import { z } from 'zod';
import { commandName, sourceFile } from '../evidence/common.ts';
import { generatedFile, ownRule, ruleDecision } from '../evidence/policies.ts';

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

export type CompiledRule = z.infer<typeof compiledRule>;
export type Policies = z.infer<typeof policies>;
