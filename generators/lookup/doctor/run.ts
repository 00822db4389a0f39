import { execFile } from 'node:child_process';
import type { Machine } from './machine.ts';

/** A program that needs longer is not waited for, in milliseconds. */
const patience = 4000;

/** The standard output of a program; undefined where it is missing, fails or takes too long. Its messages are English. */
export function run(
  { env }: Pick<Machine, 'env'>,
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: patience, maxBuffer: 1 << 28, env: { ...env, LC_ALL: 'C' } };
    const child = execFile(program, args, options, (error, stdout) => resolve(error ? undefined : stdout));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end();
  });
}
