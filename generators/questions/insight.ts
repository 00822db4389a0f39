import * as z from 'zod';

/** What an insight rests on. */
export const evidence = z
  .array(z.string().regex(/^(\/[^/]+)+$/))
  .min(1)
  .describe('JSON pointers into this file');
