import { itemsAt, objectAt, textAt, textsAt } from '../../json-value.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt } from './values.ts';

/** Types of lines without calls; `api-request-blob` repeats messages. */
const withoutCalls = new Set(
  `agent-name agent-setting ai-title api-request api-request-blob api-request-shape atis-latch cost-state custom-title
  file-history-snapshot last-prompt mode permission-mode pr-link progress queue-operation summary system tag tools-used
  worktree-state`.split(/\s+/),
);

/** A line of a transcript of Claude Code (~/.claude/projects), seen with the clients 2.1.197 and 2.1.332. */
export const readClaudeLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (type !== 'assistant' && type !== 'user' && type !== 'attachment') {
    return withoutCalls.has(type) ? { id: null, day: null, events: [] } : null;
  }
  return { id: textAt(line, 'uuid') ?? null, day: dayAt(line), events: eventsOf(type, line) };
};

function eventsOf(type: 'assistant' | 'user' | 'attachment', line: unknown): TranscriptEvent[] {
  if (type === 'attachment') return attachmentEvents(objectAt(line, 'attachment'));
  const message = objectAt(line, 'message');
  const events = itemsAt(message, 'content').flatMap((part): TranscriptEvent[] => {
    if (type === 'assistant' && textAt(part, 'type') === 'tool_use') {
      const tool = textAt(part, 'name') ?? '';
      const command = tool === 'Bash' || tool === 'Monitor' ? textAt(objectAt(part, 'input'), 'command') : undefined;
      return [{ kind: 'call', id: textAt(part, 'id') ?? '', tool, command: command ?? null }];
    }
    if (type === 'user' && textAt(part, 'type') === 'tool_result') {
      return [{ kind: 'result', id: textAt(part, 'tool_use_id') ?? '', outcome: outcomeOf(line, part) }];
    }
    return [];
  });
  const usage = objectAt(message, 'usage');
  if (usage !== undefined) {
    events.push({
      kind: 'tokens',
      input: numberAt(usage, 'input_tokens') + numberAt(usage, 'cache_creation_input_tokens'),
      output: numberAt(usage, 'output_tokens'),
      cached: numberAt(usage, 'cache_read_input_tokens'),
      // Every part of an answer has a line.
      message: textAt(message, 'id'),
    });
  }
  return events;
}

/** A refused call has a kind of denial; an interruption is `user-rejected` without a decision of the permissions. */
function outcomeOf(line: unknown, result: unknown): Outcome {
  const decision = objectAt(line, 'permissionDecision');
  const denial = textAt(line, 'toolDenialKind');
  if (denial === 'user-rejected' && decision === undefined) return 'interrupted';
  if (denial !== undefined || textAt(decision, 'decision') === 'reject') return 'denied';
  const isError = result !== null && typeof result === 'object' && 'is_error' in result && result.is_error === true;
  return isError ? 'error' : 'ok';
}

function attachmentEvents(attachment: unknown): TranscriptEvent[] {
  switch (textAt(attachment, 'type')) {
    case 'deferred_tools_delta':
      return [{ kind: 'offered', tools: textsAt(attachment, 'addedNames') }];
    case 'instructions':
      return itemsAt(attachment, 'files').some((file) => isOurContext(textAt(file, 'content') ?? ''))
        ? [{ kind: 'context' }]
        : [];
    default:
      return [];
  }
}

/** Our context names its folder of data, whatever name the file has. */
function isOurContext(content: string): boolean {
  return content.startsWith('# This machine') && content.includes('/intelligence/');
}
