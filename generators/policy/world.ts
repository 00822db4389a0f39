import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, resolve } from 'node:path';

/** Where a call happens. The file system is read, never written. */
export interface World {
  home: string;
  user: string;
  /** The folder that the call starts in. */
  cwd: string;
  /** Of the environment only what rules and expansions ask for. */
  env: Readonly<Record<string, string>>;
}

const known = [
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'SHELL',
  'EDITOR',
  'VISUAL',
  'PAGER',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
];
const knownPrefix = /^XDG_[A-Z_]+$/;

/** @param env the hook's own environment, which the client's commands inherit as well */
export function worldOf(cwd: string, env: Readonly<Record<string, string | undefined>>): World {
  const home = env.HOME || '/root';
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value && (known.includes(name) || knownPrefix.test(name))) kept[name] = value;
  }
  const user = env.USER || env.LOGNAME || home.slice(home.lastIndexOf('/') + 1);
  return { home, user, cwd, env: { ...kept, HOME: home, USER: user, PWD: cwd } };
}

/** An absolute path without `..` and trailing `/`; `~` is the home. Null where the folder is not known. */
export function absolutePath(text: string, cwd: string | null, home: string): string | null {
  const opened = text === '~' || text.startsWith('~/') ? home + text.slice(1) : text;
  if (!isAbsolute(opened) && cwd === null) return null;
  const path = normalize(isAbsolute(opened) ? opened : join(cwd as string, opened));
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** What a path leads to through every link, also where its last parts do not exist. */
export function realPath(path: string): string {
  let existing = path;
  let rest = '';
  for (let step = 0; step < 256; step++) {
    try {
      return join(realpathSync(existing), rest);
    } catch {
      // A link into the store whose target was collected still says what wrote it.
      const target = linkTarget(existing);
      if (target !== null) return join(target, rest);
      const parent = dirname(existing);
      if (parent === existing) return path;
      rest = join(basename(existing), rest);
      existing = parent;
    }
  }
  return path;
}

function linkTarget(path: string): string | null {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return null;
  }
}

/** The branch that is checked out where a command runs; null where that is no repository or no branch. */
export function currentBranch(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const dotGit = join(folder, '.git');
    if (existsSync(dotGit)) return branchOf(dotGit);
    if (folder === dirname(folder)) return null;
  }
}

function branchOf(dotGit: string): string | null {
  try {
    const gitDir = lstatSync(dotGit).isFile()
      ? resolve(
          dirname(dotGit),
          readFileSync(dotGit, 'utf8')
            .replace(/^gitdir: /, '')
            .trim(),
        )
      : dotGit;
    return /^ref: refs\/heads\/(.+)$/m.exec(readFileSync(join(gitDir, 'HEAD'), 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** What a pattern stands for now; null where a folder is too large to look through. */
export function expandGlob(pattern: string): string[] | null {
  let found = ['/'];
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    if (!/[*?[]/.test(part)) {
      found = found.map((folder) => join(folder, part));
      continue;
    }
    const names = globRegExp(part);
    const next: string[] = [];
    for (const folder of found) {
      for (const name of entries(folder)) {
        if ((name.startsWith('.') && !part.startsWith('.')) || !names.test(name)) continue;
        next.push(join(folder, name));
        if (next.length > 2000) return null;
      }
    }
    found = next;
  }
  return found;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** One part of a path as the shell matches it, `**` as anything. */
export function globRegExp(glob: string, flags = 's'): RegExp {
  const source = glob.replace(/\*\*\/?|\[!|[*?.+^${}()|\\]/g, (special) => {
    if (special.startsWith('**')) return '.*';
    if (special === '[!') return '[^';
    if (special === '*') return '[^/]*';
    if (special === '?') return '[^/]';
    return `\\${special}`;
  });
  try {
    return new RegExp(`^${source}$`, flags);
  } catch {
    return new RegExp(`^${glob.replace(/[^\w/]/g, '.')}$`, flags);
  }
}
