import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { subcommandTools } from '../../../generators/data/subcommands.ts';
import { shellHistory } from '../../../generators/evidence/shell-history.ts';
import { noAliases, readAliases } from '../../../generators/snapshot/shell/aliases.ts';
import type { HistoryFile } from '../../../generators/snapshot/shell/find-histories.ts';
import { knownNames } from '../../../generators/snapshot/shell/known-names.ts';
import { takeShellHistory } from '../../../generators/snapshot/shell/take-shell-history.ts';
import { requires } from '../../requires.ts';
import { sqlite, writeHistory } from './write-history.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'machine-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const request = {
  aliases: noAliases,
  host: null,
  loginShell: 'fish',
  takenOn: '2026-06-30',
  since: null,
  captureLog: null,
} as const;

const snapshotOf = (histories: HistoryFile[], searched = '', captureLog: string | null = null) =>
  takeShellHistory({
    ...request,
    histories,
    known: knownNames({ home: folder, user: 'ann', path: searched, profiles: [] }, [], []),
    captureLog,
  });

test('only programs in the folders of PATH are known names', async () => {
  const bin = path.join(folder, 'Downloads');
  mkdirSync(path.join(bin, 'swordfish'), { recursive: true });
  writeFileSync(path.join(bin, 'tangerine'), 'a note');
  writeFileSync(path.join(bin, 'mytool'), '#!/bin/sh\n', { mode: 0o755 });
  symlinkSync('swordfish', path.join(bin, 'mississippi'));
  symlinkSync('nowhere', path.join(bin, 'hunter2'));
  // Shadowed by what is no program.
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(path.join(folder, 'bin/tangerine2'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(path.join(bin, 'tangerine2'), 'a note');
  const typed = ['swordfish', 'tangerine', 'mytool', 'mississippi', 'hunter2', 'tangerine2', 'ls'];
  const history = writeHistory(
    folder,
    'bash plain',
    typed.map((text) => ({ text, time: 0 })),
  );
  const { commands, totals } = await snapshotOf([history], `${bin}:${folder}/bin`);
  expect(commands.map(({ name, foundIn }) => [name, foundIn])).toEqual([
    ['ls', null],
    ['mytool', 'home'],
    ['tangerine2', 'home'],
  ]);
  expect(totals.unknown).toBe(4);
});

test('denied names never appear in the output', async () => {
  const typed = ['cat f | grep x', 'xargs grep a', 'git log | grep x', 'nix run nixpkgs#gnugrep', 'sort f | uniq'];
  const history = writeHistory(
    folder,
    'bash plain',
    typed.map((text) => ({ text, time: 0 })),
  );
  const known = knownNames({ home: folder, user: 'ann', path: '', profiles: [] }, [], ['grep']);
  const snapshot = await takeShellHistory({ ...request, histories: [history], known });
  expect(JSON.stringify(snapshot)).not.toMatch(/grep/);
  expect(snapshot.habits.map(({ habit }) => habit)).toEqual(['sort | uniq']);
});

test('the schema accepts every subcommand in a pipeline', async () => {
  const lines = [...subcommandTools].flatMap(([tool, { names }]) => [...names].map((name) => `${tool} ${name} | cat`));
  // No more pipelines than these are written.
  for (let start = 0; start < lines.length; start += 500) {
    const typed = lines.slice(start, start + 500).map((text) => ({ text, time: 0 }));
    const snapshot = await snapshotOf([writeHistory(folder, 'bash plain', typed)]);
    expect(shellHistory.safeParse(snapshot).error).toBeUndefined();
  }
});

test('a log that cannot be read is reported', async () => {
  const log = path.join(folder, 'commands.log');
  const history = writeHistory(folder, 'bash plain', [{ text: 'ls', time: 0 }]);
  mkdirSync(log);
  writeFileSync(`${log}.1`, '20575\tls\t\t0\t5\t1\n');
  expect((await snapshotOf([history], '', log)).captured?.lines).toBe(1);
  rmSync(`${log}.1`);
  mkdirSync(`${log}.1`);
  expect((await snapshotOf([history], '', log)).captured).toBeNull();
});

test('a history that is not a file any more is reported without its path', async () => {
  mkdirSync(path.join(folder, 'swordfish'));
  writeFileSync(path.join(folder, 'file'), '');
  const loop = path.join(folder, 'loop');
  symlinkSync(loop, loop);
  const files = ['swordfish', 'file/history', 'gone', 'loop'].map((name) => path.join(folder, name));
  const { unread } = await snapshotOf(files.map((file) => ({ kind: 'bash', file })));
  expect(unread).toEqual(files.map(() => ({ kind: 'bash', why: 'no readable file' })));
});

const fifo = requires('mkfifo');
test.skipIf(fifo.missing !== null)(`a named pipe in place of a start-up file is not read${fifo.why}`, async () => {
  const pipe = path.join(folder, '.bashrc');
  execFileSync('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'echo alias tangerine=ls > "$0"', pipe], { stdio: 'ignore' });
  try {
    expect(readAliases(folder, {}, null).textOf('bash', 'tangerine')).toBeUndefined();
  } finally {
    writer.kill();
  }
});

const database = requires('sqlite3');
test.skipIf(database.missing !== null)(`impossible times are ignored${database.why}`, async () => {
  const history = writeHistory(folder, 'atuin', [{ text: 'ls', time: 1_770_000_000 }]);
  for (const [id, value] of ['9e999', '-9e999', "'swordfish'", '253402300799000000000', '0', '-5'].entries()) {
    sqlite(history.file, [
      `insert into history values ('row ${id}', ${value}, ${value}, ${value}, 'ls', '/', 's', 'box:ann', null, null, null, 'fish', 1);`,
    ]);
  }
  const { commands, sources } = await snapshotOf([history]);
  expect(commands.map(({ name, uses, days }) => [name, uses, days])).toEqual([['ls', 7, 1]]);
  expect(sources[0]).toMatchObject({ entries: 7, undated: 6, from: '2026-02-02', to: '2026-02-02' });
});
