import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { agentSessions } from '../../../generators/evidence/agent-sessions.ts';
import { takeSessions } from '../../../generators/snapshot/sessions/take-sessions.ts';
import { transcriptSources } from '../../../generators/snapshot/sessions/transcript-files.ts';
import { requirement } from '../../requires.ts';
import { plant, type Tree } from '../../tree.ts';

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
const cache = process.env.AGENT_CLIENTS_CACHE ?? join(process.env.HOME ?? '', '.cache/agent-clients');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'clients-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** An MCP server with two tools, whose calls fail if it is started with an argument. */
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
const servers = (more: object = {}) => ({
  serena: { command: process.execPath, args: [server], ...more },
  'mcp-nixos': { command: process.execPath, args: [server, 'fail'], ...more },
  context7: { command: process.execPath, args: [server], ...more },
});

/** A hook that refuses `git push` by printing its answer. */
const refuseHook = (answer: object): string =>
  `#!/bin/sh\ncase "$(cat)" in *"git push"*) echo '${JSON.stringify(answer)}' ;; esac\n`;
const hook = join(scratch, 'refuse');
const refusal = { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: 'no' };
writeFileSync(hook, refuseHook({ hookSpecificOutput: refusal }), { mode: 0o755 });
const plainHook = join(scratch, 'refuse-plain');
writeFileSync(
  plainHook,
  refuseHook({ permissionDecision: 'deny', permissionDecisionReason: 'no', decision: 'deny', reason: 'no' }),
  { mode: 0o755 },
);
const hooks = (event: string, command: string) => ({
  [event]: [{ matcher: '*', hooks: [{ type: 'command', command }] }],
});

/** [calls, errors, denied] */
type Counts = readonly [number, number, number];

/** What a client is given, and what a reader of the calls counts. */
interface Client {
  agent: string;
  /** Files of the home; values other than text as JSON. */
  home: Readonly<Record<string, unknown>>;
  args?: readonly string[];
  /** How it names a tool of a server; absent: it has no MCP, or the driver cannot call a tool of it. */
  mcp?: (server: string, tool: string) => string;
  /** A call that loads the tools of the servers. */
  load?: object;
  tools: Readonly<Record<string, Counts>>;
  programs?: Readonly<Record<string, number>>;
  /** Servers whose tools were offered and never called. */
  idle?: readonly string[];
}

const double = (name: string, tool: string): string => `mcp__${name}__${tool}`;
const select = `select:${double('serena', 'find_symbol')},${double('mcp-nixos', 'nixos_search')}`;
const opencode = {
  home: {
    permission: { bash: { 'git push*': 'deny' } },
    mcp: Object.fromEntries(
      Object.entries(servers()).map(([name, { command, args }]) => [
        name,
        { type: 'local', command: [command, ...args] },
      ]),
    ),
  },
  mcp: (name: string, tool: string) => `${name}_${tool}`,
};

const clients: Readonly<Record<string, Client>> = {
  claude: {
    agent: 'claude-code',
    home: { '.claude/settings.json': { hooks: hooks('PreToolUse', hook) }, 'mcp.json': { mcpServers: servers() } },
    args: ['--allow', 'mcp__serena,mcp__mcp-nixos', '--', '--mcp-config', join(scratch, 'claude/mcp.json')],
    mcp: double,
    load: { name: 'ToolSearch', input: { query: select } },
    tools: { Bash: [3, 2, 1], Read: [1, 1, 0], ToolSearch: [1, 0, 0], Write: [1, 0, 0] },
    idle: ['context7'],
  },
  codex: {
    agent: 'codex',
    home: { '.codex/hooks.json': { hooks: hooks('PreToolUse', hook) } },
    args: ['--trust-hooks'],
    // Files are read in the shell.
    tools: { apply_patch: [1, 0, 0], exec_command: [4, 3, 1] },
    programs: { cat: 1 },
  },
  gemini: {
    agent: 'gemini-cli',
    home: {
      '.gemini/extensions/x/gemini-extension.json': { name: 'x', version: '1.0.0', mcpServers: servers() },
      '.gemini/extensions/x/hooks/hooks.json': { hooks: hooks('BeforeTool', plainHook) },
    },
    mcp: (name, tool) => `mcp_${name}_${tool}`,
    tools: { read_file: [1, 1, 0], run_shell_command: [3, 2, 1], write_file: [1, 0, 0] },
  },
  qwen: {
    agent: 'qwen-code',
    home: {
      '.qwen/extensions/x/qwen-extension.json': { name: 'x', version: '1.0.0', mcpServers: servers() },
      '.qwen/extensions/x/hooks/hooks.json': { hooks: hooks('PreToolUse', hook) },
    },
    mcp: double,
    load: { name: 'tool_search', input: { query: select } },
    tools: { read_file: [1, 1, 0], run_shell_command: [3, 2, 1], tool_search: [1, 0, 0], write_file: [1, 0, 0] },
  },
  pi: {
    agent: 'pi-coding-agent',
    home: {
      '.pi/agent/extensions/x.ts':
        "export default (pi: any) => pi.on('tool_call', (event: any) => event.input?.command === 'git push' ? { block: true, reason: 'no' } : undefined);\n",
    },
    // It does not tell refused calls from failed ones.
    tools: { bash: [3, 3, 0], read: [1, 1, 0], write: [1, 0, 0] },
  },
  copilot: {
    agent: 'github-copilot-cli',
    home: {
      '.copilot/mcp-config.json': { mcpServers: servers({ type: 'local', tools: ['*'] }) },
      '.copilot/hooks/x.json': { version: 1, hooks: { preToolUse: [{ type: 'command', bash: plainHook }] } },
    },
    args: ['--trust-hooks'],
    mcp: (name, tool) => `${name}-${tool}`,
    // Files outside of the project are refused.
    tools: { bash: [3, 2, 1], create: [1, 0, 0], view: [1, 0, 1] },
  },
  droid: {
    agent: 'droid',
    home: {
      '.factory/mcp.json': { mcpServers: servers({ type: 'stdio' }) },
      '.factory/hooks.json': hooks('PreToolUse', hook),
    },
    mcp: (name, tool) => `${name}___${tool}`,
    load: { name: 'ToolSearch', input: { query: 'select:serena___find_symbol,mcp-nixos___nixos_search' } },
    // It does not tell refused calls from failed ones.
    tools: { Create: [1, 0, 0], Execute: [3, 3, 0], Read: [1, 1, 0], ToolSearch: [1, 0, 0] },
  },
  cline: {
    agent: 'cline',
    // A hook that refuses a call ends the run.
    home: { '.cline/data/settings/cline_mcp_settings.json': { mcpServers: servers() } },
    mcp: (name, tool) => `${name}__${tool}`,
    tools: { editor: [1, 0, 0], read_files: [1, 1, 0], run_commands: [3, 3, 0] },
  },
  opencode: {
    agent: 'opencode',
    home: { '.config/opencode/opencode.json': opencode.home },
    mcp: opencode.mcp,
    tools: { bash: [3, 2, 1], read: [1, 1, 0], write: [1, 0, 0] },
  },
  kilo: {
    agent: 'kilocode-cli',
    home: { '.config/kilo/kilo.json': opencode.home },
    mcp: opencode.mcp,
    tools: { bash: [3, 2, 1], read: [1, 1, 0], write: [1, 0, 0] },
  },
};

describe.each(Object.entries(clients))(
  'transcripts of %s',
  (name, { agent, home: files, args = [], mcp, load, tools, programs, idle = [] }) => {
    const isInstalled = existsSync(join(cache, name, 'installed'));
    const needed = driven.missing ? driven : requirement(isInstalled ? null : `the client ${name} is not installed`);
    test.skipIf(needed.missing)(
      `calls by outcome, tool and server; programs; tokens${needed.why}`,
      async () => {
        const home = join(scratch, name);
        const project = join(home, 'project');
        const tree: Tree = Object.fromEntries(
          Object.entries(files).map(([file, value]) => [
            file,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        );
        mkdirSync(project, { recursive: true });
        plant(home, tree);
        execFileSync('git', ['init', '-q', project]);
        const calls = [
          { shell: 'git --version && rg x; echo y | jq .' },
          { shell: 'exit 3' },
          { read: '/nowhere/at/all' },
          { write: { path: join(project, 'a.txt'), content: 'x' } },
          { shell: 'git push' },
          ...(load === undefined ? [] : [load]),
          ...(mcp === undefined
            ? []
            : [
                { name: mcp('serena', 'find_symbol'), input: {} },
                { name: mcp('serena', 'find_symbol'), input: {} },
                { name: mcp('mcp-nixos', 'nixos_search'), input: {} },
              ]),
        ];
        const callsFile = join(scratch, `${name}.json`);
        writeFileSync(callsFile, JSON.stringify(calls));
        const command = [
          '--agent',
          name,
          '--home',
          home,
          '--cwd',
          project,
          '--calls',
          callsFile,
          '--timeout',
          '170',
          ...args,
        ];
        const { stdout } = spawnSync(process.execPath, [driver, ...command], { encoding: 'utf8', maxBuffer: 1e9 });
        expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 });

        const allowed = {
          servers: new Set<string>(),
          isProgram: (program: string) => /^(git|jq|rg|cat)$/.test(program),
        };
        const snapshot = agentSessions.parse(await takeSessions(transcriptSources(home, {}), allowed, '2026-11-20'));
        const sum = (index: 0 | 1 | 2): number =>
          Object.values(tools).reduce((total, counts) => total + counts[index], 0);
        const answers = calls.length + 1;
        expect(snapshot.agents).toMatchObject([
          {
            agent,
            sessions: 1,
            calls: calls.length,
            errors: sum(1) + (mcp === undefined ? 0 : 1),
            denied: sum(2),
            interrupted: 0,
            unanswered: 0,
            damaged: 0,
            unknown: 0,
            unreadable: 0,
            tokens: { input: answers, output: answers, cached: 0 },
          },
        ]);
        expect(
          Object.fromEntries(snapshot.tools.map((row) => [row.tool, [row.calls, row.errors, row.denied]])),
        ).toEqual(tools);
        expect(
          snapshot.servers.map((row) => [row.server, row.calls, row.errors, row.tools.map(({ tool }) => tool)]),
        ).toEqual(
          mcp === undefined
            ? []
            : [
                ['serena', 2, 0, ['find_symbol']],
                ['mcp-nixos', 1, 1, ['nixos_search']],
                ...idle.map((one) => [one, 0, 0, []]),
              ],
        );
        expect(Object.fromEntries(snapshot.programs.map((row) => [row.name, row.uses]))).toEqual({
          git: 2,
          jq: 1,
          rg: 1,
          ...programs,
        });
      },
      180_000,
    );
  },
);
