import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { gitComplaint, gitEnvironment, gitHint } from './environment.ts';

const settings = [
  'core.fsmonitor=false',
  'log.showSignature=false',
  'core.quotePath=false',
  'protocol.allow=never',
  'diff.relative=false',
  'diff.orderFile=/dev/null',
  'log.follow=false',
];

/** The arguments of a git command in a repository, with the settings that make it safe. */
export function gitArguments(repository: string, args: readonly string[]): string[] {
  return [...settings.flatMap((setting) => ['-c', setting]), '-C', repository, ...args];
}

function start(repository: string, args: readonly string[]) {
  return spawn('git', gitArguments(repository, args), { env: gitEnvironment(process.env) });
}

/**
 * The output of one git command as pieces.
 *
 * @throws UserError `git` with git's message if it fails
 */
export async function* gitStream(repository: string, args: readonly string[], input?: string): AsyncGenerator<Buffer> {
  const child = start(repository, args);
  const ended = new Promise<Error | number | null>((resolve) => child.on('error', resolve).on('close', resolve));
  const complaint: Buffer[] = [];
  child.stderr.on('data', (piece: Buffer) => complaint.push(piece));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  for await (const piece of child.stdout) yield piece;
  const status = await ended;
  if (status instanceof Error) {
    throw new UserError('git', `cannot run git: ${status.message}`, { hint: 'git must be on PATH', cause: status });
  }
  if (status !== 0) {
    const words = gitComplaint(Buffer.concat(complaint).toString());
    const hint = gitHint(words, resolve(repository));
    throw new UserError('git', `git ${args[0]} failed in \`${repository}\`: ${words}`, hint ? { hint } : {});
  }
}

/** The whole output of one git command, without the last line break. */
export async function git(repository: string, args: readonly string[], input?: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of gitStream(repository, args, input)) pieces.push(piece);
  return Buffer.concat(pieces).toString().replace(/\n$/, '');
}

/** As `git`, undefined where the command fails. */
export async function gitMaybe(repository: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return await git(repository, args);
  } catch (error) {
    if (error instanceof UserError && !error.message.startsWith('cannot run')) return undefined;
    throw error;
  }
}
