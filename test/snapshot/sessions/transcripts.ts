/** Lines as the clients write them, reduced to the keys that readers and their tests need. */
type Line = Readonly<Record<string, unknown>>;

let lines = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String(++lines).padStart(12, '0')}`;

export function claudeCall(id: string, name: string, input: Line = {}, more: Line = {}): Line {
  return {
    type: 'assistant',
    uuid: nextId(),
    timestamp: '2026-11-03T10:00:00.000Z',
    isSidechain: false,
    message: {
      role: 'assistant',
      content: [{ type: 'tool_use', id, name, input }],
      usage: { input_tokens: 10, cache_creation_input_tokens: 5, cache_read_input_tokens: 100, output_tokens: 3 },
    },
    ...more,
  };
}

export function claudeResult(id: string, isError = false, more: Line = {}): Line {
  return {
    type: 'user',
    uuid: nextId(),
    timestamp: '2026-11-03T10:00:01.000Z',
    permissionDecision: { decision: 'accept', source: 'config' },
    message: {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content: 'x', ...(isError ? { is_error: true } : {}) }],
    },
    ...more,
  };
}

export function claudeAttachment(attachment: Line): Line {
  return { type: 'attachment', uuid: nextId(), timestamp: '2026-11-03T09:59:59.000Z', attachment };
}

export function jsonLines(list: readonly (Line | string)[]): string {
  return list.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}
