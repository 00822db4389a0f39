import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { requirement } from '../requires.ts';
import { plantEvidence, sampleCommands, sampleEvaluated } from '../sample-evidence.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const bundled = requirement(existsSync(cli) ? null : 'nothing is bundled: npm run build');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'odd-files-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const evidence = join(scratch, 'evidence');
const evaluated = sampleEvaluated();
plantEvidence(evidence, {
  'evaluated.json': evaluated,
  'commands.json': sampleCommands(evaluated),
  'snapshots/other.txt': '',
});
const pipe = join(scratch, 'pipe');
spawnSync('mkfifo', [pipe]);
const file = join(scratch, 'file');
writeFileSync(file, 'text\n');
const folder = join(scratch, 'folder');
mkdirSync(join(folder, 'shell-history.json'), { recursive: true });
const history = join(scratch, 'history');
writeFileSync(history, 'git status\nls\n');

/** @param before shell commands before the command line: `umask 000` */
function run(args: readonly string[], { before = ':', env = {} }: { before?: string; env?: object } = {}) {
  const { status, stdout, stderr, error } = spawnSync(
    'sh',
    ['-c', `${before}; exec "$@"`, 'sh', process.execPath, cli, ...args],
    { cwd: scratch, env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000 },
  );
  expect(error).toBeUndefined();
  expect(stderr).not.toMatch(/^ {4}at /m);
  return { status, stdout, stderr };
}

const shell = ['snapshot', 'shell', '--history', `bash=${history}`];

describe.skipIf(bundled.missing)(`files that are none${bundled.why}`, () => {
  test.each<[string, string[], RegExp]>([
    ['--out below a file', [...shell, '--out', join(file, 'x')], /cannot be written: (ENOTDIR|EEXIST)/],
    ['--out is a file', [...shell, '--out', file], /cannot be written: (ENOTDIR|EEXIST)/],
    [
      'the target is a folder',
      [...shell, '--out', folder],
      /shell-history\.json` cannot be written: expected a file, got a folder/,
    ],
    ['--out below /proc', [...shell, '--out', '/proc/self/x'], /cannot be written: ENOENT/],
    ['preview --out is a file', ['preview', '--out', file], /expected an empty or new folder/],
    ['preview --out below a file', ['preview', '--out', join(file, 'x')], /cannot be written|expected an empty or new/],
    ['preview --out below /proc', ['preview', '--out', '/proc/self/x'], /cannot be written \(`ENOENT`\)/],
    [
      'a history that is a pipe',
      ['snapshot', 'shell', '--history', `bash=${pipe}`],
      /expected a file, got a folder, pipe or device/,
    ],
    [
      'a history that is a device',
      ['snapshot', 'shell', '--history', 'bash=/dev/zero'],
      /expected a file, got a folder, pipe or device/,
    ],
    ['evaluated.json that is a pipe', [...shell, '--evaluated', pipe], /expected a file, got a pipe or device/],
    [
      'evaluated.json that is a device',
      [...shell, '--evaluated', '/dev/zero'],
      /expected a file, got a pipe or device/,
    ],
    ['evaluated.json that is a folder', [...shell, '--evaluated', folder], /expected a file, got a folder/],
    [
      'a context file that is a pipe',
      ['check', '--in', evidence, pipe],
      /cannot read `.*`: expected a file, got a pipe/,
    ],
    [
      'a context file that is a device',
      ['check', '--in', evidence, '/dev/zero'],
      /expected a file, got a pipe or device/,
    ],
    [
      '--in is a file',
      ['generate', '--in', file, '--out', join(scratch, 'new')],
      /expected a folder with `evaluated.json`/,
    ],
    [
      '--repo is a file',
      ['snapshot', 'git', '--repo', file],
      /file` is in no git repository|cannot change to|Not a directory/,
    ],
  ])('%s', (_, args, says) => {
    const { status, stderr } = run(args);
    expect(stderr).toMatch(says);
    expect(status).toBe(2);
  });

  test('an empty history, and a missing one', () => {
    writeFileSync(join(scratch, 'empty'), '');
    expect(run(['snapshot', 'shell', '--history', 'bash=empty']).stderr).toContain('--history: `empty` is empty');
    expect(run(['snapshot', 'shell', '--history', 'bash=gone']).stderr).toContain('--history: there is no file `gone`');
  });

  test('why: an empty name, and a path in the store', () => {
    expect(run(['why', '']).stderr).toContain('expected one NAME, got an empty name');
    run(['preview', '--out', join(scratch, 'example')]);
    const dir = ['--dir', join(scratch, 'example')];
    const path = `/nix/store/${'0'.repeat(32)}-no-such-tool-1.0/bin/x`;
    expect(run(['why', ...dir, path]).stdout).toContain('nothing in the closure is named no-such-tool-1.0');
  });

  test('a snapshot of an older format: left out, with the command that renews it', () => {
    const older = join(scratch, 'older');
    plantEvidence(older, { 'evaluated.json': evaluated, 'snapshots/git-history.json': { schemaVersion: 0 } });
    const { status, stderr } = run(['generate', '--in', older, '--out', join(scratch, 'from-older')]);
    expect(stderr).toContain('snapshots/git-history.json is left out.');
    expect(stderr).toContain('to write it again: nixos-intelligence snapshot git');
    expect(status).toBe(0);
    expect(existsSync(join(scratch, 'from-older/CLAUDE.md'))).toBe(true);
  });

  test('umask 000: nobody else can write into the new folders', () => {
    const out = join(scratch, 'open/mine');
    expect(run([...shell, '--out', out], { before: 'umask 000' }).status).toBe(0);
    expect(run(['preview', '--out', join(scratch, 'shown')], { before: 'umask 000' }).status).toBe(0);
    const modes = [
      'open',
      'open/mine',
      'open/mine/shell-history.json',
      'shown',
      'shown/intelligence',
      'shown/CLAUDE.md',
    ];
    expect(modes.filter((path) => (statSync(join(scratch, path)).mode & 0o022) !== 0)).toEqual([]);
  });

  const asNobody = requirement(process.getuid?.() === 0 ? null : 'not run by root');
  test.skipIf(asNobody.missing)(`a user without an entry in the password file${asNobody.why}`, () => {
    const home = join(scratch, 'home');
    mkdirSync(home);
    const program = `process.setgid(4242); process.setuid(4242); process.argv.splice(1, 1); await import(process.argv[1]);`;
    writeFileSync(join(scratch, 'as.mjs'), program);
    // The project may be in a folder that is closed to that user.
    cpSync(dirname(cli), join(scratch, 'dist'), { recursive: true });
    const args = [join(scratch, 'as.mjs'), join(scratch, 'dist/cli.mjs'), ...shell, '--dry-run'];
    spawnSync('chmod', ['-R', 'a+rX', scratch]);
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: '/',
      env: { PATH: process.env.PATH, HOME: home },
      encoding: 'utf8',
    });
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect({ status, starts: stdout.startsWith('{') }).toEqual({ status: 0, starts: true });
  });
});
