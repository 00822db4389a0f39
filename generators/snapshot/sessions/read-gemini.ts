import { itemsAt, objectAt, textAt } from '../../json-value.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

/**
 * A line of a transcript of Gemini CLI (~/.gemini/tmp), seen with the client 0.61.0. A message is written first without
 * and then with its calls and their results; only the last has them.
 */
export const readGeminiLine: LineReader = (line) => {
  const type = textAt(line, 'type');
  if (type === undefined) {
    const isKnown = textAt(line, 'sessionId') !== undefined || objectAt(line, '$set') !== undefined;
    const events: TranscriptEvent[] = textAt(line, 'kind') === 'subagent' ? [{ kind: 'subagent' }] : [];
    return isKnown ? { id: null, day: null, events } : null;
  }
  if (!/^(user|gemini|info|error|warning)$/.test(type)) return null;
  const calls = itemsAt(line, 'toolCalls');
  const day = dayAt(line);
  if (type !== 'gemini') return { id: null, day, events: [] };
  const message = textAt(line, 'id') ?? '';
  const tokens = objectAt(line, 'tokens');
  const events = calls.flatMap(callEvents);
  // The tokens stand on both lines of a message with calls.
  if (calls.length === 0 && tokens !== undefined) {
    const cached = numberAt(tokens, 'cached');
    const output = numberAt(tokens, 'output') + numberAt(tokens, 'thoughts');
    events.push({ kind: 'tokens', input: Math.max(0, numberAt(tokens, 'input') - cached), output, cached });
  }
  return { id: `${message} ${calls.length}`, day, events };
};

function callEvents(call: unknown): TranscriptEvent[] {
  const id = textAt(call, 'id') ?? '';
  const tool = textAt(call, 'name') ?? '';
  const command = tool === 'run_shell_command' ? textAt(objectAt(call, 'args'), 'command') : undefined;
  return [
    { kind: 'call', id, tool, command: command ?? null },
    { kind: 'result', id, outcome: outcomeOf(call) },
  ];
}

function outcomeOf(call: unknown): Outcome {
  const status = textAt(call, 'status');
  if (status === 'cancelled') return 'interrupted';
  const [result] = itemsAt(call, 'result');
  const response = objectAt(objectAt(result, 'functionResponse'), 'response');
  if (/^Tool execution (blocked|denied)/.test(textAt(response, 'error') ?? '')) return 'denied';
  if (status === 'error') return 'error';
  // A failed shell command is a success of the tool.
  return /^Exit Code: [1-9]\d*$/m.test(textAt(response, 'output')?.slice(-200) ?? '') ? 'error' : 'ok';
}
