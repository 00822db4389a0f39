import { objectAt, textAt, textsAt } from '../../json-value.ts';
import type { LineReader, Outcome, TranscriptEvent } from './event.ts';
import { dayAt, numberAt, parsed } from './values.ts';

const lineTypes = new Set(
  'session_meta event_msg response_item turn_context world_state token_usage_record compacted'.split(' '),
);

/** A line of a transcript of Codex (~/.codex/sessions), seen with the client 0.171.0. */
export const readCodexLine: LineReader = (line) => {
  const type = textAt(line, 'type') ?? '';
  if (!lineTypes.has(type)) return null;
  const payload = objectAt(line, 'payload');
  const day = dayAt(line);
  if (type === 'token_usage_record') return { id: null, day, events: tokensOf(objectAt(payload, 'usage')) };
  if (type === 'event_msg') return { id: null, day, events: failedServerCall(objectAt(payload, 'item')) };
  if (type !== 'response_item') return { id: null, day, events: [] };
  const events = itemEvents(payload);
  const [event] = events;
  const call = event?.kind === 'call' || event?.kind === 'result' ? `${event.kind} ${event.id}` : '';
  // Copies of a line keep its time.
  return { id: call === '' ? null : `${call} ${textAt(line, 'timestamp') ?? ''}`, day, events };
};

function itemEvents(item: unknown): TranscriptEvent[] {
  const id = textAt(item, 'call_id') ?? '';
  switch (textAt(item, 'type')) {
    case 'function_call':
    case 'custom_tool_call': {
      const name = textAt(item, 'name') ?? '';
      const server = textAt(item, 'namespace');
      // `mcp__serena` and `find_symbol`
      const tool = server?.startsWith('mcp__') ? `${server}__${name}` : name;
      const input = parsed(textAt(item, 'arguments'));
      return [{ kind: 'call', id, tool, command: commandOf(tool, input) }];
    }
    case 'local_shell_call':
      return [
        { kind: 'call', id, tool: 'local_shell', command: textsAt(objectAt(item, 'action'), 'command').join(' ') },
      ];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [{ kind: 'result', id, outcome: outcomeOf(textAt(item, 'output') ?? '') }];
    default:
      return [];
  }
}

/** Only this event shows that a tool of an MCP server failed; it comes before the output of the call. */
function failedServerCall(item: unknown): TranscriptEvent[] {
  if (textAt(item, 'type') !== 'McpToolCall' || textAt(item, 'status') !== 'failed') return [];
  return [{ kind: 'result', id: textAt(item, 'id') ?? '', outcome: 'error' }];
}

function commandOf(tool: string, input: unknown): string | null {
  if (!/^(exec_command|shell|shell_command)$/.test(tool)) return null;
  // `shell` takes the words of a command, most often `bash -lc SCRIPT`.
  return textAt(input, 'cmd') ?? textAt(input, 'command') ?? textsAt(input, 'command').at(-1) ?? null;
}

/** By the first lines, which the client writes before the output of the tool. */
function outcomeOf(output: string): Outcome {
  const head = output.slice(0, 300);
  if (/^(Command blocked by PreToolUse hook|rejected\b|exec_command failed.*reject)/i.test(head)) return 'denied';
  if (/^aborted by user/i.test(head)) return 'interrupted';
  const status = /^(?:Process exited with code|Exit code:) (\d+)$/m.exec(head)?.[1];
  return (status !== undefined && status !== '0') || /^(unsupported call|failed to |tool call error)/i.test(head)
    ? 'error'
    : 'ok';
}

function tokensOf(usage: unknown): TranscriptEvent[] {
  const cached = numberAt(usage, 'cached_input_tokens');
  const input = Math.max(0, numberAt(usage, 'input_tokens') - cached);
  return [{ kind: 'tokens', input, output: numberAt(usage, 'output_tokens'), cached }];
}
