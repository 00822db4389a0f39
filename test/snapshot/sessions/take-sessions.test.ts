import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { agentSessions } from '../../../generators/evidence/agent-sessions.ts';
import { takeSessions } from '../../../generators/snapshot/sessions/take-sessions.ts';
import { transcriptSources } from '../../../generators/snapshot/sessions/transcript-files.ts';
import { requires } from '../../requires.ts';
import { plant, type Tree } from '../../tree.ts';
import { leaked, secretsOf } from '../secrets.ts';
import { sqlite } from '../shell/write-history.ts';
import { claudeAttachment, claudeCall, claudeResult, jsonLines } from './transcripts.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sessions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const programs = new Set(['rg', 'git', 'jq', 'sudo', 'head']);

let homes = 0;
async function take(tree: Tree, declared: readonly string[] = []) {
  const home = join(scratch, String(++homes));
  plant(home, tree);
  return takeIn(home, declared);
}

async function takeIn(home: string, declared: readonly string[] = []) {
  const allowed = { servers: new Set(declared), isProgram: (name: string) => programs.has(name) };
  const snapshot = await takeSessions(transcriptSources(home, {}), allowed, '2026-11-20');
  return snapshot === null ? null : agentSessions.parse(snapshot);
}

const claude = (...lines: Parameters<typeof jsonLines>[0]): Tree => ({
  '.claude/projects/-home-me-x/a.jsonl': jsonLines(lines),
});

test('no transcript: no snapshot', async () => {
  expect(await take({ '.claude/CLAUDE.md': 'x' })).toBeNull();
});

test('calls by outcome, joined by id', async () => {
  const snapshot = await take(
    claude(
      claudeCall('1', 'Bash', { command: 'rg x | head; sudo git log && ./tool.sh' }),
      claudeResult('1'),
      claudeCall('2', 'Read'),
      claudeResult('2', true),
      claudeCall('3', 'Bash', { command: 'rg y' }),
      claudeResult('3', true, { permissionDecision: { decision: 'reject' }, toolDenialKind: 'user-rejected' }),
      claudeCall('4', 'Edit'),
      claudeResult('4', true, { permissionDecision: undefined, toolDenialKind: 'user-rejected' }),
      claudeCall('5', 'Write'),
      claudeCall('6', 'SecretTool'),
      claudeResult('6'),
      claudeResult('no such call'),
    ),
  );
  expect(
    snapshot?.tools.map(({ tool, calls, errors, denied, interrupted, unanswered }) => [
      tool,
      calls,
      errors,
      denied,
      interrupted,
      unanswered,
    ]),
  ).toEqual([
    ['Bash', 2, 0, 1, 0, 0],
    ['Edit', 1, 0, 0, 1, 0],
    ['Read', 1, 1, 0, 0, 0],
    ['Write', 1, 0, 0, 0, 1],
  ]);
  expect(snapshot?.other.toolCalls.calls).toBe(1);
  expect(snapshot?.programs.map(({ name, uses }) => [name, uses])).toEqual([
    ['rg', 2],
    ['git', 1],
    ['head', 1],
    ['sudo', 1],
  ]);
  expect(snapshot?.unknownPrograms).toBe(1);
  expect(snapshot?.agents[0]).toMatchObject({
    calls: 6,
    sessions: 1,
    from: '2026-11-03',
    tokens: { input: 90, output: 18, cached: 600 },
  });
});

test('MCP servers: public ones, declared ones, those of plugins; others are only counted', async () => {
  const snapshot = await take(
    claude(
      claudeAttachment({
        type: 'deferred_tools_delta',
        addedNames: [
          'WebFetch',
          'mcp__context7__query-docs',
          'mcp__acme__secret_tool',
          'mcp__serena__find_symbol',
          'mcp__serena__list_dir',
        ],
      }),
      claudeCall('1', 'mcp__serena__find_symbol'),
      claudeResult('1'),
      claudeCall('2', 'mcp__plugin_tools_serena__private_tool'),
      claudeResult('2', true),
      claudeCall('3', 'mcp__acme__secret_tool'),
      claudeResult('3'),
      claudeCall('4', 'mcp__billing__lookup'),
      claudeResult('4'),
    ),
    ['billing'],
  );
  expect(snapshot?.servers).toMatchObject([
    {
      server: 'serena',
      calls: 2,
      errors: 1,
      offered: 1,
      sessions: 1,
      otherTools: 1,
      idleTools: ['list_dir'],
      tools: [{ tool: 'find_symbol', calls: 1 }],
    },
    { server: 'billing', calls: 1, tools: [], otherTools: 1 },
    { server: 'context7', calls: 0, offered: 1, sessions: 0, idleTools: ['query-docs'] },
  ]);
  expect(snapshot?.other).toMatchObject({ servers: 1, serverCalls: { calls: 1 } });
});

test('lines that a resumed or forked session copies count once; sub-agents are no sessions', async () => {
  const copied = [claudeCall('1', 'Bash', { command: 'rg x' }), claudeResult('1')];
  const snapshot = await take({
    '.claude/projects/p/a.jsonl': jsonLines(copied),
    '.claude/projects/p/b.jsonl': jsonLines([...copied, claudeCall('2', 'Read'), claudeResult('2')]),
    '.claude/projects/p/c.jsonl': jsonLines(copied),
    '.claude/projects/p/a/subagents/agent-1.jsonl': jsonLines([
      claudeCall('3', 'Bash', { command: 'jq .' }),
      claudeResult('3'),
    ]),
  });
  expect(snapshot?.agents[0]).toMatchObject({
    files: 4,
    calls: 3,
    repeated: 4,
    sessions: 2,
    subagents: 1,
    subagentCalls: 1,
  });
});

test('an answer with several parts has a line for each: its tokens count once', async () => {
  const answer = (id: string, message: string) => {
    const line = claudeCall(id, 'Read');
    return { ...line, message: { ...(line.message as object), id: message } };
  };
  const snapshot = await take(claude(answer('1', 'a'), answer('2', 'a'), answer('3', 'b')));
  expect(snapshot?.agents[0]).toMatchObject({ calls: 3, tokens: { input: 30, output: 6, cached: 200 } });
});

test('damaged and unknown lines are counted, and what stands beside them too', async () => {
  const snapshot = await take(
    claude(
      '{"type":"assistant","message":{"con',
      'null',
      '[]',
      '"x"',
      '{}',
      '\u0000\uFFFD',
      { type: 'new-kind', content: 'x' },
      claudeCall('1', 'Read'),
      claudeResult('1'),
    ),
  );
  expect(snapshot?.agents[0]).toMatchObject({ lines: 9, damaged: 2, unknown: 5, calls: 1, unanswered: 0 });
});

test('no line makes a reader throw', async () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const part = fc.record(
    { type: fc.constantFrom('tool_use', 'tool_result', 'toolCall'), name: value, input: value, content: value },
    { requiredKeys: [] },
  );
  const line = fc.record(
    {
      type: fc.constantFrom(
        'assistant',
        'user',
        'attachment',
        'response_item',
        'token_usage_record',
        'gemini',
        'message',
        'session',
        'tool_result',
        'tool.execution_start',
        'tool.execution_complete',
        'session.usage_record',
      ),
      role: fc.constantFrom('user', 'assistant'),
      content: fc.oneof(value, fc.array(part)),
      message: fc.oneof(
        value,
        fc.record({
          role: fc.constantFrom('assistant', 'toolResult'),
          content: fc.oneof(value, fc.array(part)),
          parts: value,
          usage: value,
        }),
      ),
      data: fc.oneof(value, fc.record({ error: value, usage: value, shellExecution: value, arguments: value })),
      toolCallResult: value,
      usageMetadata: value,
      metrics: value,
      ts: value,
      payload: fc.oneof(
        value,
        fc.record({ type: fc.constantFrom('function_call', 'function_call_output'), output: value, arguments: value }),
      ),
      toolCalls: value,
      attachment: value,
      timestamp: value,
      uuid: value,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (list) => {
      const text = jsonLines(list);
      const snapshot = await take({
        '.claude/projects/p/a.jsonl': text,
        '.codex/sessions/2026/11/03/rollout-x.jsonl': text,
        '.gemini/tmp/p/chats/session-x.jsonl': text,
        '.pi/agent/sessions/p/x.jsonl': text,
        '.qwen/projects/p/chats/x.jsonl': text,
        '.copilot/session-state/x/events.jsonl': text,
        '.factory/sessions/p/x.jsonl': text,
        '.factory/sessions/p/x.settings.json': JSON.stringify(list[0] ?? null),
        '.cline/data/sessions/x/x.messages.json': JSON.stringify({ messages: list }),
      });
      const problems = snapshot?.agents.map(({ unreadable, damaged }) => unreadable + damaged);
      expect(problems).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    }),
    { numRuns: 60 },
  );
});

test('sessions with and without our context are told apart by what the client loaded', async () => {
  const session = (errors: number, context: boolean): string =>
    jsonLines([
      ...(context
        ? [
            claudeAttachment({
              type: 'instructions',
              files: [{ path: '/x', content: '# This machine\n… `~/.claude/intelligence/`' }],
            }),
          ]
        : [claudeAttachment({ type: 'instructions', files: [{ path: '/x', content: '# My rules' }] })]),
      ...Array.from({ length: 10 }, (_, n) => [
        claudeCall(String(n), 'Read'),
        claudeResult(String(n), n < errors),
      ]).flat(),
    ]);
  const snapshot = await take({
    '.claude/projects/p/a.jsonl': session(1, true),
    '.claude/projects/p/b.jsonl': session(3, true),
    '.claude/projects/p/c.jsonl': session(5, false),
    '.claude/projects/p/d.jsonl': jsonLines([claudeCall('1', 'Read'), claudeResult('1')]),
  });
  expect(snapshot?.context).toEqual({
    with: { sessions: 2, meanErrorRate: 0.2, variance: 0.02 },
    without: { sessions: 1, meanErrorRate: 0.5, variance: 0 },
  });
});

describe('other agents', () => {
  const time = { timestamp: '2026-11-04T08:00:00.000Z' };
  test('Codex', async () => {
    const item = (payload: object) => ({ ...time, type: 'response_item', payload });
    const call = (id: string, name: string, input: object) =>
      item({ type: 'function_call', name, call_id: id, arguments: JSON.stringify(input) });
    const output = (id: string, text: string) => item({ type: 'function_call_output', call_id: id, output: text });
    const snapshot = await take({
      '.codex/sessions/2026/11/04/rollout-x.jsonl': jsonLines([
        { ...time, type: 'session_meta', payload: {} },
        call('1', 'exec_command', { cmd: 'git status && jq . x' }),
        output('1', 'Chunk ID: 1\nWall time: 0.0 seconds\nProcess exited with code 4\nOutput:\nx'),
        call('2', 'shell', { command: ['bash', '-lc', 'rg x'] }),
        output('2', 'Exit code: 0\nWall time: 0 seconds\nOutput:\nExit code: 9'),
        call('3', 'exec_command', { cmd: 'git push' }),
        output('3', 'Command blocked by PreToolUse hook: no. Command: git push'),
        item({ type: 'custom_tool_call', name: 'apply_patch', call_id: '4', input: '*** Begin Patch' }),
        item({ type: 'custom_tool_call_output', call_id: '4', output: 'Exit code: 0\nSuccess' }),
        {
          ...time,
          type: 'token_usage_record',
          payload: { usage: { input_tokens: 10, cached_input_tokens: 4, output_tokens: 2 } },
        },
      ]),
    });
    expect(snapshot?.agents[0]).toMatchObject({
      agent: 'codex',
      calls: 4,
      errors: 1,
      denied: 1,
      unknown: 0,
      tokens: { input: 6, cached: 4, output: 2 },
    });
    expect(snapshot?.programs.map(({ name, uses }) => [name, uses])).toEqual([
      ['git', 2],
      ['jq', 1],
      ['rg', 1],
    ]);
  });

  test('tools of MCP servers in Codex, whose failures only an event shows', async () => {
    const item = (payload: object) => ({ ...time, type: 'response_item', payload });
    const call = (id: string, namespace: string, name: string) =>
      item({ type: 'function_call', name, namespace, call_id: id, arguments: '{}' });
    const ended = (id: string, status: string) => ({
      ...time,
      type: 'event_msg',
      payload: { type: 'item_completed', item: { type: 'McpToolCall', id, server: 'x', tool: 'y', status } },
    });
    const output = (id: string) =>
      item({ type: 'function_call_output', call_id: id, output: [{ type: 'input_text', text: 'answer' }] });
    const snapshot = await take(
      {
        '.codex/sessions/2026/11/04/rollout-x.jsonl': jsonLines([
          call('1', 'mcp__serena', 'find_symbol'),
          ended('1', 'completed'),
          output('1'),
          call('2', 'mcp__mcp_nixos', 'nixos_search'),
          ended('2', 'failed'),
          output('2'),
          call('3', 'mcp__our_billing', 'lookup'),
          ended('3', 'completed'),
          output('3'),
        ]),
      },
      ['our-billing'],
    );
    expect(snapshot?.servers).toMatchObject([
      { server: 'mcp-nixos', calls: 1, errors: 1, unanswered: 0, tools: [{ tool: 'nixos_search' }] },
      { server: 'our-billing', calls: 1, errors: 0, otherTools: 1 },
      { server: 'serena', calls: 1, errors: 0, unanswered: 0, tools: [{ tool: 'find_symbol' }] },
    ]);
  });

  test('Gemini CLI, whose messages are written twice', async () => {
    const message = {
      ...time,
      id: 'm',
      type: 'gemini',
      content: '',
      tokens: { input: 9, output: 1, cached: 2, thoughts: 1 },
    };
    const result = (response: object) => [{ functionResponse: { response } }];
    const toolCalls = [
      {
        id: '1',
        name: 'run_shell_command',
        args: { command: 'rg x' },
        status: 'success',
        result: result({ output: 'Output: (empty)\nExit Code: 1\nProcess Group PGID: 4' }),
      },
      { id: '2', name: 'mcp_serena_find_symbol', args: {}, status: 'success', result: result({ output: 'x' }) },
      { id: '3', name: 'mcp_acme_corp_lookup', args: {}, status: 'error', result: result({ error: 'x' }) },
      { id: '4', name: 'read_file', args: {}, status: 'cancelled' },
      {
        id: '5',
        name: 'read_file',
        args: {},
        status: 'error',
        result: result({ error: 'Tool execution blocked: no' }),
      },
    ];
    const snapshot = await take({
      '.gemini/tmp/p/chats/session-x.jsonl': jsonLines([
        { sessionId: 's', startTime: 'x' },
        message,
        { $set: { lastUpdated: 'x' } },
        { ...message, toolCalls },
        { ...message, toolCalls },
      ]),
    });
    expect(snapshot?.agents[0]).toMatchObject({
      calls: 5,
      errors: 2,
      denied: 1,
      interrupted: 1,
      repeated: 1,
      tokens: { input: 7, output: 2, cached: 2 },
    });
    expect(snapshot?.servers).toMatchObject([{ server: 'serena', calls: 1, tools: [{ tool: 'find_symbol' }] }]);
    expect(snapshot?.other).toMatchObject({ servers: 1, serverCalls: { calls: 1, errors: 1 } });
  });

  test('pi', async () => {
    const message = (id: string, content: object) => ({ ...time, type: 'message', id, message: content });
    const snapshot = await take({
      '.pi/agent/sessions/--x--/y.jsonl': jsonLines([
        { ...time, type: 'session', id: 's' },
        message('1', {
          role: 'assistant',
          content: [{ type: 'toolCall', id: 'c', name: 'bash', arguments: { command: 'jq .' } }],
          usage: { input: 3, output: 1, cacheRead: 2, cacheWrite: 1 },
        }),
        message('2', { role: 'toolResult', toolCallId: 'c', isError: true }),
      ]),
    });
    expect(snapshot?.agents[0]).toMatchObject({
      agent: 'pi-coding-agent',
      calls: 1,
      errors: 1,
      tokens: { input: 4, output: 1, cached: 2 },
    });
  });
});

describe('clients whose transcripts are not lines of messages', () => {
  const time = { timestamp: '2026-11-04T08:00:00.000Z' };
  const outcomes = (snapshot: Awaited<ReturnType<typeof take>>) =>
    snapshot?.agents.map(({ calls, errors, denied, interrupted, unanswered }) => [
      calls,
      errors,
      denied,
      interrupted,
      unanswered,
    ])[0];

  test('Qwen Code', async () => {
    const call = (id: string, name: string, args: object) => ({
      ...time,
      uuid: id,
      type: 'assistant',
      message: { role: 'model', parts: [{ text: 'x' }, { functionCall: { id, name, args } }] },
      usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 3, totalTokenCount: 13, cachedContentTokenCount: 4 },
    });
    const result = (callId: string, status: string, errorType?: string) => ({
      ...time,
      uuid: `r${callId}`,
      type: 'tool_result',
      toolCallResult: { callId, status, errorType },
    });
    const snapshot = await take({
      '.qwen/projects/-x/chats/a.jsonl': jsonLines([
        call('1', 'run_shell_command', { command: 'jq .' }),
        result('1', 'error', 'shell_execute_error'),
        call('2', 'mcp__serena__find_symbol', {}),
        result('2', 'success'),
        call('3', 'edit', {}),
        result('3', 'error', 'execution_denied'),
        call('4', 'edit', {}),
        result('4', 'cancelled'),
        call('5', 'edit', {}),
      ]),
    });
    expect(outcomes(snapshot)).toEqual([5, 1, 1, 1, 1]);
    expect(snapshot?.agents[0]).toMatchObject({ unknown: 0, tokens: { input: 30, output: 15, cached: 20 } });
    expect(snapshot?.servers).toMatchObject([{ server: 'serena', calls: 1 }]);
    expect(snapshot?.programs).toMatchObject([{ name: 'jq', uses: 1 }]);
  });

  test('GitHub Copilot CLI', async () => {
    const start = (toolCallId: string, toolName: string, more: object = {}) => ({
      ...time,
      id: `s${toolCallId}`,
      type: 'tool.execution_start',
      data: { toolCallId, toolName, ...more },
    });
    const complete = (toolCallId: string, more: object) => ({
      ...time,
      id: `c${toolCallId}`,
      type: 'tool.execution_complete',
      data: { toolCallId, ...more },
    });
    const server = { mcpServerName: 'mcp-nixos', mcpToolName: 'nixos_search' };
    const snapshot = await take({
      '.copilot/session-state/a/events.jsonl': jsonLines([
        { ...time, id: '0', type: 'session.usage_record', data: { usage: { inputTokens: 10, cacheReadTokens: 4 } } },
        start('1', 'bash', { arguments: { command: 'rg x' } }),
        complete('1', { success: true, shellExecution: { exitCode: 1 } }),
        start('2', 'mcp-nixos-nixos_search', server),
        complete('2', { success: false, error: { code: 'failure' } }),
        start('3', 'view'),
        complete('3', { success: false, error: { code: 'denied' } }),
        start('4', 'create'),
        complete('4', { success: true }),
      ]),
    });
    expect(outcomes(snapshot)).toEqual([4, 2, 1, 0, 0]);
    expect(snapshot?.agents[0]?.tokens).toEqual({ input: 6, output: 0, cached: 4 });
    expect(snapshot?.servers).toMatchObject([{ server: 'mcp-nixos', errors: 1, tools: [{ tool: 'nixos_search' }] }]);
  });

  test('Factory Droid, with tokens in the settings of the session', async () => {
    const message = (id: string, content: object) => ({
      ...time,
      type: 'message',
      id,
      message: { content: [content] },
    });
    const call = (id: string, name: string, input: object) => message(id, { type: 'tool_use', id, name, input });
    const result = (id: string, is_error: boolean) =>
      message(`r${id}`, { type: 'tool_result', tool_use_id: id, is_error });
    const snapshot = await take({
      '.factory/sessions/-x/a.jsonl': jsonLines([
        { type: 'session_start', id: 'a' },
        call('1', 'Execute', { command: 'git push' }),
        result('1', true),
        call('2', 'serena___find_symbol', {}),
        result('2', false),
        { type: 'agent_turn_outcome' },
      ]),
      '.factory/sessions/-x/a.settings.json': JSON.stringify({ tokenUsage: { inputTokens: 30, cacheReadTokens: 20 } }),
    });
    expect(outcomes(snapshot)).toEqual([2, 1, 0, 0, 0]);
    expect(snapshot?.agents[0]).toMatchObject({ files: 1, unknown: 0, tokens: { input: 30, output: 0, cached: 20 } });
    expect(snapshot?.servers).toMatchObject([{ server: 'serena', calls: 1 }]);
  });

  test('Cline: a document, whose messages count as lines; a damaged one is unreadable', async () => {
    const call = (id: string, name: string, input: object) => ({
      id,
      role: 'assistant',
      ts: 1795851533789,
      content: [{ type: 'tool_use', id, name, input }],
      metrics: { inputTokens: 10, outputTokens: 3, cacheReadTokens: 4 },
    });
    const result = (id: string, content: unknown) => ({
      id: `r${id}`,
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content }],
    });
    const messages = [
      call('1', 'run_commands', { commands: ['git status', 'jq . x'] }),
      result('1', [
        { query: 'git status', success: true },
        { query: 'jq . x', success: false },
      ]),
      call('2', 'serena__find_symbol', {}),
      result('2', '{"content":[],"isError":false}'),
      call('3', 'mcp-nixos__nixos_search', {}),
      result('3', '{"content":[],"isError":true}'),
      { role: 'system' },
    ];
    const snapshot = await take({
      '.cline/data/sessions/a/a.messages.json': JSON.stringify({ version: 1, messages }),
      '.cline/data/sessions/b/b.messages.json': '{"version":1,"mess',
      '.cline/data/sessions/a/a.json': '{}',
    });
    expect(outcomes(snapshot)).toEqual([3, 2, 0, 0, 0]);
    expect(snapshot?.agents[0]).toMatchObject({
      files: 2,
      lines: 7,
      unknown: 1,
      unreadable: 1,
      sessions: 1,
      from: '2026-11-28',
      tokens: { input: 18, output: 9, cached: 12 },
    });
    expect(snapshot?.programs.map(({ name }) => name)).toEqual(['git', 'jq']);
  });

  const sqlite3 = requires('sqlite3');
  test.skipIf(sqlite3.missing)(
    `opencode: a database, whose parts count as lines; a damaged one is unreadable${sqlite3.why}`,
    async () => {
      const tool = (callID: string, name: string, state: object) =>
        JSON.stringify({ type: 'tool', tool: name, callID, state });
      const end = (start: number) => ({ time: { start } });
      const rejected = 'The user rejected permission to use this specific tool call.';
      const parts: readonly (readonly [session: string, data: string])[] = [
        [
          'a',
          tool('1', 'bash', {
            status: 'completed',
            input: { command: 'rg x | head' },
            metadata: { exit: 1 },
            ...end(1),
          }),
        ],
        ['a', tool('2', 'serena_find_symbol', { status: 'completed', ...end(2) })],
        ['a', tool('3', 'mcp-nixos_nixos_search', { status: 'error', error: 'answer', ...end(3) })],
        ['a', tool('4', 'edit', { status: 'error', error: rejected, ...end(4) })],
        ['a', tool('5', 'read', { status: 'running', ...end(5) })],
        ['a', tool('6', 'private_tool', { status: 'completed', ...end(6) })],
        ['a', '{"type":"step-finish","tokens":{"input":6,"output":3,"reasoning":1,"cache":{"read":4,"write":2}}}'],
        ['a', '{"type":"text","text":"x'],
        ['a', '{"type":"new"}'],
        ['fork', tool('2', 'serena_find_symbol', { status: 'completed', ...end(2) })],
        ['child', tool('7', 'grep', { status: 'completed', ...end(7) })],
      ];
      const home = join(scratch, 'opencode');
      plant(home, { '.local/share/kilo/kilo.db': 'not a database', '.local/share/opencode/': '' });
      sqlite(join(home, '.local/share/opencode/opencode.db'), [
        'create table session (id text primary key, parent_id text);',
        "insert into session values ('a', null), ('fork', null), ('child', 'a');",
        'create table part (id text primary key, session_id text, time_created integer, data text);',
        ...parts.map(
          ([session, data], index) =>
            `insert into part values ('p${10 + index}', '${session}', ${1795851533789 + index}, '${data}');`,
        ),
      ]);
      const snapshot = await takeIn(home);
      expect(snapshot?.agents).toMatchObject([
        { agent: 'kilocode-cli', files: 1, unreadable: 1, calls: 0 },
        {
          agent: 'opencode',
          calls: 7,
          errors: 2,
          denied: 1,
          unanswered: 1,
          lines: 11,
          damaged: 1,
          unknown: 1,
          repeated: 1,
          files: 3,
          sessions: 1,
          subagents: 1,
          subagentCalls: 1,
          from: '2026-11-28',
          tokens: { input: 8, output: 4, cached: 4 },
        },
      ]);
      expect(snapshot?.servers.map(({ server, calls, errors }) => [server, calls, errors])).toEqual([
        ['mcp-nixos', 1, 1],
        ['serena', 1, 0],
      ]);
      expect(snapshot?.other).toMatchObject({ servers: 0, toolCalls: { calls: 1 } });
      expect(snapshot?.programs.map(({ name }) => name)).toEqual(['head', 'rg']);
    },
  );
});

test('sub-agents: in transcripts of their own, or in the session of the agent that started them', async () => {
  const time = { timestamp: '2026-11-04T08:00:00.000Z' };
  const droid = (name: string, id: string) => ({
    ...time,
    type: 'message',
    id,
    message: { role: 'assistant', content: [{ type: 'tool_use', id, name, input: {} }] },
  });
  const gemini = (name: string, id: string) => ({
    ...time,
    type: 'gemini',
    id,
    toolCalls: [{ id, name, args: {}, status: 'success' }],
  });
  const copilot = (toolName: string, id: string, agentId?: string) => ({
    ...time,
    type: 'tool.execution_start',
    id,
    data: { toolCallId: id, toolName },
    ...(agentId === undefined ? {} : { agentId }),
  });
  const qwen = (name: string, id: string) => ({
    ...time,
    uuid: id,
    type: 'assistant',
    message: { parts: [{ functionCall: { id, name, args: {} } }] },
  });
  const snapshot = await take({
    '.copilot/session-state/a/events.jsonl': jsonLines([
      copilot('task', '1'),
      { ...time, type: 'subagent.started', id: '2', agentId: 'x', data: { toolCallId: '1' } },
      copilot('bash', '3', 'x'),
      copilot('view', '4', 'x'),
      copilot('bash', '5'),
    ]),
    '.factory/sessions/p/a.jsonl': jsonLines([{ type: 'session_start', id: 'a' }, droid('Task', '1')]),
    '.factory/sessions/p/b.jsonl': jsonLines([
      { type: 'session_start', id: 'b', callingSessionId: 'a', callingToolUseId: '1' },
      droid('Execute', '2'),
      droid('Execute', '3'),
    ]),
    '.gemini/tmp/p/chats/session-a.jsonl': jsonLines([{ sessionId: 'a', kind: 'main' }, gemini('invoke_agent', '1')]),
    '.gemini/tmp/p/chats/a/b.jsonl': jsonLines([{ sessionId: 'b', kind: 'subagent' }, gemini('read_file', '2')]),
    '.qwen/projects/p/chats/a.jsonl': jsonLines([qwen('agent', '1')]),
    '.qwen/projects/p/subagents/a/agent-1.jsonl': jsonLines([qwen('glob', '2')]),
  });
  expect(
    snapshot?.agents.map((row) => [row.agent, row.sessions, row.calls, row.subagents, row.subagentCalls, row.unknown]),
  ).toEqual([
    ['droid', 1, 3, 1, 2, 0],
    ['gemini-cli', 1, 2, 1, 1, 0],
    ['github-copilot-cli', 1, 4, 1, 2, 0],
    ['qwen-code', 1, 2, 1, 1, 0],
  ]);
});

test('folders that the environment names', () => {
  const environment = { CLAUDE_CONFIG_DIR: '/c', CODEX_HOME: 'codex', XDG_DATA_HOME: '' };
  const folders = Object.fromEntries(
    transcriptSources('/home/me', environment).map(({ agent, folder }) => [agent, folder]),
  );
  expect(folders).toMatchObject({
    'claude-code': '/c/projects',
    codex: '/home/me/codex/sessions',
    opencode: '/home/me/.local/share/opencode',
    'pi-coding-agent': '/home/me/.pi/agent/sessions',
  });
});

test('40 secrets and private names, wherever they stand in a transcript, are neither in the snapshot nor in the output', async () => {
  const secrets = secretsOf('sessions', 40);
  const time = { timestamp: '2026-11-04T08:00:00.000Z' };
  const files = secrets.flatMap((secret, index) => {
    const command = `${secret} --x; rg ${secret} | ${secret}; TOKEN=${secret} git -C /${secret} log; ssh ${secret} rg`;
    const names = [secret, `serena__${secret}`, `${secret}__${secret}`, `serena_${secret}`, `${secret}___${secret}`];
    const claudeLines = [
      { type: secret, secret },
      {
        type: 'user',
        uuid: secret,
        cwd: `/home/${secret}`,
        gitBranch: secret,
        message: { role: 'user', content: secret },
      },
      claudeAttachment({ type: 'instructions', files: [{ path: `/home/${secret}/CLAUDE.md`, content: secret }] }),
      claudeAttachment({
        type: 'deferred_tools_delta',
        addedNames: [`mcp__${secret}__${secret}`, `mcp__serena__${secret}`, secret],
      }),
      claudeCall(`${index}`, 'Bash', { command }),
      claudeResult(`${index}`, true, { toolUseResult: secret }),
      claudeCall(`a${index}`, `mcp__${secret}__${secret}`, { [secret]: secret }),
      claudeCall(`b${index}`, `mcp__serena__${secret}`, { [secret]: secret }),
      claudeCall(`c${index}`, secret, { [secret]: secret }),
      `{"broken": "${secret}`,
    ];
    const codexLines = [
      { ...time, type: 'session_meta', payload: { cwd: `/home/${secret}` } },
      ...names.map((name) => ({
        ...time,
        type: 'response_item',
        payload: {
          type: 'function_call',
          call_id: `${name}${secret}`,
          name,
          namespace: `mcp__${secret}`,
          arguments: `{"${secret}":1}`,
        },
      })),
      {
        ...time,
        type: 'response_item',
        payload: {
          type: 'function_call',
          call_id: secret,
          name: 'exec_command',
          arguments: JSON.stringify({ cmd: command }),
        },
      },
      { ...time, type: 'response_item', payload: { type: 'function_call_output', call_id: secret, output: secret } },
    ];
    const geminiLine = {
      ...time,
      id: secret,
      type: 'gemini',
      content: secret,
      toolCalls: [...names, 'run_shell_command'].map((name) => ({
        id: secret,
        name,
        args: { command },
        status: secret,
      })),
    };
    const qwenLine = {
      ...time,
      uuid: secret,
      type: 'assistant',
      message: {
        parts: [...names, 'run_shell_command'].map((name) => ({
          functionCall: { id: secret, name, args: { command } },
        })),
      },
    };
    const copilotLines = [...names, 'bash'].map((toolName) => ({
      ...time,
      id: `${toolName}${secret}`,
      type: 'tool.execution_start',
      data: {
        toolCallId: secret,
        toolName,
        arguments: { command },
        ...(toolName === 'bash' ? {} : { mcpServerName: secret }),
      },
    }));
    const parts = [...names, 'Execute', 'run_commands', 'bash'].map((name) => ({
      type: 'tool_use',
      id: secret,
      name,
      input: { command, commands: [command] },
    }));
    const piParts = parts.map((part) => ({ ...part, type: 'toolCall', arguments: part.input }));
    const message = { ...time, type: 'message', id: secret, message: { role: 'assistant', content: parts } };
    return [
      [`.claude/projects/-home-${secret}/${secret}.jsonl`, jsonLines(claudeLines)],
      [`.codex/sessions/2026/11/04/rollout-${secret}.jsonl`, jsonLines(codexLines)],
      [`.gemini/tmp/${secret}/chats/${secret}.jsonl`, jsonLines([geminiLine])],
      [`.qwen/projects/${secret}/chats/${secret}.jsonl`, jsonLines([qwenLine])],
      [`.copilot/session-state/${secret}/events.jsonl`, jsonLines(copilotLines)],
      [`.factory/sessions/${secret}/${secret}.jsonl`, jsonLines([message])],
      [`.factory/sessions/${secret}/${secret}.settings.json`, JSON.stringify({ model: secret })],
      [
        `.cline/data/sessions/${secret}/${secret}.messages.json`,
        JSON.stringify({ system_prompt: secret, messages: [{ id: secret, role: 'assistant', content: parts }] }),
      ],
      [
        `.pi/agent/sessions/${secret}/${secret}.jsonl`,
        jsonLines([{ ...message, message: { role: 'assistant', content: piParts } }]),
      ],
    ] as const;
  });
  const snapshot = await take(Object.fromEntries(files));
  if (snapshot === null) throw new Error('no transcript was read');
  // Each agent's shell was read, and nothing but what is publicly known of it.
  expect(snapshot.agents.map(({ agent, calls }) => [agent, calls > 40])).toEqual(
    ['claude-code', 'cline', 'codex', 'droid', 'gemini-cli', 'github-copilot-cli', 'pi-coding-agent', 'qwen-code'].map(
      (agent) => [agent, true],
    ),
  );
  expect(snapshot.programs.map(({ name, uses }) => [name, uses])).toEqual([
    ['git', 320],
    ['rg', 320],
  ]);
  expect(leaked(secrets, { agentSessions: snapshot })).toEqual([]);
});
