import { z } from 'zod';

/** What `nix eval` answers about a configuration that is to be previewed. */
export const configurationAnswer = z.strictObject({
  drv: z.string().describe('the derivation of the output'),
  enabled: z.boolean().describe('whether the configuration has the module enabled'),
  users: z.array(z.string()),
});

/** What `builtins.attrNames` answers. */
export const attributeNames = z.array(z.string());
