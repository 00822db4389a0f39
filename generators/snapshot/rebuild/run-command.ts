import { constants } from 'node:os';
import { execa } from 'execa';
import { messageOf, UserError } from '../../errors.ts';

/**
 * Runs a command in place of this process: on the same terminal, with the signals that this process receives.
 *
 * @returns its exit status; 128 plus the signal's number if a signal ended it, as in shells
 * @throws UserError `no-command` if it cannot be started
 */
export async function runCommand(command: readonly string[]): Promise<number> {
  const [program = '', ...args] = command;
  let pid: number | undefined;
  const forward = (signal: NodeJS.Signals): void => {
    // Ctrl-C on a terminal reaches both processes.
    const fromTerminal = (signal === 'SIGINT' || signal === 'SIGQUIT') && process.stdin.isTTY;
    if (fromTerminal || pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch {
      // The process belongs to root (sudo) or has just ended; its end is awaited below.
    }
  };
  const signals = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;
  // Before the start: a rebuild that has begun must not be left alone.
  for (const signal of signals) process.on(signal, forward);
  try {
    const child = execa(program, args, { stdio: 'inherit', reject: false, cleanup: false });
    pid = child.pid;
    const { exitCode, signal, cause } = await child;
    if (exitCode !== undefined) return exitCode;
    if (signal !== undefined) return 128 + constants.signals[signal];
    throw new UserError('no-command', `\`${program}\` cannot be run: ${messageOf(cause)}`, {
      hint: 'name a program on PATH: nixos-rebuild, home-manager, nh',
      cause,
    });
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
