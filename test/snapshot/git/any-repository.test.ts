import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRepository } from '../../../generators/snapshot/git/repository.ts';
import { happened, historyOf, packages, repository, run, scratch, tool } from './repositories.ts';

const steps = [
  { message: 'one', files: { 'flake.nix': '{ }', 'p.nix': packages('git') } },
  { message: 'add fd for finding', files: { 'p.nix': packages('git', 'fd') } },
  { message: 'add bat', files: { 'p.nix': packages('git', 'fd', 'bat') } },
];

function clone(from: string, ...args: string[]): string {
  const folder = scratch();
  run(folder, ['clone', '--quiet', ...args, `file://${from}`, 'clone']);
  return join(folder, 'clone');
}

test('a shallow clone: entries of its first commit may be older', async () => {
  const history = await historyOf(clone(repository(steps), '--depth=2'));
  expect(history.repository.shallow).toBe(true);
  expect(tool(history, 'fd')?.since).toMatchObject({ date: '2026-01-02', atLeast: true });
  expect(tool(history, 'bat')?.since).toMatchObject({ date: '2026-01-03', atLeast: false });
});

test('a partial clone: missing contents are counted, nothing is fetched, nothing counts as removed', async () => {
  const origin = repository(steps);
  run(origin, ['config', 'uploadpack.allowFilter', 'true']);
  const folder = clone(origin, '--filter=blob:none', '--no-checkout');
  run(folder, ['remote', 'set-url', 'origin', 'file:///nowhere']);
  const history = await historyOf(folder);
  expect(history.repository.partial).toBe(true);
  expect(history.coverage).toMatchObject({ commits: 3, missingBlobs: 4 });
  expect(history.tools).toEqual([]);
  expect(run(folder, ['cat-file', '--batch-all-objects', '--batch-check'])).not.toContain('blob');
});

test('a content that got lost: the rest is read', async () => {
  const folder = repository(steps);
  const blob = run(folder, ['rev-parse', 'HEAD~1:p.nix']);
  execFileSync('rm', ['-f', join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2))]);
  const history = await historyOf(folder);
  expect(history.coverage.missingBlobs).toBe(1);
  expect(happened(history, 'git')).toBe('added');
  expect(tool(history, 'fd')?.since.date).toBe('2026-01-03');
});

test('a bare repository, a linked work tree, a folder inside', async () => {
  const origin = repository([...steps, { message: 'folder', files: { 'sub/x.nix': '{ }' } }]);
  run(origin, ['worktree', 'add', '--quiet', '-b', 'other', join(origin, 'linked')]);
  const whole = await historyOf(origin);
  const tools = whole.tools;
  expect((await historyOf(clone(origin, '--bare'))).tools).toEqual(tools);
  expect((await historyOf(join(origin, 'linked'))).tools).toEqual(tools);
  expect((await historyOf(join(origin, 'sub'))).tools).toEqual(tools);
});

test('a flake in a folder of its own: files are named from there', async () => {
  const history = await historyOf(
    repository([
      { message: 'one', files: { 'old.nix': packages('git') } },
      { message: 'two', files: { 'old.nix': null, 'nix/flake.nix': '{ }', 'nix/p.nix': packages('git') } },
    ]),
  );
  expect(history.repository.flakeRoot).toBe('nix/');
  expect(tool(history, 'git')?.places[0]?.file).toBe('p.nix');
  expect(tool(history, 'git')?.events[1]).toMatchObject({
    type: 'moved',
    from: ['../old.nix#environment.systemPackages'],
    to: ['p.nix#environment.systemPackages'],
  });
});

test('development shells and templates are no part of the configuration, modules named shell.nix are', async () => {
  const shell = (name: string): string => `{ pkgs }: { default = pkgs.mkShell { packages = [ pkgs.${name} ]; }; }\n`;
  const history = await historyOf(
    repository([
      {
        message: 'one',
        files: {
          'modules/shell.nix': packages('fish'),
          'shell.nix': shell('just'),
          'nix/shell.nix': shell('cargo'),
          'templates/rust/packages.nix': packages('rustc'),
        },
      },
    ]),
  );
  expect(history.tools.map(({ name }) => name)).toEqual(['fish']);
});

test('SHA-256', async () => {
  const history = await historyOf(repository(steps, ['--object-format=sha256']));
  expect(tool(history, 'fd')?.reason?.text).toBe('add fd for finding');
});

test('messages and files in other encodings', async () => {
  const latin = Buffer.from('füge fd für die Suche hinzu', 'latin1');
  const folder = repository([
    { message: latin, files: { 'p.nix': Buffer.from(packages('fd # für Suche'), 'latin1') } },
    {
      message: Buffer.from([0x61, 0x64, 0x64, 0x20, 0xff, 0xfe, 0x20, 0x62, 0x61, 0x74]),
      files: { 'p.nix': packages('fd', 'bat') },
    },
  ]);
  const history = await historyOf(folder);
  expect(happened(history, 'fd')).toBe('added');
  expect(happened(history, 'bat')).toBe('added');
});

test('an existing branch, and a missing one', async () => {
  const folder = repository([
    ...steps,
    { message: 'add jq', files: { 'j.nix': packages('jq') }, branch: 'personal' },
    { message: 'x', branch: 'main' },
  ]);
  expect(happened(await historyOf(folder), 'jq')).toBe('never declared');
  expect(happened(await historyOf(folder, { branch: 'personal' }), 'jq')).toBe('added');
  expect(happened(await historyOf(clone(folder), { branch: 'personal' }), 'jq')).toBe('added');
  await expect(openRepository(folder, 'nowhere')).rejects.toThrow('no branch `nowhere`');
  await expect(openRepository(folder, '--output=/tmp/x')).rejects.toThrow('no branch');
});

describe('errors that the user can repair', () => {
  test('no repository, no commit, no folder', async () => {
    const empty = scratch();
    await expect(openRepository(empty)).rejects.toThrow('is in no git repository');
    run(empty, ['init', '--quiet']);
    await expect(openRepository(empty)).rejects.toThrow('nothing is committed yet');
    await expect(openRepository(join(empty, 'nowhere'))).rejects.toThrow('no such folder');
  });
});

test('links, submodules and odd names of files are no trouble', async () => {
  const folder = repository([{ message: 'one', files: { 'a b\n"ö.nix': packages('fd') } }]);
  execFileSync('ln', ['-s', 'nowhere', join(folder, 'l.nix')]);
  run(folder, ['add', '--all']);
  run(folder, ['commit', '--quiet', '--message=link']);
  expect(happened(await historyOf(folder), 'fd')).toBe('added');
});

test('tags are milestones; how often it changes is measured', async () => {
  const folder = repository([
    ...steps,
    { message: 'fix: typo', files: { 'p.nix': packages('git', 'fd', 'bat') }, day: 3 },
    { message: 'flake.lock: update', files: { 'flake.lock': '1' }, day: 10 },
    { message: 'flake.lock: update', files: { 'flake.lock': '2' }, day: 17 },
    { message: 'Revert "add bat"', files: { 'p.nix': packages('git', 'fd') }, day: 18 },
  ]);
  run(folder, ['tag', '--annotate', '--message=first', 'v1.0', 'HEAD~1']);
  const history = await historyOf(folder, { takenOn: '2027-01-01' });
  expect(history.milestones.map(({ name, date }) => `${name} ${date}`)).toEqual(['v1.0 2026-01-18']);
  expect(history.activity).toMatchObject({
    windowDays: 365,
    days: { '2026-01-01': 1, '2026-01-02': 1, '2026-01-03': 1, '2026-01-19': 1 },
    changeDays: 3,
    changesPerYear: 3,
    band: 'stable',
    reverts: 1,
    lockUpdates: { count: 2, medianDaysBetween: 7, last: '2026-01-18' },
    life: { added: 3, ended: 1, medianDaysOfEnded: 16, goneWithin30Days: 1 },
  });
});
