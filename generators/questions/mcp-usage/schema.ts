import * as z from 'zod';
import { agentSessions, callCounts } from '../../evidence/agent-sessions.ts';
import { day } from '../../evidence/common.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();
const { shape } = agentSessions;
const context = shape.context.shape.with;

export const mcpInsight = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('used more'),
    server: z.string(),
    calls: count,
    than: z.string(),
    thanCalls: count,
    evidence,
  }),
  z.strictObject({
    kind: z.literal('often fails'),
    server: z.string(),
    calls: count.describe('answered and not refused'),
    errors: count,
    evidence,
  }),
  z.strictObject({
    kind: z.literal('never called'),
    servers: z
      .array(z.strictObject({ server: z.string(), sessions: count.describe('in which it was offered') }))
      .min(1),
    evidence,
  }),
  z.strictObject({
    kind: z.literal('context'),
    with: context,
    without: context,
    low: z.number().describe('of the 95 % interval of the difference of the mean error rates, with minus without'),
    high: z.number(),
    evidence,
  }),
]);

/** `mcp_usage.json`: which MCP servers and tools agents call, how often that fails, what is never called. */
export const mcpUsage = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  agents: shape.agents,
  servers: z.array(shape.servers.element.extend({ declared: z.boolean().describe('in the configuration') })),
  other: z.strictObject({ servers: count, serverCalls: callCounts, toolCalls: callCounts }),
  tools: shape.tools,
  programs: shape.programs,
  unknownPrograms: count,
  context: shape.context,
  insights: z.array(mcpInsight),
});

export type McpUsage = z.infer<typeof mcpUsage>;
export type McpInsight = z.infer<typeof mcpInsight>;
