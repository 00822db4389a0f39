import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isIgnored } from './git-state.ts';
import { globRegExp } from './glob.ts';
import { secretPath } from './secret-paths.ts';

/** A search that prints the lines of files in which it finds a pattern. */
export interface Search {
  /** Absolute; a file or a folder. */
  folder: string;
  /** null: not known, so that every line may match. */
  pattern: string | null;
  ignoreCase: boolean;
  /** Only files with a name that matches one of these globs; empty: all. */
  globs: readonly string[];
  /** It leaves out what `.gitignore` lists. */
  skipsIgnored: boolean;
}

/** Entries of folders; a search in a larger tree is not followed to its end. */
const mostEntries = 5000;

/** Folders in which nobody keeps secrets of their own, and which are large. */
const skipped = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules', '.direnv', '.venv', 'target', 'result']);

/** A secret file below the folder whose lines the search would print; null where there is none. */
export function searchedSecret(search: Search): string | null {
  const queue = [search.folder];
  let left = mostEntries;
  for (let at = 0; at < queue.length && left > 0; at++) {
    for (const entry of entries(queue[at] ?? '')) {
      if (left-- <= 0) break;
      const path = join(queue[at] ?? '', entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) queue.push(path);
      } else if (secretPath(path) !== null && included(entry.name, search.globs) && isFound(path, search)) return path;
    }
  }
  return null;
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const included = (name: string, globs: readonly string[]): boolean =>
  globs.length === 0 || globs.some((glob) => globRegExp(glob.replace(/^.*\//, '')).test(name));

function isFound(path: string, { pattern, ignoreCase, skipsIgnored }: Search): boolean {
  try {
    if (statSync(path).size > 1_000_000) return false;
    if (pattern !== null && !lineTest(pattern, ignoreCase).test(readFileSync(path, 'utf8'))) return false;
  } catch {
    // A file that cannot be read, or a pattern of another syntax: it may match.
  }
  return !(skipsIgnored && isIgnored(path));
}

const lineTest = (pattern: string, ignoreCase: boolean): RegExp =>
  new RegExp(pattern.replaceAll('\\|', '|'), ignoreCase ? 'im' : 'm');
