import { copyFile, mkdir, readlink, symlink, utimes } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import { messageOf, UserError } from '../../errors.ts';
import { visible } from '../../text.ts';

/** The folder of a flake in its git checkout. */
export interface Checkout {
  root: string;
  /** The flake's folder, relative to the root: empty, or `nixos`. */
  folder: string;
  /** The files that git knows, relative to the root. */
  files: readonly string[];
}

/** @throws UserError `no-git` if the folder is in no git checkout */
export async function openCheckout(flake: string): Promise<Checkout> {
  const root = (await git(flake, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '');
  const prefix = (await git(flake, ['rev-parse', '--show-prefix'])).replace(/\n$/, '');
  const listed = await git(root, ['ls-files', '-z', '--cached']);
  return { root, folder: prefix.replace(/\/$/, ''), files: [...new Set(listed.split('\0').filter(Boolean))] };
}

/** Whether git sees changes that are not committed, or files that it does not know. */
export async function isClean({ root }: Checkout): Promise<boolean> {
  return (await git(root, ['status', '--porcelain'])) === '';
}

/**
 * Copies the files that git knows. All have the same time, which evaluations see as that of the flake.
 *
 * @returns the flake's folder in the copy
 */
export async function copyCheckout({ root, folder, files }: Checkout, to: string): Promise<string> {
  const folders = new Set<string>();
  for (const file of files) {
    const target = join(to, file);
    if (!folders.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
    folders.add(dirname(target));
    try {
      await copyFile(join(root, file), target);
      await utimes(target, 1, 1);
    } catch (error) {
      await copyOther(join(root, file), target, error);
    }
  }
  return join(to, folder);
}

/** Copies a link to nowhere or to a folder; a file that was deleted and a submodule are left out. */
async function copyOther(source: string, target: string, cause: unknown): Promise<void> {
  const link = await readlink(source).catch(() => null);
  if (link !== null) return symlink(link, target);
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTSUP' || code === 'EINVAL') return;
  throw new UserError('input', `cannot copy \`${visible(relative('.', source))}\`: ${messageOf(cause)}`, { cause });
}

/** Applies a diff to a folder that is no checkout; `reverse`: undoes it. */
export async function applyDiff(folder: string, diff: string, { reverse = false } = {}): Promise<void> {
  const args = ['-c', 'apply.whitespace=nowarn', '-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false', 'apply'];
  await git(folder, [...args, ...(reverse ? ['--reverse'] : []), '-'], diff, {
    GIT_CEILING_DIRECTORIES: dirname(folder),
  });
}

async function git(
  folder: string,
  args: readonly string[],
  input?: string,
  env: Record<string, string> = {},
): Promise<string> {
  try {
    const { stdout } = await execa('git', args, {
      cwd: folder,
      env,
      stripFinalNewline: false,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    });
    return stdout;
  } catch (error) {
    throw new UserError('no-git', `git ${visible(args.at(-1) ?? '')} failed in \`${visible(folder)}\``, {
      hint: messageOf(error).split('\n').slice(1, 3).join(' '),
      cause: error,
    });
  }
}
