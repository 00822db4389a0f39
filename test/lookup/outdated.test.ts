import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readEvidence } from '../../generators/evidence/read-evidence.ts';
import { readSourceFiles } from '../../generators/evidence/read-source-files.ts';
import { buildOutput } from '../../generators/output/build-output.ts';
import { writeFolder } from '../../generators/output/write-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'outdated-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const checkout = join(scratch, 'checkout');
const output = join(scratch, 'output');
const sources = ['a.nix', 'b.nix', 'c.nix', 'd.nix', 'sub/e.nix'].map((file) => ({ file, text: `{ } # ${file}\n` }));
const example = readEvidence(fileURLToPath(new URL('../../generators/example', import.meta.url)));
const { evaluated } = example.evidence;
const evidence = {
  ...example.evidence,
  evaluated: { ...evaluated, flake: { ...evaluated.flake, checkout } },
  sourceFiles: readSourceFiles(sources),
};
writeFolder(output, buildOutput({ ...example, evidence }).files);

const minuteAgo = new Date(Date.now() - 60_000);
const inAMinute = new Date(Date.now() + 60_000);

/**
 * Writes the checkout with these changes (null: the file is deleted), and looks up an option in an output that was
 * linked at `linkedAt`.
 */
function lookUp(changes: Record<string, string | null>, linkedAt = minuteAgo) {
  rmSync(checkout, { recursive: true, force: true });
  utimesSync(join(output, 'intelligence'), linkedAt, linkedAt);
  const unchanged = Object.fromEntries(sources.map(({ file, text }) => [file, text]));
  for (const [file, content] of Object.entries({ ...unchanged, ...changes })) {
    if (content === null) continue;
    mkdirSync(join(checkout, file, '..'), { recursive: true });
    writeFileSync(join(checkout, file), content);
  }
  const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
  const args = [cli, 'option', 'services.openssh.enable', '--dir', output];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stderr };
}

const says = (what: string) => ({
  status: 0,
  stderr: `nixos-intelligence: ${what} changed since the last rebuild; this describes the state before\n`,
});

test('the checkout of the last rebuild: nothing is said', () => {
  expect(lookUp({})).toEqual({ status: 0, stderr: '' });
});

test('a file of another size, one of the same size, and one that is deleted: one line names them', () => {
  expect(lookUp({ 'b.nix': '{ }\n' })).toEqual(says('b.nix'));
  expect(lookUp({ 'b.nix': '{ } # B.nix\n' })).toEqual(says('b.nix'));
  expect(lookUp({ 'sub/e.nix': null })).toEqual(says('sub/e.nix'));
});

test('a new file, in a folder of the configuration and in a new one: one line names it', () => {
  expect(lookUp({ 'new.nix': '{ }' })).toEqual(says('new.nix'));
  expect(lookUp({ 'sub/new.nix': '{ }' })).toEqual(says('sub/new.nix'));
  expect(lookUp({ 'more/new.nix': '{ }' })).toEqual(says('more/new.nix'));
});

test('new files that the build does not read: nothing is said', () => {
  const others = { 'notes.md': '', '.direnv/flake.nix': '' };
  expect(lookUp(others)).toEqual({ status: 0, stderr: '' });
});

test('a file that the build left out and that was there before: nothing is said', () => {
  expect(lookUp({ 'untracked.nix': '{ }' }, inAMinute)).toEqual({ status: 0, stderr: '' });
});

test('many files: the first three and how many more', () => {
  const changes = Object.fromEntries(sources.map(({ file }) => [file, '']));
  expect(lookUp(changes)).toEqual(says('a.nix, b.nix, c.nix and 2 more'));
});

test('a checkout that is not there: nothing is said', () => {
  rmSync(checkout, { recursive: true, force: true });
  const without = lookUp(Object.fromEntries(sources.map(({ file }) => [file, null])));
  expect(without).toEqual({ status: 0, stderr: '' });
});
