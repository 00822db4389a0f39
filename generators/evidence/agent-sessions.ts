import * as z from 'zod';
import { transcriptAgents } from '../agents/agents.ts';
import { commandName, day } from './common.ts';

const count = z.int().nonnegative();

/** Calls of tools by outcome; a call without any of these outcomes succeeded. */
export const callCounts = z.strictObject({
  calls: count,
  errors: count.describe('of the calls, the tool reported an error; for a shell command, an exit status other than 0'),
  denied: count.describe('of the calls, refused by a rule, a hook or the user'),
  interrupted: count.describe('of the calls, stopped by the user'),
  unanswered: count.describe('of the calls, the transcript has no result'),
});

const agentName = z.enum(transcriptAgents);
const toolName = z.string().regex(/^[\w.-]{1,100}$/);

const group = z.strictObject({
  sessions: count.describe('sessions with at least ten answered calls'),
  meanErrorRate: z.number().min(0).max(1).describe('mean over these sessions of errors / answered calls'),
  variance: z.number().nonnegative().describe('of that rate between these sessions'),
});

/** What agents did: names of publicly known or declared tools, servers and programs, counts, days. */
export const agentSessions = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  agents: z.array(
    callCounts.extend({
      agent: agentName,
      files: count,
      unreadable: count.describe('files that could not be read'),
      lines: count,
      damaged: count.describe('of the lines, no JSON or too long'),
      unknown: count.describe('of the lines, of a type that is not known'),
      repeated: count.describe('of the lines, copies by a resumed or forked session: counted once'),
      sessions: count,
      subagents: count.describe('sub-agents that were started, which are no sessions of their own'),
      subagentCalls: count.describe('of the calls, by sub-agents'),
      from: day.nullable(),
      to: day.nullable(),
      tokens: z
        .strictObject({ input: count, output: count, cached: count })
        .nullable()
        .describe('null: the transcripts record none'),
    }),
  ),
  tools: z.array(callCounts.extend({ agent: agentName, tool: toolName })).describe('built-in tools, most calls first'),
  servers: z
    .array(
      callCounts.extend({
        server: toolName,
        offered: count.describe('sessions whose transcript names a tool of the server as available, or calls one'),
        sessions: count.describe('sessions that call it'),
        lastDay: day.nullable().describe('of a call'),
        tools: z.array(callCounts.extend({ tool: toolName })).describe('publicly known tools, most calls first'),
        idleTools: z.array(toolName).describe('publicly known tools that were offered and never called'),
        otherTools: count.describe('calls of tools that are not publicly known'),
      }),
    )
    .describe('MCP servers that are publicly known or declared in the configuration, most calls first'),
  other: z.strictObject({
    servers: count.describe('MCP servers that are neither declared nor publicly known'),
    serverCalls: callCounts,
    toolCalls: callCounts.describe('tools of agents that are not publicly known'),
  }),
  programs: z
    .array(z.strictObject({ name: commandName, uses: count, lastDay: day.nullable() }))
    .describe('programs in shell commands of agents, most used first'),
  unknownPrograms: count.describe('uses of programs that are neither declared nor publicly known'),
  context: z
    .strictObject({ with: group, without: group })
    .describe('sessions of Claude Code with and without the context of this project'),
});

export type AgentSessions = z.infer<typeof agentSessions>;
export type CallCounts = z.infer<typeof callCounts>;
