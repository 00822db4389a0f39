import { items, itemsAt, objectAt, textAt, textsAt, valueAt } from '../../json-value.ts';
import type { LineReader, TranscriptEvent } from './event.ts';
import { numberAt, parsed } from './values.ts';

/**
 * A message of a transcript of Cline (~/.cline/data/sessions), seen with the client 3.0.65. A call that a hook refuses
 * ends the session without a result.
 */
export const readClineMessage: LineReader = (message) => {
  const role = textAt(message, 'role');
  if (role !== 'user' && role !== 'assistant') return null;
  const events = itemsAt(message, 'content').flatMap(eventsOf);
  const metrics = objectAt(message, 'metrics');
  if (metrics !== undefined) {
    const cached = numberAt(metrics, 'cacheReadTokens');
    const input = Math.max(0, numberAt(metrics, 'inputTokens') - cached);
    events.push({ kind: 'tokens', input, output: numberAt(metrics, 'outputTokens'), cached });
  }
  const time = numberAt(message, 'ts');
  const day = time === 0 || time > 4e12 ? null : new Date(time).toISOString().slice(0, 10);
  return { id: textAt(message, 'id') ?? null, day, events };
};

function eventsOf(part: unknown): TranscriptEvent[] {
  switch (textAt(part, 'type')) {
    case 'tool_use': {
      const tool = textAt(part, 'name') ?? '';
      const commands = tool === 'run_commands' ? textsAt(objectAt(part, 'input'), 'commands') : [];
      const command = commands.length === 0 ? null : commands.join('\n');
      return [{ kind: 'call', id: textAt(part, 'id') ?? '', tool, command }];
    }
    case 'tool_result': {
      const outcome = valueAt(part, 'is_error') === true || hasFailed(valueAt(part, 'content')) ? 'error' : 'ok';
      return [{ kind: 'result', id: textAt(part, 'tool_use_id') ?? '', outcome }];
    }
    default:
      return [];
  }
}

/** A list of answers, one for each command or file, or an answer as JSON text; that of an MCP server has `isError`. */
function hasFailed(content: unknown): boolean {
  const answers = items(typeof content === 'string' ? parsed(content) : content);
  return answers.some((answer) => valueAt(answer, 'success') === false || valueAt(answer, 'isError') === true);
}
