import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ReadEvidence, readEvidence } from '../../../generators/evidence/read-evidence.ts';
import type { Machine } from '../../../generators/lookup/doctor/machine.ts';
import { outputReader } from '../../../generators/lookup/read-output.ts';
import { buildOutput } from '../../../generators/output/build-output.ts';
import { writeFolder } from '../../../generators/output/write-folder.ts';
import { pluginFolder } from '../../policy/plugin-folder.ts';

/** The day of every examination. */
const today = '2026-11-28';

const store = '/nix/store/1111111111111111111111111111111a';
const recorder = `${store}-nixos-intelligence-0.1.0/lib/nixos-intelligence/recorder.fish`;
export const systemPath = `${store}-nixos-system-laptop-26.11`;
const kernel = `${store}-linux-6.12.54`;
export const outputPath = `${store}-nixos-intelligence-me`;
export const pluginPath = `${store}-nixos-intelligence-plugin-me`;

/** The state of a machine, as a folder that stands for `/`. */
export interface MadeMachine {
  root: string;
  /** The same, with this path of the examined system. */
  inRoot: (path: string) => string;
  git: (...args: string[]) => void;
  machine: Machine;
  /** Writes the output again, from changed evidence. */
  build: (change?: (read: ReadEvidence) => ReadEvidence) => void;
}

const example = fileURLToPath(new URL('../../../generators/example', import.meta.url));
const template = fileURLToPath(new URL('../../../templates/nixos', import.meta.url));

const nixpkgs = {
  locked: {
    ...{ type: 'github', owner: 'NixOS', repo: 'nixpkgs', rev: 'a'.repeat(40) },
    lastModified: Date.parse('2026-11-20') / 1000,
  },
  original: { type: 'github', owner: 'NixOS', repo: 'nixpkgs', ref: 'nixos-unstable' },
};

/** A `flake.lock` whose inputs are a nixpkgs and what is given. */
export function lockText(inputs: object = {}, nodes: object = {}): string {
  return JSON.stringify({
    nodes: { nixpkgs, ...nodes, root: { inputs: { nixpkgs: 'nixpkgs', ...inputs } } },
    root: 'root',
    version: 7,
  });
}

/** Bundled once. Its hook is started where it was written: it names its files by absolute paths. */
let plugin: Promise<string> | undefined;
const buildPolicies = (output: string) => outputReader(output).read('policies');

/** The laptop of the template a week after its last rebuild, with nothing to find. */
export async function madeMachine(): Promise<MadeMachine> {
  const root = mkdtempSync(join(tmpdir(), 'doctor-'));
  const inRoot = (path: string): string => join(root, path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(inRoot(path)), { recursive: true });
    writeFileSync(inRoot(path), text);
  };
  const link = (path: string, target: string): void => {
    mkdirSync(dirname(inRoot(path)), { recursive: true });
    symlinkSync(target, inRoot(path));
  };
  for (const part of ['kernel', 'initrd', 'kernel-modules']) link(`${systemPath}/${part}`, `${kernel}/${part}`);
  write(`${kernel}/kernel`, '');
  write(`${kernel}/initrd`, '');
  write(`${kernel}/kernel-modules/lib`, '');
  link('/run/current-system', systemPath);
  link('/run/booted-system', systemPath);
  link('/nix/var/nix/profiles/system-7-link', systemPath);
  link('/nix/var/nix/profiles/system', 'system-7-link');

  const checkout = '/home/me/nixos-config';
  cpSync(template, inRoot(checkout), { recursive: true });
  write(`${checkout}/flake.lock`, lockText());
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.org', ...args], {
      cwd: inRoot(checkout),
      stdio: 'pipe',
    });
  };
  write(`${checkout}/AGENTS.md`, 'Packages are in `packages.nix`. Search with `rg`.\n');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'start');

  const output = inRoot(outputPath);
  const machine: Machine = {
    ...{ root, home: '/home/me', user: 'me', now: Date.parse(`${today}T12:00:00Z`) },
    env: { PATH: process.env.PATH ?? '', SHELL: '/run/current-system/sw/bin/fish' },
    output: null,
    noOutput: 'no output',
  };
  const build = (change = (read: ReadEvidence) => read): void => {
    const read = readEvidence(example);
    const inputs = [{ name: 'nixpkgs', revision: 'a'.repeat(40), lastModified: nixpkgs.locked.lastModified }];
    const { evaluated } = read.evidence;
    const evidence = { ...read.evidence, evaluated: { ...evaluated, flake: { ...evaluated.flake, inputs } } };
    rmSync(output, { recursive: true, force: true });
    writeFolder(
      output,
      buildOutput(change({ ...read, settings: { ...read.settings, parts: { hook: true, capture: true } }, evidence }))
        .files,
    );
    const reader = outputReader(output);
    machine.output = { ...reader, source: reader.read('source') };
  };
  build();
  write(`${recorder}`, '');
  write('/etc/fish/config.fish', `source ${recorder}\n`);
  write('/home/me/.local/state/nixos-intelligence/commands.log', '');
  link('/etc/systemd/system/nixos-intelligence-me.service', `${store}-unit/nixos-intelligence-me.service`);
  write(`${store}-unit/nixos-intelligence-me.service`, '');
  write(`${store}-hello/bin/hello`, '');
  link('/home/me/project/result', `${store}-hello`);
  link('/nix/var/nix/gcroots/auto/aaaa', '/home/me/project/result');
  link('/home/me/.claude/intelligence', `${outputPath}/intelligence`);
  link('/home/me/.claude/CLAUDE.md', `${outputPath}/CLAUDE.md`);
  plugin ??= pluginFolder(buildPolicies(output));
  cpSync(await plugin, inRoot(pluginPath), { recursive: true });
  link('/home/me/.claude/skills/nixos-intelligence', pluginPath);
  return { root, inRoot, git, machine, build };
}
