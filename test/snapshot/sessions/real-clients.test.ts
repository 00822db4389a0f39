import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { takeSessions, transcriptSources } from '../../../generators/snapshot/sessions/take-sessions.ts';
import { requirement } from '../../requires.ts';

/**
 * Real clients write the transcripts, driven offline by `drive.mjs` in the folder that NIXOS_INTELLIGENCE_AGENT_CLIENTS
 * names: `drive.mjs --agent NAME --home DIR --cwd DIR --calls FILE` prints JSON with the client's exit status.
 */
const driver = join(process.env.NIXOS_INTELLIGENCE_AGENT_CLIENTS ?? '', 'drive.mjs');
const driven = requirement(
  process.env.NIXOS_INTELLIGENCE_AGENT_CLIENTS && existsSync(driver)
    ? null
    : 'NIXOS_INTELLIGENCE_AGENT_CLIENTS is not set',
);
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'clients-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const server = join(scratch, 'server.mjs');
writeFileSync(
  server,
  `import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const result = method === 'initialize' ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }
    : method === 'tools/list' ? { tools: ['find_symbol', 'nixos_search'].map((name) => ({ name, description: name, inputSchema: { type: 'object' } })) }
    : method === 'tools/call' ? { content: [{ type: 'text', text: 'answer' }], isError: process.argv[2] === 'fail' } : {};
  console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
});
`,
);

function drive(agent: string, calls: readonly object[], prepare: (home: string) => readonly string[] = () => []) {
  const home = join(scratch, agent);
  const project = join(home, 'project');
  mkdirSync(project, { recursive: true });
  execFileSync('git', ['init', '-q', project]);
  const file = join(scratch, `${agent}.json`);
  writeFileSync(file, JSON.stringify(calls));
  const args = ['--agent', agent, '--home', home, '--cwd', project, '--calls', file, ...prepare(home)];
  const { stdout } = spawnSync(process.execPath, [driver, ...args], { encoding: 'utf8', maxBuffer: 1e9 });
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 });
  const allowed = { servers: new Set<string>(), isProgram: (name: string) => /^(git|jq|rg|cat)$/.test(name) };
  return takeSessions(transcriptSources(home, {}), allowed, '2026-11-20');
}

const common = [
  { shell: 'git --version && rg x; echo y | jq .' },
  { shell: 'exit 3' },
  { read: '/nowhere/at/all' },
  { write: { path: 'a.txt', content: 'x' } },
];

describe.skipIf(driven.missing)(`transcripts of real clients${driven.why}`, () => {
  test('Claude Code with two MCP servers that are called, of which one fails, and one that is not', () => {
    const mcp = (...args: string[]) => ({ command: process.execPath, args: [server, ...args] });
    const config = join(scratch, 'mcp.json');
    writeFileSync(config, JSON.stringify({ mcpServers: { serena: mcp(), 'mcp-nixos': mcp('fail'), context7: mcp() } }));
    const snapshot = drive(
      'claude',
      [
        ...common.slice(0, 3),
        { name: 'ToolSearch', input: { query: 'select:mcp__serena__find_symbol,mcp__mcp-nixos__nixos_search' } },
        { name: 'mcp__serena__find_symbol', input: {} },
        { name: 'mcp__serena__find_symbol', input: {} },
        { name: 'mcp__mcp-nixos__nixos_search', input: {} },
      ],
      () => ['--allow', 'mcp__serena,mcp__mcp-nixos', '--', '--mcp-config', config],
    );
    expect(snapshot?.agents).toMatchObject([
      { agent: 'claude-code', sessions: 1, calls: 7, damaged: 0, unknown: 0, unanswered: 0 },
    ]);
    expect(snapshot?.servers).toMatchObject([
      { server: 'serena', calls: 2, errors: 0, offered: 1, tools: [{ tool: 'find_symbol', calls: 2 }] },
      { server: 'mcp-nixos', calls: 1, errors: 1, offered: 1, tools: [{ tool: 'nixos_search', calls: 1 }] },
      { server: 'context7', calls: 0, offered: 1, sessions: 0 },
    ]);
    expect(snapshot?.tools.map(({ tool, calls }) => [tool, calls])).toEqual([
      ['Bash', 2],
      ['Read', 1],
      ['ToolSearch', 1],
    ]);
  }, 120_000);

  test.each([
    ['codex', 'codex', 3, { git: 1, jq: 1, rg: 1, cat: 1 }],
    ['gemini', 'gemini-cli', 3, { git: 1, jq: 1, rg: 1 }],
    ['pi', 'pi-coding-agent', 3, { git: 1, jq: 1, rg: 1 }],
  ])(
    '%s',
    (name, agent, errors, programs) => {
      const snapshot = drive(
        name,
        common.slice(0, 3).concat({ write: { path: join(scratch, name, 'project/a.txt'), content: 'x' } }),
      );
      expect(snapshot?.agents).toMatchObject([
        { agent, sessions: 1, calls: 4, errors, damaged: 0, unknown: 0, unanswered: 0 },
      ]);
      expect(Object.fromEntries(snapshot?.programs.map((row) => [row.name, row.uses]) ?? [])).toEqual(programs);
    },
    120_000,
  );
});
