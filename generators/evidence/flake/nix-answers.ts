import * as z from 'zod';
import { evaluated } from '../evaluated.ts';

/** What `nix eval` answers about a configuration. */
export const configurationAnswer = z.strictObject({
  output: z.string().describe('the derivation of the output, for all users'),
  evidence: z.record(z.string(), z.string()).describe('the derivation of the evidence alone, by user'),
  evaluated: z
    .record(z.string(), evaluated.nullable())
    .describe('what evaluation knows, by user; null where the output is not one of the module'),
  enabled: z.boolean().describe('whether the configuration has the module enabled'),
});

/** What `builtins.attrNames` answers. */
export const attributeNames = z.array(z.string());
