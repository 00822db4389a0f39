import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Requirement, requirement, requires } from '../requires.ts';

const systemd = ['/run/current-system/systemd', '/usr/lib/systemd', '/lib/systemd']
  .flatMap((folder) => [join(folder, 'lib/systemd/systemd'), join(folder, 'systemd')])
  .find((program) => existsSync(program));

/** A systemd that starts a unit as a user's manager does, in a namespace of its own. */
export function requiresUserManager(): Requirement {
  if (systemd === undefined) return requirement('no systemd');
  const tools = requires('unshare', 'mount', 'timeout');
  if (tools.missing) return tools;
  const home = mkdtempSync(join(tmpdir(), 'unit-'));
  try {
    runUnit(home, '[Service]\nType=oneshot\nExecStart=touch "%h/ran"\n');
    return requirement(existsSync(join(home, 'ran')) ? null : 'systemd does not run as a user’s manager here');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Starts a oneshot service by systemd with this home, waits for its end and answers what was said. */
export function runUnit(home: string, service: string): string {
  const own = mkdtempSync(join(tmpdir(), 'manager-'));
  try {
    const units = join(own, 'units');
    mkdirSync(join(units, 'under-test.service.d'), { recursive: true });
    writeFileSync(join(units, 'under-test.service'), service);
    writeFileSync(
      join(units, 'under-test.service.d/test.conf'),
      // Nor is this user one of the host's.
      '[Unit]\nConditionUser=\nSuccessAction=exit-force\nFailureAction=exit-force\n[Service]\nStandardOutput=inherit\nStandardError=inherit\n',
    );
    // A user's manager asks whether the machine was booted with systemd.
    const start = `
      [ -d /run/systemd/system ] || { mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system; }
      exec timeout 30 ${systemd} --user --unit=under-test.service --log-target=console`;
    const namespace = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
    const mapped = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const { stdout, stderr } = spawnSync('unshare', [...mapped, ...namespace, 'sh', '-c', start], {
      encoding: 'utf8',
      cwd: '/',
      env: {
        PATH: process.env.PATH ?? '/usr/bin:/bin',
        HOME: home,
        XDG_RUNTIME_DIR: own,
        SYSTEMD_UNIT_PATH: `${units}:`,
        LANG: 'C.UTF-8',
      },
    });
    return stdout + stderr;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
