import { itemsAt, objectAt, textAt, valueAt } from '../../json-value.ts';
import type { LineReader, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

const lineTypes = new Set(['session_start', 'message', 'agent_turn_outcome', 'todo_state', 'compaction_state']);

/**
 * A line of a transcript of Factory Droid (~/.factory/sessions), seen with the client 0.225.2. It does not tell refused
 * calls from failed ones.
 */
export const readDroidLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (!lineTypes.has(type)) return null;
  // A sub-agent has a session of its own, which names the one that started it.
  if (textAt(line, 'callingSessionId') !== undefined) return { id: null, day: null, events: [{ kind: 'subagent' }] };
  const content = itemsAt(objectAt(line, 'message'), 'content');
  return { id: textAt(line, 'id') ?? null, day: dayAt(line), events: content.flatMap(eventsOf) };
};

/** The settings of a session, which have its tokens. */
export const readDroidSettings: LineReader = (settings) => {
  const usage = objectAt(settings, 'tokenUsage');
  const input = numberAt(usage, 'inputTokens') + numberAt(usage, 'cacheCreationTokens');
  const [output, cached] = [numberAt(usage, 'outputTokens'), numberAt(usage, 'cacheReadTokens')];
  return { id: null, day: null, events: usage === undefined ? [] : [{ kind: 'tokens', input, output, cached }] };
};

function eventsOf(part: unknown): TranscriptEvent[] {
  switch (textAt(part, 'type')) {
    case 'tool_use': {
      const tool = textAt(part, 'name') ?? '';
      const command = tool === 'Execute' ? textAt(objectAt(part, 'input'), 'command') : undefined;
      return [{ kind: 'call', id: textAt(part, 'id') ?? '', tool, command: command ?? null }];
    }
    case 'tool_result': {
      const outcome = valueAt(part, 'is_error') === true ? 'error' : 'ok';
      return [{ kind: 'result', id: textAt(part, 'tool_use_id') ?? '', outcome }];
    }
    default:
      return [];
  }
}
