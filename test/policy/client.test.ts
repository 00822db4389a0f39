import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driveClient, requiresClient } from '../claude-client/client.ts';
import { requirement } from '../requires.ts';
import { pluginFolder } from './plugin-folder.ts';
import { policiesWith } from './policies.ts';

const policies = policiesWith({ decisions: { nativeCli: 'block' } });
const managed = '/etc/claude-code/managed-settings.d/50-nixos-intelligence-test.json';
const requiresRoot = requirement(
  requiresClient.missing ?? (process.getuid?.() === 0 ? null : `only root can write ${dirname(managed)}`),
);
let plugin: string;

beforeAll(async () => {
  if (requiresClient.missing === null) plugin = await pluginFolder(policies);
});

/** A folder of the client's with the plugin linked as one directory. */
function configDir(linked: boolean): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'policy-client-')), '.claude');
  mkdirSync(join(folder, 'skills'), { recursive: true });
  if (linked) symlinkSync(plugin, join(folder, 'skills/nixos-intelligence'));
  return folder;
}

const bash = (command: string) => ({ name: 'Bash', input: { command, description: 'x' } });

async function drive(folder: string, calls: object[], ...more: string[]) {
  const file = join(dirname(folder), 'calls.json');
  writeFileSync(file, JSON.stringify(calls));
  const { toolResults, stderr } = await driveClient(folder, '--calls', file, ...more);
  expect(toolResults, stderr).toHaveLength(calls.length);
  return toolResults;
}

const calls = [
  bash('nix-env -iA nixpkgs.jq'),
  bash('echo allowed'),
  bash('git push --force origin main'),
  bash('grep -rn TODO /etc/hostname'),
];

function expectEnforced(results: Awaited<ReturnType<typeof drive>>) {
  const [blocked, allowed, asked, advised] = results;
  expect(blocked).toMatchObject({
    isError: true,
    text: expect.stringContaining('installs software outside the configuration'),
  });
  expect(allowed).toMatchObject({ isError: false, text: 'allowed' });
  // Nobody can answer here, so the client refuses.
  expect(asked).toMatchObject({ isError: true, text: expect.stringContaining('rewrite `main` for everybody') });
  expect(advised?.isError === true && advised.text.includes('Policy')).toBe(false);
}

describe(`the real client${requiresClient.why}`, () => {
  test.skipIf(requiresClient.missing)(
    'with the plugin linked, refuses with the reason and lets the rest run',
    async () => {
      expectEnforced(await drive(configDir(true), calls));
    },
  );

  test.skipIf(requiresClient.missing)('without it, nothing is refused', async () => {
    const [first] = await drive(configDir(false), [bash('echo nix-env -iA x; true rm -rf')]);
    expect(first).toMatchObject({ isError: false });
  });

  test.skipIf(requiresClient.missing)('advice reaches the model beside the result', async () => {
    const folder = configDir(true);
    const keep = join(dirname(folder), 'requests');
    await drive(folder, [bash('grep -c root /etc/passwd')], '--keep', keep);
    expect(readFileSync(keep, 'utf8')).toContain('is preferred over `grep`');
  });

  test.skipIf(requiresClient.missing)('an MCP tool is refused in favour of gh', async () => {
    const folder = configDir(true);
    const config = join(dirname(folder), 'mcp.json');
    const server = join(dirname(folder), 'server.mjs');
    writeFileSync(server, mcpServer);
    writeFileSync(
      config,
      JSON.stringify({
        mcpServers: {
          github: { command: process.execPath, args: [server] },
          notes: { command: process.execPath, args: [server] },
        },
      }),
    );
    const [github, notes] = await drive(
      folder,
      [
        { name: 'mcp__github__say', input: {} },
        { name: 'mcp__notes__say', input: {} },
      ],
      '--mcp-config',
      config,
      '--allow',
      'mcp__github__*,mcp__notes__*',
    );
    expect(github).toMatchObject({ isError: true, text: expect.stringContaining('run `gh` through Bash') });
    expect(notes).toMatchObject({ isError: false, text: 'said' });
  });

  test.skipIf(requiresClient.missing)('finds the plugin valid', () => {
    const bin = process.env.CLAUDE_BIN ?? join(homedir(), '.cache/claude-client/claude');
    const { status, stdout, stderr } = spawnSync(bin, ['plugin', 'validate', plugin], {
      encoding: 'utf8',
      env: { ...process.env, HOME: dirname(configDir(false)) },
    });
    expect({ status, out: stdout + stderr }).toMatchObject({ status: 0, out: expect.stringMatching(/passed/i) });
  });
});

describe(`the managed drop-in${requiresRoot.why}`, () => {
  afterAll(() => {
    if (requiresRoot.missing === null) execFileSync('rm', ['-f', managed]);
  });

  test.skipIf(requiresRoot.missing)('does the same for a user who linked nothing', async () => {
    mkdirSync(dirname(managed), { recursive: true });
    writeFileSync(managed, readFileSync(join(plugin, 'managed-settings.json')));
    expectEnforced(await drive(configDir(false), calls));
  });
});

/** The smallest server that has one tool. */
const mcpServer = `
import { createInterface } from 'node:readline';
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const result = method === 'initialize' ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }
    : method === 'tools/list' ? { tools: [{ name: 'say', description: 'Says', inputSchema: { type: 'object', properties: {} } }] }
    : method === 'tools/call' ? { content: [{ type: 'text', text: 'said' }] } : {};
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
});
`;
