import { spawnSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { existsBelow } from './exists-below.ts';

/** The files of a configuration, as a text may name them. */
export interface Checkout {
  root: string;
  /**
   * Whether a path exists below the root, or beside the text that names it. `*` and `<name>` stand for any name. A
   * path that is the end of another one may be relative to a folder that the text names elsewhere; one that git
   * ignores may exist on another machine.
   */
  has(path: string, file: string): boolean;
  /** Whether the path exists exactly there, below the root. */
  hasExactly(path: string): boolean;
  /** Whether a path exists beside a text. */
  hasBeside(path: string, file: string): boolean;
  /** The names in a folder; null where there is none. */
  namesIn(folder: string): readonly Dirent[] | null;
}

/** For a text that belongs to no checkout: none of its paths is missing. */
export const anyCheckout: Omit<Checkout, 'root'> = {
  has: () => true,
  hasExactly: () => true,
  hasBeside: () => true,
  namesIn: () => null,
};

const skipped = /^(?:\.git|\.direnv|node_modules|result.*)$/;
const mostFiles = 50_000;

export function openCheckout(root: string): Checkout {
  let all: Set<string> | undefined;
  /** Every path and every end of it. */
  const ends = (): Set<string> => {
    all ??= endsOf(filesBelow(root));
    return all;
  };
  const has = (path: string, file: string): boolean => {
    const plain = posix.normalize(path).replace(/^\.\//, '').replace(/\/$/, '');
    if (plain.startsWith('../')) return existsBelow(dirname(resolve(file)), path);
    return (
      existsBelow(root, plain) ||
      existsBelow(dirname(resolve(file)), plain) ||
      ends().has(plain) ||
      isIgnored(root, plain)
    );
  };
  return {
    root,
    has,
    hasExactly: (path) => existsSync(join(root, path)),
    hasBeside: (path, file) => existsSync(join(dirname(resolve(file)), path)),
    namesIn: (folder) => entriesOf(join(root, folder)),
  };
}

/** The root of the checkout that has a file: the nearest folder above with a flake or a repository, else its own. */
export function rootOf(file: string): string {
  const start = dirname(resolve(file));
  for (let folder = start; ; folder = dirname(folder)) {
    if (['.git', '.jj', 'flake.nix'].some((name) => existsSync(join(folder, name)))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

function filesBelow(root: string): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(folder) ?? []) {
      if (skipped.test(entry.name) || found.length >= mostFiles) continue;
      const path = join(folder, entry.name);
      found.push(relative(root, path));
      if (entry.isDirectory()) visit(path);
    }
  };
  visit(root);
  return found;
}

function endsOf(paths: readonly string[]): Set<string> {
  const ends = new Set<string>();
  for (const path of paths) {
    for (let at = -1; ; ) {
      ends.add(path.slice(at + 1));
      at = path.indexOf('/', at + 1);
      if (at < 0) break;
    }
  }
  return ends;
}

function entriesOf(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return null;
  }
}

function isIgnored(root: string, path: string): boolean {
  return spawnSync('git', ['-C', root, 'check-ignore', '-q', '--', path], { stdio: 'ignore' }).status === 0;
}
