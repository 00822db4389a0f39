import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { writeFolder } from '../../generators/output/write-folder.ts';
import { driveAgent, requiresDriver } from '../agents/driven.ts';
import { driveClient, requiresClient } from '../claude-client/client.ts';
import { requirement } from '../requires.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const bundled = requirement(existsSync(cli) ? null : 'nothing is bundled: npm run build');
const home = mkdtempSync(join(tmpdir(), 'mcp-'));
const command = { command: process.execPath, args: [cli, 'mcp'], env: { HOME: home, PATH: process.env.PATH ?? '' } };
const failed = `error: syntax error, unexpected '}', expecting ';'\n       at ${home}/config/packages.nix:2:1:\n`;

beforeAll(() => {
  const read = readEvidence(fileURLToPath(new URL('../../generators/example', import.meta.url)));
  const { evaluated } = read.evidence;
  // Of a standalone home, which any host may read.
  const flake = { ...evaluated.flake, checkout: join(home, 'config') };
  const host = { ...evaluated.host, name: null };
  const evidence = { ...read.evidence, evaluated: { ...evaluated, host, flake } };
  writeFolder(join(home, '.claude'), buildOutput({ ...read, evidence }).files);
  mkdirSync(join(home, 'config'));
  writeFileSync(join(home, 'config/flake.nix'), '{ outputs = _: { }; }\n');
  writeFileSync(join(home, 'config/packages.nix'), '{ environment.systemPackages = [ ]\n}\n');
});

describe.skipIf(bundled.missing)(`the MCP server${bundled.why}`, () => {
  test('has two tools of 400 tokens at most, answers, and says what is wrong with a call', async () => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StdioClientTransport(command));
    const listed = await client.listTools();
    expect(listed.tools.map(({ name }) => name)).toEqual(['look_up', 'diagnose']);
    expect(Buffer.byteLength(JSON.stringify(listed)) / 4).toBeLessThanOrEqual(400);
    const call = async (name: string, input: Record<string, unknown>) => {
      const { content, isError = false } = await client.callTool({ name, arguments: input });
      return { isError, text: Array.isArray(content) ? String(content[0]?.text) : '' };
    };
    expect(await call('look_up', { kind: 'package', name: 'ripgrep' })).toMatchObject({
      isError: false,
      text: expect.stringMatching(/^ripgrep 14[\s\S]*packages\.nix:\d+/),
    });
    expect(await call('look_up', { kind: 'option', name: 'services.opensh.enable' })).toMatchObject({
      isError: false,
      text: expect.stringContaining('services.openssh.enable'),
    });
    expect(await call('look_up', { kind: 'search', name: 'openssh ports' })).toMatchObject({
      isError: false,
      text: expect.stringContaining('services.openssh.ports'),
    });
    expect(await call('diagnose', { output: failed })).toMatchObject({
      isError: false,
      text: expect.stringContaining('packages.nix:1:35'),
    });
    expect(await call('look_up', { kind: 'rebuild' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('expected `kind`'),
    });
    expect(await call('look_up', { kind: 'package', name: '--help' })).toMatchObject({
      isError: false,
      text: expect.stringContaining('--help is not installed'),
    });
    expect(await call('other', {})).toMatchObject({ isError: true });
    await client.close();
  });
});

const claude = requirement(requiresClient.missing ?? bundled.missing);

test.skipIf(claude.missing)(`Claude Code lists its tools, calls them and reads an error${claude.why}`, async () => {
  const calls = join(home, 'calls.json');
  const config = join(home, 'mcp.json');
  const tool = (name: string, input: object) => ({ name: `mcp__nixos-intelligence__${name}`, input });
  writeFileSync(
    calls,
    JSON.stringify([
      tool('look_up', { kind: 'command', name: 'rg' }),
      tool('diagnose', { output: failed }),
      tool('look_up', { kind: 'option' }),
    ]),
  );
  writeFileSync(config, JSON.stringify({ mcpServers: { 'nixos-intelligence': command } }));
  const allow = ['--mcp-config', config, '--allow', 'mcp__nixos-intelligence__*'];
  const { toolResults, stderr } = await driveClient(join(home, '.claude'), '--calls', calls, ...allow);
  expect(toolResults, stderr).toMatchObject([
    { isError: false, text: expect.stringContaining('rg: command of ripgrep') },
    { isError: false, text: expect.stringContaining('packages.nix:1:35') },
    { isError: true, text: expect.stringContaining('expected `name`') },
  ]);
});

const other = requirement(requiresDriver.missing ?? bundled.missing);

test.skipIf(other.missing)(`Gemini CLI lists its tools, calls them and reads an error${other.why}`, async () => {
  const agentHome = mkdtempSync(join(tmpdir(), 'mcp-gemini-'));
  const project = join(agentHome, 'project');
  mkdirSync(join(agentHome, '.gemini'), { recursive: true });
  mkdirSync(project);
  const servers = { mcpServers: { intelligence: { ...command, trust: true } } };
  writeFileSync(join(agentHome, '.gemini/settings.json'), JSON.stringify(servers));
  const calls = join(agentHome, 'calls.json');
  const tool = (name: string, input: object) => ({ name: `mcp_intelligence_${name}`, input });
  writeFileSync(
    calls,
    JSON.stringify([tool('look_up', { kind: 'command', name: 'rg' }), tool('look_up', { kind: 'option' })]),
  );
  const { toolResults, stderr } = await driveAgent('gemini-cli', agentHome, project, calls);
  expect(toolResults, stderr).toMatchObject([
    { text: expect.stringContaining('rg: command of ripgrep') },
    { text: expect.stringContaining('expected `name`') },
  ]);
});
