import { z } from 'zod';
import { day } from '../../evidence/common.ts';
import { usageInsight } from '../usage-alignment/schema.ts';

const count = z.int().nonnegative();

/** `tool_chains.json`: how tools are put together. */
export const toolChains = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  counts: z.enum(['every use', 'at least']).describe('at least: fish keeps a line once however often it is used'),
  pipelines: z.array(
    z.strictObject({ stages: z.array(z.string().nullable()), uses: count, days: count, lastDay: day.nullable() }),
  ),
  workflows: z
    .array(z.strictObject({ steps: z.array(z.string()), uses: count, days: count }))
    .describe('commands typed within 60 s of each other, in one session where sessions are known'),
  substitutions: z
    .array(
      z.strictObject({
        habit: z.string(),
        uses: count,
        instead: z.string(),
        needs: z.array(z.string()).describe('commands of the configuration that it takes'),
        differs: z.string().nullable().describe('what the replacement does otherwise'),
      }),
    )
    .describe('only towards what the configuration installs'),
  insights: z.array(usageInsight),
});

export type ToolChains = z.infer<typeof toolChains>;
