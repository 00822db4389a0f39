import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AgentHook, agents } from '../../generators/agents/agents.ts';
import { answer } from '../../generators/policy/answer.ts';
import { callJson } from '../policy/calls.ts';
import { policiesWith } from '../policy/policies.ts';
import { readTable, tableEnv } from '../policy/table.ts';

/** Advice that was given is noted there. */
const env = { ...tableEnv, XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'agents-state-')) };

const policies = { ...policiesWith({ decisions: { nativeCli: 'block' } }), count: false };

/** An agent's own names for the inputs of Claude Code's tools, where they differ. */
const inputs: Readonly<Record<string, (tool: string, input: Record<string, unknown>) => Record<string, unknown>>> = {
  'github-copilot-cli': (_, { file_path: path, ...rest }) => (path === undefined ? rest : { ...rest, path }),
  opencode: (_, { file_path: filePath, ...rest }) => (filePath === undefined ? rest : { ...rest, filePath }),
  'kilocode-cli': (_, { file_path: filePath, ...rest }) => (filePath === undefined ? rest : { ...rest, filePath }),
  'pi-coding-agent': (_, { file_path: path, ...rest }) => (path === undefined ? rest : { ...rest, path }),
  codex: (tool, { file_path: file, ...rest }) =>
    tool === 'Edit'
      ? { command: `*** Begin Patch\n*** Update File: ${file}\n@@\n-a\n+${rest.new_string}\n*** End Patch\n` }
      : rest,
};

/** A call of Claude Code's as an agent would describe it; null: the agent has no such tool. */
function inAgent(id: string, hook: AgentHook, tool: string, input: Record<string, unknown>): string | null {
  const own = Object.entries(hook.tools).find(([, known]) => known === tool)?.[0];
  if (own === undefined) return null;
  const ownInput = inputs[id]?.(tool, input) ?? input;
  const cwd = '/home/ann/app';
  if (id === 'github-copilot-cli') return JSON.stringify({ sessionId: 's', cwd, toolName: own, toolArgs: ownInput });
  const event = id === 'gemini-cli' ? 'BeforeTool' : 'PreToolUse';
  return JSON.stringify({ session_id: 's', cwd, hook_event_name: event, tool_name: own, tool_input: ownInput });
}

function decisionIn(text: string): string {
  if (text === '') return 'pass';
  const { hookSpecificOutput, decision, permissionDecision } = JSON.parse(text);
  return decision ?? permissionDecision ?? hookSpecificOutput.permissionDecision ?? 'pass';
}

const calls = [...readTable('everyday'), ...readTable('bypasses'), ...readTable('commands')]
  .filter((_, at) => at % 4 === 0)
  .map(({ call }) => call);

const hooks = Object.entries(agents).flatMap(([id, { hook }]) => (hook === undefined ? [] : [[id, hook] as const]));

describe.each(hooks)('%s', (id, hook) => {
  test('decides as Claude Code does, apart from ask', () => {
    let compared = 0;
    for (const { tool, input: written } of calls) {
      // The search of other agents prints the lines that it finds.
      const input = tool === 'Grep' ? { ...written, output_mode: 'content' } : written;
      const text = inAgent(id, hook, tool, input);
      if (text === null) continue;
      const claude = decisionIn(answer(callJson(tool, input), policies, env));
      const expected = claude === 'ask' && !hook.asks ? 'deny' : claude;
      expect(decisionIn(answer(text, policies, env, hook)), text).toBe(expected);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(200);
  });

  test('a call that cannot be read is refused or asked about, in the form that it reads', () => {
    expect(decisionIn(answer('{"tool_name":1}', policies, env, hook))).toBe(hook.asks ? 'ask' : 'deny');
  });
});

test.each([
  ['gemini-cli', { tool_name: 'mcp_github_say', mcp_context: { server_name: 'github' }, tool_input: {} }],
  ['droid', { tool_name: 'github___say', tool_input: {} }],
  ['qwen-code', { tool_name: 'mcp__github__say', tool_input: {} }],
  ['github-copilot-cli', { toolName: 'github-say', toolArgs: '{}' }],
  ['opencode', { tool_name: 'github_say', tool_input: {} }],
])('%s: an MCP tool by its server', (id, call) => {
  const text = answer(JSON.stringify({ ...call, cwd: '/home/ann/app' }), policies, env, agents[id]?.hook);
  expect(decisionIn(text)).toBe('deny');
});

test.each([
  ['codex', { tool_name: 'shell', tool_input: { command: ['bash', '-lc', 'nix-env -iA nixpkgs.jq'] } }],
  ['gemini-cli', { tool_name: 'run_shell_command', tool_input: { command: 'cat .env', dir_path: '/home/ann/app' } }],
  ['opencode', { tool_name: 'bash', tool_input: { command: 'cat .env', workdir: 'sub' } }],
])('%s: a command as a list of words, or in another folder', (id, call) => {
  const text = answer(JSON.stringify({ ...call, cwd: '/home/ann/app' }), policies, env, agents[id]?.hook);
  expect(decisionIn(text)).toBe('deny');
});
