import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCommand } from '../../generators/commands/command.ts';
import { commands } from '../../generators/commands/commands.ts';
import { command as generate } from '../../generators/commands/generate.ts';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { plantEvidence, sampleEvaluated } from '../sample-evidence.ts';
import { plant, survey } from '../tree.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const example = fileURLToPath(new URL('../../generators/example', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'bundle-'));
const output = join(scratch, 'output');
afterAll(() => rmSync(scratch, { recursive: true }));

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(dist, 'cli.mjs'), ...args], {
    cwd: scratch,
    env: { ...process.env, HOME: scratch },
    encoding: 'utf8',
  });
}

const evaluated = sampleEvaluated();
const which = (program: string) => execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();

function places(): string[] {
  const programs = ['--bash', which('bash'), '--cat', which('cat'), '--node', process.execPath];
  return ['--out', join(scratch, 'plugin'), ...programs];
}

/** Something that each command really does, and what it then says. */
const actions: Record<string, { args: () => readonly string[]; says: RegExp }> = {
  assemble: {
    args: () => ['--attrs', join(scratch, 'attributes.json'), '--out', join(scratch, 'evidence')],
    says: /^$/,
  },
  preview: { args: () => ['--out', join(scratch, 'preview')], says: /^# This machine\n/ },
  generate: { args: () => ['--in', example, '--out', join(scratch, 'generated')], says: /^$/ },
  why: { args: () => ['--dir', output, 'ripgrep'], says: /ripgrep/ },
  cost: { args: () => ['--dir', output], says: /needed by only one package or option/ },
  'snapshot shell': {
    args: () => ['--history', `fish=${join(scratch, 'fish_history')}`, '--taken-on', '2026-11-21', '--dry-run'],
    says: /"name": "git"/,
  },
  'snapshot git': { args: () => ['--repo', join(scratch, 'repository'), '--dry-run'], says: /"name": "ripgrep"/ },
  check: { args: () => ['--in', example, join(scratch, 'NOTES.md')], says: /^$/ },
  plugin: {
    args: () => ['--policies', join(output, 'intelligence/policies.json'), ...places()],
    says: /^$/,
  },
  rebuild: {
    args: () => ['--out', join(scratch, 'snapshots'), '--only', 'git', '--', 'echo', 'rebuilt'],
    says: /^rebuilt$/m,
  },
};

describe.skipIf(!existsSync(dist))('the bundle (skipped where there is none)', () => {
  beforeAll(() => {
    expect(run('generate', '--in', example, '--out', output).stderr).toBe('');
    plant(scratch, {
      'attributes.json': JSON.stringify({
        storeDir: '/nix/store',
        ...{ evaluated, settings: {}, roots: {}, services: {}, snapshots: '', closure: [] },
      }),
      fish_history: '- cmd: git status\n  when: 1763000000\n',
      'NOTES.md': 'Nothing to find.\n',
      'repository/configuration.nix': '{ pkgs, ... }: { environment.systemPackages = [ pkgs.ripgrep ]; }\n',
    });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: join(scratch, 'repository'),
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'search');
  });

  test('every command is tried', () => {
    expect(Object.keys(actions).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  test.each(commands.map(({ name }) => name))('%s', (name) => {
    const help = run(...name.split(' '), '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^usage: nixos-intelligence ${name} `));
    const { args, says } = actions[name] as (typeof actions)[string];
    const { status, stdout, stderr } = run(...name.split(' '), ...args());
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal/);
    expect(stdout).toMatch(says);
    expect(status).toBe(0);
  });

  test('generate writes what the sources write', async () => {
    const { files } = buildOutput(readEvidence(example));
    expect(survey(output)).toEqual(Object.fromEntries(files));
  });

  test.each<[string, Record<string, unknown>]>([
    ['a newer schema', { 'evaluated.json': { ...evaluated, schemaVersion: 2 } }],
    ['an unknown key and a wrong type', { 'evaluated.json': { ...evaluated, more: 1, host: 7 } }],
    ['a command with a blank', { 'commands.json': { schemaVersion: 1, packages: { a: ['rm -rf'] } } }],
    ['a small budget', { 'settings.json': { budget: { lines: 3 } } }],
    ['a snapshot of another kind', { 'snapshots/shell-history.json': { schemaVersion: 1 } }],
    ['an unfinished snapshot', { 'snapshots/git-history.json': '{' }],
  ])('%s: the words of the sources', async (_, broken) => {
    const input = mkdtempSync(join(scratch, 'broken-'));
    plantEvidence(input, { 'evaluated.json': evaluated, ...broken });
    const { status, stderr } = run('generate', '--in', input, '--out', join(input, 'out'));
    const told = await outcome(input);
    expect(stderr).toBe(told.stderr);
    expect(status).toBe(told.status);
  });

  test.each([
    ['plugin', ['--policies', 'attributes.json', ...places()], /schemaVersion: expected `1`, got nothing/],
    ['snapshot shell', ['--taken-on', '2026-02-30'], /`2026-02-30` is no day/],
  ])('%s: what is wrong is asked of zod, from the other commands too', (name, args, says) => {
    const { status, stderr } = run(...name.split(' '), ...args);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
  });
});

/** What `generate` says and answers over this folder, from the sources. */
async function outcome(input: string): Promise<{ stderr: string; status: number }> {
  const lines: string[] = [];
  const real = console.error;
  console.error = (line: string) => void lines.push(line);
  try {
    const status = await generate.run(parseCommand(generate, ['--in', input, '--out', join(input, 'expected')]));
    return { stderr: lines.map((line) => `${line}\n`).join(''), status };
  } catch (error) {
    const { message, hint, status } = error as Error & { hint?: string; status: number };
    return { stderr: `nixos-intelligence: ${message}\n${hint ? `  ${hint}\n` : ''}`, status };
  } finally {
    console.error = real;
  }
}
