import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { globRegExp } from './glob.ts';

/** The surroundings of a call. */
export interface World {
  home: string;
  user: string;
  /** The folder in which the call starts. */
  cwd: string;
  /** The part of the environment that rules and expansions need. */
  env: Readonly<Record<string, string>>;
  /** The names of the variables whose value is a secret by their name, or a URL with a password. */
  secretNames: readonly string[];
  /** How long git may take to say what a call would lose, in ms. */
  gitPatience: number;
  /** The client's record of the session, as JSON lines; null where it is not known. */
  transcript: string | null;
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
const secretName =
  /(^|_)(TOKEN|SECRET|SECRETS|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|PAT|AUTH|CREDENTIALS?|API_?KEY|KEY)(_[A-Z]+|\d+)?$/i;
const nameOfOther = /^(PWD|OLDPWD)$|_(FILE|PATH|DIR|SOCK|ID|NAME|TYPE|URL|URI|HOST|PORT|COMMAND|CMD|HELPER)$/i;

/** Whether a variable of this name most likely has a secret as its value. */
export const isSecretName = (name: string): boolean => secretName.test(name) && !nameOfOther.test(name);

const urlWithPassword = /:\/\/[^/\s:@]*:[^/\s@]+@/;

const knownPrefix = /^XDG_[A-Z_]+$/;

/** @param env the hook's own environment, which the client's commands inherit as well */
export function worldOf(cwd: string, env: Readonly<Record<string, string | undefined>>): World {
  const home = env.HOME || '/root';
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value && (known.includes(name) || knownPrefix.test(name))) kept[name] = value;
  }
  const secretNames = Object.entries(env).flatMap(([name, value]) =>
    value && (isSecretName(name) || urlWithPassword.test(value)) ? [name] : [],
  );
  const user = env.USER || env.LOGNAME || home.slice(home.lastIndexOf('/') + 1);
  return {
    home,
    user,
    cwd,
    env: { ...kept, HOME: home, USER: user, PWD: cwd },
    secretNames,
    gitPatience: 50,
    transcript: null,
  };
}

/** A file of ours in the user's folder of state. */
export const stateFile = (name: string, { env, home }: Pick<World, 'env' | 'home'>): string =>
  join(env.XDG_STATE_HOME || join(home, '.local/state'), 'nixos-intelligence', name);

/** An absolute path without `..` and trailing `/`; `~` is the home. null: relative, and the folder is not known. */
export function absolutePath(text: string, cwd: string | null, home: string): string | null {
  const opened = text === '~' || text.startsWith('~/') ? home + text.slice(1) : text;
  const folder = isAbsolute(opened) ? '' : cwd;
  if (folder === null) return null;
  const path = normalize(join(folder, opened));
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

/** The path of a word; a quoted `~` is a name. null: relative, and the folder is not known. */
export function wordPath({ text, quoted }: { text: string; quoted: boolean }, cwd: string | null, home: string) {
  return absolutePath(quoted && text.startsWith('~') ? `./${text}` : text, cwd, home);
}

/** A path with every link resolved, also where its last parts do not exist. */
export function realPath(path: string): string {
  let existing = path;
  let rest = '';
  for (let step = 0; step < 256; step++) {
    try {
      return join(realpathSync(existing), rest);
    } catch {
      // The target of a link into the store may be garbage-collected; its path is still useful.
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

/** What the file system says of a file; null where there is none, and where this user may not look. */
export function fileStats(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

export const isLink = (path: string): boolean => linkTarget(path) !== null;

function linkTarget(path: string): string | null {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return null;
  }
}

/** The branch that is checked out in a folder; null outside a repository, and without a branch. */
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

/** The files that match a pattern now; null where there are too many. */
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
