import * as z from 'zod';

const hook = z.strictObject({
  type: z.literal('command'),
  command: z.string().min(1),
  timeout: z.int().positive().describe('seconds'),
  onFailure: z.literal('block').describe('a hook that fails or times out refuses the call'),
});

/**
 * What of the client's settings is written to a managed drop-in. A wrong type there can keep every new session from
 * starting, so nothing else gets through the build.
 */
export const managedSettings = z.strictObject({
  hooks: z
    .strictObject({
      PreToolUse: z.array(z.strictObject({ matcher: z.string().min(1), hooks: z.array(hook).min(1) })).min(1),
    })
    .optional(),
  permissions: z
    .strictObject({ deny: z.array(z.string().regex(/^Read\([^()\s]+\)$/)) })
    .optional()
    .describe('denies only: nothing is granted'),
});
