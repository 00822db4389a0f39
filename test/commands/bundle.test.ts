import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../generators/commands/commands.ts';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { sampleEvaluated } from '../sample-evidence.ts';
import { plant, survey } from '../tree.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const example = fileURLToPath(new URL('../../generators/example', import.meta.url));
const withProjects = fileURLToPath(new URL('../golden/workstation/expected', import.meta.url));
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

function pluginOptions(): string[] {
  const programs = ['--bash', which('bash'), '--cat', which('cat'), '--node', process.execPath];
  return ['--out', join(scratch, 'plugin'), ...programs];
}

/** For each command arguments with which it does its work, and what it prints then. */
const actions: Record<string, { args: () => readonly string[]; prints: RegExp }> = {
  assemble: {
    args: () => ['--attrs', join(scratch, 'attributes.json'), '--out', join(scratch, 'evidence')],
    prints: /^$/,
  },
  preview: { args: () => ['--out', join(scratch, 'preview')], prints: /^# This machine\n/ },
  generate: { args: () => ['--in', example, '--out', join(scratch, 'generated')], prints: /^$/ },
  option: {
    args: () => ['--dir', output, 'programs.git.enable'],
    prints: /^ {2}value: true, set in configuration.nix:/m,
  },
  package: { args: () => ['--dir', output, 'ripgrep'], prints: /^ripgrep 14/ },
  command: { args: () => ['--dir', output, 'rg'], prints: /^rg: command of ripgrep/ },
  search: { args: () => ['--dir', output, 'ripgrep'], prints: /^package ripgrep: / },
  diagnose: {
    args: () => ['--root', scratch, join(scratch, 'failed.log')],
    prints: /^missing input: cannot find flake 'flake:sops' in the flake registries$/m,
  },
  project: { args: () => ['--dir', withProjects, join(scratch, 'project')], prints: /^Uses vitest\.$/m },
  'snapshot projects': { args: () => ['--dir', scratch, '--dry-run'], prints: /"schemaVersion": 1/ },
  'snapshot sessions': { args: () => ['--dry-run'], prints: /"schemaVersion": 1/ },
  'snapshot machine': { args: () => ['--dry-run'], prints: /"schemaVersion": 1/ },
  where: { args: () => ['--dir', output, 'ripgrep'], prints: /^packages.nix:\d+ / },
  // The example has no flake inputs.
  input: { args: () => ['--dir', output], prints: /^$/ },
  init: { args: () => [join(dist, '../templates/nixos')], prints: /^programs\.nixos-intelligence is set already: / },
  completion: { args: () => ['zsh'], prints: /^#compdef nixos-intelligence\n/ },
  // Nothing is linked for this user.
  complete: { args: () => ['option', 'serv'], prints: /^$/ },
  explain: { args: () => ['--dir', output, 'ripgrep'], prints: /tool_profiles.json#/ },
  why: { args: () => ['--dir', output, 'ripgrep'], prints: /ripgrep/ },
  recommend: { args: () => ['--dir', output], prints: /^add: Declare .tree./m },
  cost: { args: () => ['--dir', output], prints: /needed by only one package or option/ },
  'snapshot shell': {
    args: () => ['--history', `fish=${join(scratch, 'fish_history')}`, '--taken-on', '2026-11-21', '--dry-run'],
    prints: /"name": "git"/,
  },
  'snapshot git': { args: () => ['--repo', join(scratch, 'repository'), '--dry-run'], prints: /"name": "ripgrep"/ },
  'policy explain': { args: () => ['--dir', output, 'sudo rm -rf /'], prints: /^ask, by the rule `destructive`$/m },
  'policy log': { args: () => [], prints: /^ {5}1 {2}ask {5}destructive {2}\(2026-11-20 to 2026-11-20\)$/m },
  'policy test': {
    args: () => ['--dir', output, join(scratch, 'calls.txt')],
    prints: /^1 calls, 0 decided differently$/m,
  },
  // Standard input is empty, so it ends at once.
  mcp: { args: () => [], prints: /^$/ },
  doctor: { args: () => ['--only', 'home-claude-md', '--dir', output], prints: /^fine: home-claude-md$/m },
  report: { args: () => ['--dir', output, '--out', join(scratch, 'report.html')], prints: /report\.html$/m },
  change: {
    args: () => ['remove', 'ripgrep', '--no-eval', '--flake', join(scratch, 'repository')],
    prints: /^\+.*systemPackages = \[ \]; }\nclaim: removes ripgrep from environment.systemPackages\nunproved/m,
  },
  check: { args: () => ['--in', example, join(scratch, 'NOTES.md')], prints: /^$/ },
  'index-nixpkgs': {
    args: () => ['--in', join(scratch, 'packages.json'), '--out', join(scratch, 'packages.tsv')],
    prints: /^$/,
  },
  plugin: {
    args: () => ['--in', output, ...pluginOptions()],
    prints: /^$/,
  },
  rebuild: {
    args: () => ['--out', join(scratch, 'snapshots'), '--only', 'git', '--', 'echo', 'rebuilt'],
    prints: /^rebuilt$/m,
  },
};

describe.skipIf(!existsSync(dist))('the bundle (skipped without `npm run build`)', () => {
  beforeAll(() => {
    expect(run('generate', '--in', example, '--out', output).stderr).toBe('');
    plant(scratch, {
      'failed.log': "error: cannot find flake 'flake:sops' in the flake registries\n",
      'attributes.json': JSON.stringify({
        storeDir: '/nix/store',
        ...{ evaluated, settings: {}, roots: {}, services: {}, sources: '', snapshots: '', closure: [] },
      }),
      fish_history: '- cmd: git status\n  when: 1763000000\n',
      'packages.json': '{ "hello": { "name": "hello-2.12", "pname": "hello", "version": "2.12" } }',
      'NOTES.md': 'Nothing to find.\n',
      'project/package.json': '{ "devDependencies": { "vitest": "4" } }',
      '.claude/projects/-project/session.jsonl': '{"type":"user"}\n',
      'calls.txt': 'ask | destructive | rm -rf /\n',
      '.local/state/nixos-intelligence/policy-outcomes.jsonl':
        '{"day":"2026-11-20","rule":"destructive","decision":"ask"}\n',
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

  test('every command has a test', () => {
    expect(Object.keys(actions).sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  test.each(commands.map(({ name }) => name))('%s does its work', (name) => {
    const help = run(...name.split(' '), '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^usage: nixos-intelligence ${name}( |\n)`));
    const { args, prints } = actions[name] as (typeof actions)[string];
    const { status, stdout, stderr } = run(...name.split(' '), ...args());
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node:internal/);
    expect(stdout).toMatch(prints);
    expect(status).toBe(0);
  });

  test('generate writes the same as the sources', async () => {
    const { files } = buildOutput(readEvidence(example));
    expect(survey(output)).toEqual(Object.fromEntries(files));
  });
});
