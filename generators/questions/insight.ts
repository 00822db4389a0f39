import * as z from 'zod';

/** The evidence for an insight. */
export const evidence = z
  .array(z.string().regex(/^(\/[^/]+)+$/))
  .min(1)
  .describe('JSON pointers into this file');
