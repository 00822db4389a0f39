import { claudeAttachment, claudeCall, claudeResult, jsonLines } from '../snapshot/sessions/transcripts.ts';
import type { Tree } from '../tree.ts';

/** What an agent did between two days, evenly spread over its sessions. */
export interface AgentStory {
  from: string;
  to: string;
  sessions: number;
  /** Tools of MCP servers that each session offers. */
  offered: readonly string[];
  /** How often each tool is called, and how many of these calls fail; `command` is that of a shell. */
  calls: readonly { tool: string; times: number; fail?: number; command?: string }[];
}

const dayLength = 86_400_000;

/** The transcripts of Claude Code for a story, by their path in the home. */
export function transcriptsOf({ from, to, sessions, offered, calls }: AgentStory): Tree {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const files = Array.from({ length: sessions }, (_, session) => {
    const day = Math.floor((first + (session * (last - first)) / (sessions - 1)) / dayLength) * dayLength;
    const timestamp = new Date(day + 10 * 3_600_000).toISOString();
    const lines = calls.flatMap(({ tool, times, fail = 0, command }, row) =>
      Array.from({ length: times }, (_, use) => use)
        .filter((use) => use % sessions === session)
        .flatMap((use) => {
          const id = `${row}-${use}`;
          const input = command === undefined ? {} : { command };
          return [claudeCall(id, tool, input, { timestamp }), claudeResult(id, use < fail, { timestamp })];
        }),
    );
    const offer = claudeAttachment({ type: 'deferred_tools_delta', addedNames: offered });
    return [`.claude/projects/-home-me-shop/${session}.jsonl`, jsonLines([{ ...offer, timestamp }, ...lines])] as const;
  });
  return Object.fromEntries(files);
}
