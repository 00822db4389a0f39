import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { agentSessions } from '../../../generators/evidence/agent-sessions.ts';
import { takeSessions, transcriptSources } from '../../../generators/snapshot/sessions/take-sessions.ts';
import { plant, type Tree } from '../../tree.ts';
import { secretsOf } from '../secrets.ts';
import { claudeAttachment, claudeCall, claudeResult, jsonLines } from './transcripts.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sessions-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const programs = new Set(['rg', 'git', 'jq', 'sudo', 'head']);

let homes = 0;
function take(tree: Tree, declared: readonly string[] = []) {
  const home = join(scratch, String(++homes));
  plant(home, tree);
  const allowed = { servers: new Set(declared), isProgram: (name: string) => programs.has(name) };
  const snapshot = takeSessions(transcriptSources(home, {}), allowed, '2026-11-20');
  return snapshot === null ? null : agentSessions.parse(snapshot);
}

const claude = (...lines: Parameters<typeof jsonLines>[0]): Tree => ({
  '.claude/projects/-home-me-x/a.jsonl': jsonLines(lines),
});

test('no transcript: no snapshot', () => {
  expect(take({ '.claude/CLAUDE.md': 'x' })).toBeNull();
});

test('calls by outcome, joined by id', () => {
  const snapshot = take(
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

test('MCP servers: public ones, declared ones, those of plugins; others are only counted', () => {
  const snapshot = take(
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

test('lines that a resumed or forked session copies count once; sub-agents are no sessions', () => {
  const copied = [claudeCall('1', 'Bash', { command: 'rg x' }), claudeResult('1')];
  const snapshot = take({
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

test('damaged and unknown lines are counted, and what stands beside them too', () => {
  const snapshot = take(
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

test('no line makes a reader throw', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
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
      ),
      message: fc.oneof(
        value,
        fc.record({ role: fc.constantFrom('assistant', 'toolResult'), content: value, usage: value }),
      ),
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
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (list) => {
      const text = jsonLines(list);
      const snapshot = take({
        '.claude/projects/p/a.jsonl': text,
        '.codex/sessions/2026/11/03/rollout-x.jsonl': text,
        '.gemini/tmp/p/chats/session-x.jsonl': text,
        '.pi/agent/sessions/p/x.jsonl': text,
      });
      expect(snapshot?.agents.map(({ unreadable, damaged }) => unreadable + damaged)).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: 60 },
  );
});

test('sessions with and without our context are told apart by what the client loaded', () => {
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
  const snapshot = take({
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
  test('Codex', () => {
    const item = (payload: object) => ({ ...time, type: 'response_item', payload });
    const call = (id: string, name: string, input: object) =>
      item({ type: 'function_call', name, call_id: id, arguments: JSON.stringify(input) });
    const output = (id: string, text: string) => item({ type: 'function_call_output', call_id: id, output: text });
    const snapshot = take({
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

  test('Gemini CLI, whose messages are written twice', () => {
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
    const snapshot = take({
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

  test('pi', () => {
    const message = (id: string, content: object) => ({ ...time, type: 'message', id, message: content });
    const snapshot = take({
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

test('40 secrets and private names, wherever they stand in a transcript, are not in the snapshot', () => {
  const secrets = secretsOf('sessions', 40);
  const files = secrets.map((secret, index) => {
    const lines = [
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
      claudeCall(`${index}`, 'Bash', {
        command: `${secret} --x; rg ${secret} | ${secret}; TOKEN=${secret} git -C /${secret} log; ssh ${secret} rg`,
      }),
      claudeResult(`${index}`, true, { toolUseResult: secret }),
      claudeCall(`a${index}`, `mcp__${secret}__${secret}`, { [secret]: secret }),
      claudeCall(`b${index}`, `mcp__serena__${secret}`, { [secret]: secret }),
      claudeCall(`c${index}`, secret, { [secret]: secret }),
      `{"broken": "${secret}`,
    ];
    return [`.claude/projects/-home-${secret}/${secret}.jsonl`, jsonLines(lines)] as const;
  });
  const text = JSON.stringify(take(Object.fromEntries(files)));
  expect(text).toContain('"rg"');
  expect(secrets.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
});
