import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Requirement, requirement, requires } from './requires.ts';

const nobody = 65534;
const root = process.getuid?.() === 0;

/** To root every folder is writable: as root, a test of permissions needs `setpriv` to become nobody. */
export const requiresUnprivileged: Requirement = root ? requires('setpriv') : requirement(null);

/** The command line that runs `command` as nobody where this is root, as ourselves otherwise. */
export function withoutPrivileges(command: readonly string[]): [string, ...string[]] {
  if (!root) return ['env', ...command];
  return ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...command];
}

/** `command` run as a user without privileges: as nobody where this is root, as ourselves otherwise. */
export function unprivileged(command: readonly string[], env: Record<string, string> = {}): Finished {
  const [program, ...args] = withoutPrivileges(command);
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', ...env },
  });
  return { status, stdout, stderr };
}

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Gives a tree to the user that `unprivileged` runs as; links are given, not followed. */
export function handOver(path: string): void {
  if (!root) return;
  chownTree(path);
}

function chownTree(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) {
    spawnSync('chown', ['-h', `${nobody}:${nobody}`, path]);
    return;
  }
  chownSync(path, nobody, nobody);
  if (stat.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name));
}
