import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from './world.ts';

/** What git prints, by line; `'slow'` if it needs longer than the user should wait, null if it fails. */
export type GitLines = string[] | 'slow' | null;

/**
 * Asks git about the repository of a folder without changing anything in it, and without the programs that its
 * configuration names.
 */
export function gitLines(folder: string, args: readonly string[], world: World): GitLines {
  const { status, stdout, error } = git(folder, args, world.gitPatience);
  if (error !== undefined) return 'code' in error && error.code === 'ENOENT' ? null : 'slow';
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : null;
}

/** Whether git ignores a file, also one that it tracks; false if it does not say. */
export const isIgnored = (path: string): boolean =>
  git(dirname(path), ['check-ignore', '-q', '--no-index', '--', path], 1000).status === 0;

function git(folder: string, args: readonly string[], timeout: number) {
  // Loaded when it is needed: few calls start git, and every call waits for what the hook loads.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-C', folder];
  return spawnSync('git', [...safe, ...args], {
    encoding: 'utf8',
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 22,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
  });
}

/** The root of the work tree that contains a folder; null outside a repository. */
export function workTree(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return null;
  }
}
