import { itemsAt, objectAt, textAt } from '../../json-value.ts';
import type { LineReader, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

const lineTypes = new Set(
  'session model_change thinking_level_change message compaction branch_summary custom custom_message label session_info'.split(
    ' ',
  ),
);

/** A line of a transcript of pi (~/.pi/agent/sessions), seen with the client 0.73.1. */
export const readPiLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (!lineTypes.has(type)) return null;
  const day = dayAt(line);
  if (type !== 'message') return { id: null, day, events: [] };
  const id = `${textAt(line, 'id') ?? ''} ${textAt(line, 'timestamp') ?? ''}`;
  return { id, day, events: messageEvents(objectAt(line, 'message')) };
};

function messageEvents(message: unknown): TranscriptEvent[] {
  if (textAt(message, 'role') === 'toolResult') {
    const isError = message !== null && typeof message === 'object' && 'isError' in message && message.isError === true;
    return [{ kind: 'result', id: textAt(message, 'toolCallId') ?? '', outcome: isError ? 'error' : 'ok' }];
  }
  if (textAt(message, 'role') !== 'assistant') return [];
  const calls = itemsAt(message, 'content').flatMap((part): TranscriptEvent[] => {
    if (textAt(part, 'type') !== 'toolCall') return [];
    const tool = textAt(part, 'name') ?? '';
    const command = tool === 'bash' ? textAt(objectAt(part, 'arguments'), 'command') : undefined;
    return [{ kind: 'call', id: textAt(part, 'id') ?? '', tool, command: command ?? null }];
  });
  const usage = objectAt(message, 'usage');
  const input = numberAt(usage, 'input') + numberAt(usage, 'cacheWrite');
  return [...calls, { kind: 'tokens', input, output: numberAt(usage, 'output'), cached: numberAt(usage, 'cacheRead') }];
}
