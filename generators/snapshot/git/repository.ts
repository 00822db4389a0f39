import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isUserError, UserError } from '../../errors.ts';
import { onlyItem } from '../../order.ts';
import { git, gitMaybe } from './git.ts';

/** A repository before its history is read. */
export interface Repository {
  folder: string;
  /** Full hash of the commit whose history is read. */
  head: string;
  /** null: a detached head. */
  branch: string | null;
  /** The flake's folder inside the repository, with a trailing slash; empty: the root. */
  flakeRoot: string;
  /** Commits whose parents the clone lacks. */
  boundary: ReadonlySet<string>;
  /** A partial clone, which lacks objects on purpose. */
  isPartial: boolean;
}

/**
 * Finds the repository around a folder (a work tree, a linked one, a bare repository), and the commit to
 * read from: that of `branch`, else of HEAD.
 *
 * @throws UserError `git` where there is no repository, no such branch, or nothing committed yet
 */
export async function openRepository(folder: string, branch?: string): Promise<Repository> {
  if (!existsSync(folder)) {
    throw new UserError('git', `no such folder: \`${folder}\``, {
      hint: '--repo DIR names the configuration’s checkout',
    });
  }
  await git(folder, ['rev-parse', '--git-dir']).catch((error: unknown) => {
    if (!isUserError(error) || error.message.startsWith('cannot run')) throw error;
    throw new UserError('git', `\`${folder}\` is in no git repository that can be read: ${wordsOf(error)}`, {
      hint: error.hint ?? '--repo DIR names the configuration’s checkout',
    });
  });
  const wanted = branch === undefined ? ['HEAD'] : [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`, branch];
  let head: string | undefined;
  for (const name of wanted)
    head ??= await gitMaybe(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (head === undefined) {
    const message = branch === undefined ? 'nothing is committed yet' : `no branch \`${branch}\``;
    throw new UserError('git', `${message} in \`${folder}\``, { hint: 'git branch --all lists the branches' });
  }
  const symbolic = branch ?? (await gitMaybe(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD'])) ?? null;
  const prefix = (await gitMaybe(folder, ['rev-parse', '--show-prefix'])) ?? '';
  return {
    folder,
    head: head.trim(),
    branch: symbolic,
    flakeRoot: await flakeRoot(folder, head.trim(), prefix),
    boundary: await shallowBoundary(folder),
    isPartial:
      (await gitMaybe(folder, ['config', '--get-regexp', '^remote\\..*\\.(promisor|partialclonefilter)$'])) !==
      undefined,
  };
}

/** Git's message in the message of a failure. */
const wordsOf = ({ message }: UserError): string => message.replace(/^git [\w-]+ failed in `.*?`: /s, '');

/**
 * The requested folder if it contains a flake; else the only folder that does; else the root.
 *
 * @throws UserError `git` if the flake is in a submodule, which has its history in another repository
 */
async function flakeRoot(folder: string, head: string, prefix: string): Promise<string> {
  const entries = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', head]);
  const flakes: string[] = [];
  const submodules: string[] = [];
  for (const entry of entries.split('\0')) {
    const name = entry.slice(entry.indexOf('\t') + 1);
    if (entry.startsWith('160000 ')) submodules.push(name);
    else if (name === 'flake.nix' || name.endsWith('/flake.nix')) flakes.push(name.slice(0, -'flake.nix'.length));
  }
  if (flakes.includes(prefix)) return prefix;
  const depth = (name: string): number => name.split('/').length;
  const least = Math.min(...flakes.map(depth));
  const highest = flakes.filter((name) => depth(name) === least);
  const top = flakes.length === 0 ? await gitMaybe(folder, ['rev-parse', '--show-toplevel']) : undefined;
  const submodule = submodules.find((name) => top !== undefined && existsSync(resolve(top, name, 'flake.nix')));
  if (submodule !== undefined) {
    throw new UserError('git', `the flake of \`${folder}\` is in the submodule \`${submodule}\``, {
      hint: `the submodule has the history: --repo ${resolve(top ?? folder, submodule)}`,
    });
  }
  return onlyItem(highest) ?? '';
}

async function shallowBoundary(folder: string): Promise<ReadonlySet<string>> {
  const file = await gitMaybe(folder, ['rev-parse', '--git-path', 'shallow']);
  if (file === undefined) return new Set();
  const path = resolve(folder, file);
  return new Set(existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []);
}
