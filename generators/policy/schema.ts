import * as z from 'zod';
import { ruleDecision } from '../evidence/policies.ts';
import { ownRules } from './rules/own.ts';
import type { Rule, SchemaBuilder } from './rules/rule.ts';
import { readyMadeRules } from './rules/rules.ts';

const builder: SchemaBuilder = { array: z.array, strictObject: z.strictObject, string: z.string };

const compiledSchema = (rule: Rule<object>) =>
  z.strictObject({ rule: z.literal(rule.name), decision: ruleDecision, ...rule.fields?.(builder) });

/** What the hook reads: the active rules with the facts that their checks need. Compiled in the build. */
export const policies = z.strictObject({
  schemaVersion: z.literal(1),
  unclear: z.enum(['pass', 'ask', 'block']),
  count: z.boolean(),
  rules: z
    .array(z.discriminatedUnion('rule', [compiledSchema(ownRules), ...readyMadeRules.map(compiledSchema)]))
    .describe('active rules'),
  inactive: z
    .array(
      z.strictObject({
        rule: z.string(),
        missing: z
          .array(z.string())
          .nullable()
          .describe('commands none of which is installed; null: the installed commands are not known'),
      }),
    )
    .describe('rules that are set and not active'),
});

export type Policies = z.infer<typeof policies>;
export type CompiledRule = Policies['rules'][number];
