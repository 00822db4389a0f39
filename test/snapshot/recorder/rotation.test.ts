import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { requires } from '../../requires.ts';

/** Quoted: the checkout may lie in a path with a blank. */
const recorder = (shell: string): string =>
  `'${fileURLToPath(new URL(`../../../dist/recorder.${shell}`, import.meta.url))}'`;

const record = {
  bash: `ni_status=0 ni_stages=(0) ni_now=$EPOCHREALTIME ni_start=\${EPOCHREALTIME//[!0-9]}
    for ((i = 0; i < 500; i++)); do __ni_record ls; done`,
  zsh: '__ni_start=$EPOCHREALTIME; for ((i = 0; i < 500; i++)); do __ni_record 0 1 ls; done',
  fish: 'for i in (seq 500); __ni_postexec ls; end',
} as const;
const options = { bash: ['--norc'], zsh: ['-f'], fish: ['-N'] } as const;

const shells = (['bash', 'zsh', 'fish'] as const).map((shell) => ({ shell, needed: requires(shell) }));

for (const { shell, needed } of shells)
  test.skipIf(needed.missing)(`two shells of ${shell} that find a full log lose no line${needed.why}`, async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'rotation-'));
    try {
      const folder = path.join(home, 'nixos-intelligence');
      const log = path.join(folder, 'commands.log');
      mkdirSync(folder);
      const old = 20_000;
      writeFileSync(log, '20000\tgit\tcommit\t0\t1000000000000000000000000000000000\t1\n'.repeat(old));
      // Both know the full log's size before one of them moves it.
      const script = `source ${recorder(shell)}; ${shell === 'fish' ? '' : '__ni_size=1048577;'} read ${shell === 'fish' ? '-l ' : ''}go; ${record[shell]}`;
      const running = [1, 2].map(() =>
        spawn(shell, [...options[shell], '-i', '-c', script], {
          env: { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home, TERM: 'dumb', LANG: 'C.UTF-8' },
          stdio: ['pipe', 'ignore', 'ignore'],
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 1000));
      for (const one of running) one.stdin?.end('go\n');
      await Promise.all(running.map((one) => new Promise((resolve) => one.on('close', resolve))));
      const rows = [`${log}.1`, log].flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n'));
      expect(rows.length).toBe(old + 1000);
      expect(existsSync(`${log}.lock`)).toBe(false);
      expect(statSync(log).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  });

for (const { shell, needed } of shells)
  test.skipIf(needed.missing)(`${shell} takes over the lock of a shell that was killed${needed.why}`, () => {
    const home = mkdtempSync(path.join(tmpdir(), 'rotation-'));
    try {
      const log = path.join(home, 'nixos-intelligence/commands.log');
      mkdirSync(`${log}.lock`, { recursive: true });
      execFileSync('touch', ['-d', '2 hours ago', `${log}.lock`]);
      writeFileSync(log, 'x'.repeat(1_048_577));
      execFileSync(shell, [...options[shell], '-i', '-c', `source ${recorder(shell)}; ${record[shell]}`], {
        env: { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: home, TERM: 'dumb', LANG: 'C.UTF-8' },
        stdio: ['ignore', 'ignore', 'ignore'],
      });
      expect(readFileSync(`${log}.1`, 'utf8')).toMatch(/^x+$/);
      expect(readFileSync(log, 'utf8').trimEnd().split('\n')).toHaveLength(500);
      expect(existsSync(`${log}.lock`)).toBe(false);
    } finally {
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  });
