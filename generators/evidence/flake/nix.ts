import { ExecaError, execa } from 'execa';
import type * as z from 'zod';
import { UserError } from '../../errors.ts';
import { visible } from '../../text.ts';

/** nix failed, with its own message for a caller that can explain the cause. */
export class NixFailure extends UserError {
  readonly stderr: string;

  constructor(what: string, stderr: string, passesOptions = true) {
    super('nix', `${what} failed. nix says:\n  ${lastWords(stderr).join('\n  ')}`, {
      ...(passesOptions ? { hint: 'options for nix can be passed on after `--`, for instance -- --show-trace' } : {}),
    });
    this.stderr = stderr;
  }
}

/**
 * `nix eval --json`, checked.
 *
 * @throws NixFailure, UserError `no-nix`
 */
export async function nixEval<T>(
  installable: string,
  apply: string,
  schema: z.ZodType<T>,
  options: readonly string[] = [],
): Promise<T> {
  const { stdout } = await nix(
    ['eval', '--json', installable, '--apply', apply, ...options],
    `the evaluation of \`${visible(installable)}\``,
  );
  return schema.parse(JSON.parse(stdout));
}

/**
 * `nix eval`: the whole value in Nix notation.
 *
 * @param args an installable, or `--expr` and an expression
 * @param what is evaluated, for the message of a failure
 * @throws NixFailure, UserError `no-nix`
 */
export async function nixEvalText(args: readonly string[], what: string): Promise<string> {
  const { stdout } = await nix(['eval', ...args], what, { passesOptions: false });
  return stdout;
}

/**
 * `nix build` without a link.
 *
 * @returns the paths of the outputs
 * @throws NixFailure, UserError `no-nix`
 */
export async function nixBuild(installable: string, options: readonly string[] = []): Promise<string[]> {
  const { stdout } = await nix(
    ['build', '--no-link', '--print-out-paths', installable, ...options],
    `the build of \`${visible(installable)}\``,
    { showProgress: true },
  );
  return stdout.split('\n').filter(Boolean);
}

/** `nix hash path`: the hash by which a pure evaluation may refer to a folder. */
export async function nixHash(path: string): Promise<string> {
  const { stdout } = await nix(['hash', 'path', path], `the hash of \`${visible(path)}\``);
  return stdout.trim();
}

async function nix(
  args: readonly string[],
  what: string,
  { showProgress = false, passesOptions = true } = {},
): Promise<{ stdout: string }> {
  try {
    return await execa('nix', ['--extra-experimental-features', 'nix-command flakes', ...args], {
      stdin: 'ignore',
      stderr: showProgress ? ['pipe', 'inherit'] : 'pipe',
      stripFinalNewline: true,
    });
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    if (error.code === 'ENOENT') {
      throw new UserError('no-nix', 'expected `nix` on PATH, got nothing', {
        hint: 'without Nix: nixos-intelligence preview shows the example, preview --live what this machine has',
        cause: error,
      });
    }
    throw new NixFailure(what, error.stderr ?? '', passesOptions);
  }
}

/** The error itself, without warnings and without the trace before it. */
function lastWords(stderr: string): string[] {
  const lines = stderr.split('\n').map((line) => visible(line).trimEnd());
  const start = lines.findLastIndex((line) => /^\s*error:/.test(line));
  return lines
    .slice(Math.max(0, start))
    .filter((line) => line.trim() !== '')
    .slice(0, 12);
}
