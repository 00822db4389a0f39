import { itemsAt, objectAt, textAt } from '../../json-value.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

/** A line of a transcript of Qwen Code (~/.qwen/projects), seen with the client 0.24.4. */
export const readQwenLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (!/^(user|system|assistant|tool_result)$/.test(type)) return null;
  const events = type === 'assistant' ? answerEvents(line) : type === 'tool_result' ? resultEvents(line) : [];
  return { id: textAt(line, 'uuid') ?? null, day: dayAt(line), events };
};

function answerEvents(line: unknown): TranscriptEvent[] {
  const events = itemsAt(objectAt(line, 'message'), 'parts').flatMap((part): TranscriptEvent[] => {
    const call = objectAt(part, 'functionCall');
    if (call === undefined) return [];
    const tool = textAt(call, 'name') ?? '';
    const command = tool === 'run_shell_command' ? textAt(objectAt(call, 'args'), 'command') : undefined;
    return [{ kind: 'call', id: textAt(call, 'id') ?? '', tool, command: command ?? null }];
  });
  const usage = objectAt(line, 'usageMetadata');
  if (usage !== undefined) {
    const [prompt, cached] = [numberAt(usage, 'promptTokenCount'), numberAt(usage, 'cachedContentTokenCount')];
    const output = Math.max(0, numberAt(usage, 'totalTokenCount') - prompt);
    events.push({ kind: 'tokens', input: Math.max(0, prompt - cached), output, cached });
  }
  return events;
}

function resultEvents(line: unknown): TranscriptEvent[] {
  const result = objectAt(line, 'toolCallResult');
  return [{ kind: 'result', id: textAt(result, 'callId') ?? '', outcome: outcomeOf(result) }];
}

function outcomeOf(result: unknown): Outcome {
  if (textAt(result, 'errorType') === 'execution_denied') return 'denied';
  const status = textAt(result, 'status');
  return status === 'cancelled' ? 'interrupted' : status === 'error' ? 'error' : 'ok';
}
