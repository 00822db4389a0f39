import { objectAt, textAt, valueAt } from '../../json-value.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

/** Kinds of events: the first word of their types. */
const kinds = /^(abort|assistant|hook|mcp|model|permission|session|skill|subagent|system|tool|user)(\.|$)/;

/** A line of a transcript of GitHub Copilot CLI (~/.copilot/session-state), seen with the client 1.0.102. */
export const readCopilotLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (!kinds.test(type)) return null;
  const bySubagent = textAt(line, 'agentId') !== undefined;
  return {
    id: textAt(line, 'id') ?? null,
    day: dayAt(line),
    events: eventsOf(type, objectAt(line, 'data'), bySubagent),
  };
};

function eventsOf(type: string, data: unknown, bySubagent: boolean): TranscriptEvent[] {
  const id = textAt(data, 'toolCallId') ?? '';
  switch (type) {
    case 'tool.execution_start': {
      const [server, serverTool] = [textAt(data, 'mcpServerName'), textAt(data, 'mcpToolName')];
      const tool = server === undefined ? (textAt(data, 'toolName') ?? '') : `mcp__${server}__${serverTool ?? ''}`;
      const command = tool === 'bash' ? textAt(objectAt(data, 'arguments'), 'command') : undefined;
      return [{ kind: 'call', id, tool, command: command ?? null, bySubagent }];
    }
    case 'tool.execution_complete':
      return [{ kind: 'result', id, outcome: outcomeOf(data) }];
    case 'subagent.started':
      return [{ kind: 'subagent starts' }];
    case 'session.usage_record': {
      const usage = objectAt(data, 'usage');
      const cached = numberAt(usage, 'cacheReadTokens');
      const input = Math.max(0, numberAt(usage, 'inputTokens') - cached);
      return [{ kind: 'tokens', input, output: numberAt(usage, 'outputTokens'), cached }];
    }
    default:
      return [];
  }
}

function outcomeOf(data: unknown): Outcome {
  if (textAt(objectAt(data, 'error'), 'code') === 'denied') return 'denied';
  // A failed shell command is a success of the tool.
  return valueAt(data, 'success') !== true || numberAt(objectAt(data, 'shellExecution'), 'exitCode') > 0
    ? 'error'
    : 'ok';
}
