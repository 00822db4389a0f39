import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { requiresUserManager, runUnit } from '../../nix/user-manager.ts';
import { requirement, requires, requiresUsableNix } from '../../requires.ts';

const cli = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'doctor-state-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const mounts = requires('unshare', 'mount');

/** The answer about the disk with a file system of this size at /boot of another root. */
function diskAnswer(size: string) {
  const root = mkdtempSync(join(scratch, 'root-'));
  mkdirSync(join(root, 'boot'));
  const line = `mount -t tmpfs -o size=${size} tmpfs ${root}/boot && exec "$@"`;
  const args = ['--mount', '--map-root-user', 'sh', '-c', line, 'sh', process.execPath, cli];
  const doctor = ['doctor', '--only', 'disk-space', '--json', '--root', root];
  const { stdout, stderr, status } = spawnSync('unshare', [...args, ...doctor], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/home/me' },
  });
  expect(stderr).not.toContain('unshare');
  return { status, check: JSON.parse(stdout).checks[0] };
}

test.skipIf(mounts.missing)(`a boot partition that is nearly full, and one that is not${mounts.why}`, () => {
  expect(diskAnswer('90m')).toMatchObject({
    status: 1,
    check: { status: 'finding', evidence: ['/boot: 94 MB free, less than 100 MB'] },
  });
  // Without an output the command has no data, but the check answers.
  expect(diskAnswer('200m')).toMatchObject({ status: 2, check: { status: 'ok', message: '/boot: 210 MB free' } });
});

const manager = requiresUserManager();
const nix = requiresUsableNix();
const units = requirement(manager.missing ?? nix.missing);

test.skipIf(units.missing)(`a failed unit that home-manager declares, and one that it does not${units.why}`, () => {
  const home = mkdtempSync(join(scratch, 'home-'));
  const folder = join(home, '.config/systemd/user');
  mkdirSync(folder, { recursive: true });
  const failing = '[Unit]\nDescription=Backup of the home\n[Service]\nType=oneshot\nExecStart=false\n';
  const generation = join(home, 'home-manager-files');
  mkdirSync(generation);
  writeFileSync(join(generation, 'backup.service'), failing);
  const { stdout: added } = spawnSync('nix-store', ['--add', generation], { encoding: 'utf8' });
  symlinkSync(join(added.trim(), 'backup.service'), join(folder, 'backup.service'));
  writeFileSync(join(folder, 'own.service'), failing);
  const examine = (wants: string): { status: string; evidence: string[]; fix: string } => {
    const answer = join(home, 'answer.json');
    const after = wants === '' ? '' : `[Unit]\nWants=${wants}\nAfter=${wants}\n`;
    const program = join(home, 'examine');
    const line = `HOME='${home}' '${process.execPath}' '${cli}' doctor --only failed-units --json >'${answer}'`;
    writeFileSync(program, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    const said = runUnit(home, `${after}[Service]\nType=oneshot\nSuccessExitStatus=1 2\nExecStart=${program}\n`);
    try {
      return JSON.parse(readFileSync(answer, 'utf8')).checks[0];
    } catch {
      throw new Error(said);
    }
  };
  expect(examine('backup.service own.service')).toMatchObject({
    status: 'finding',
    evidence: ['backup.service (user): Backup of the home'],
    fix: 'journalctl --user --boot --lines 50 --unit backup.service',
  });
  expect(examine('own.service')).toMatchObject({ status: 'ok' });
});
