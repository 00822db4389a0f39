import { constants } from 'node:os';
import { execa } from 'execa';
import { UserError } from '../../errors.ts';

/**
 * Runs a command in our place: on our terminal, with the signals that we get, to its end. Answers its exit
 * status; 128 and the number of the signal that ended it, as shells do.
 *
 * @throws UserError `no-command` where it cannot be started
 */
export async function runThrough(command: readonly string[]): Promise<number> {
  const [program, ...args] = command as [string, ...string[]];
  let pid: number | undefined;
  const pass = (signal: NodeJS.Signals): void => {
    // What is typed on a terminal reaches both.
    const typed = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY;
    if (typed || pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch {
      // It is sudo's, which we may not signal, or has just ended: it is waited for.
    }
  };
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;
  // Before it is started: it may have begun what must not be left to itself.
  for (const signal of signals) process.on(signal, pass);
  try {
    const child = execa(program, args, { stdio: 'inherit', reject: false, cleanup: false });
    pid = child.pid;
    const { exitCode, signal, cause } = await child;
    if (exitCode !== undefined) return exitCode;
    if (signal !== undefined) return 128 + constants.signals[signal];
    throw new UserError('no-command', `\`${program}\` cannot be run: ${(cause as Error | undefined)?.message}`, {
      hint: 'name a program on PATH: nixos-rebuild, home-manager, nh',
      cause,
    });
  } finally {
    for (const signal of signals) process.off(signal, pass);
  }
}
