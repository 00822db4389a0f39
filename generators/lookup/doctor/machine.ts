import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readRegularFile } from '../../read-file.ts';
import type { Source } from '../index/source.ts';
import type { OutputReader } from '../read-output.ts';

/** The machine that is examined. Paths are those of the examined system; {@link at} says where they are on this one. */
export interface Machine {
  /** The folder that stands for `/`; empty: the running system. */
  root: string;
  /** The home, as a path of the examined system. */
  home: string;
  user: string;
  /** In milliseconds since 1970. */
  now: number;
  env: Readonly<Record<string, string | undefined>>;
  /** The linked output; null without one. */
  output: (OutputReader & { source: Source }) | null;
  /** Why there is no output. */
  noOutput: string;
}

/** More than any text that a check reads, in bytes. */
const largest = 64 * 1024 * 1024;

/** A path of the examined system as one of this system: every link on the way to it is resolved below the root. */
export function at(machine: Pick<Machine, 'root'>, path: string): string {
  return machine.root === '' ? path : physical(machine, resolved(machine, path));
}

/** Where links lead, as a path of the examined system; undefined where there is nothing. */
export function destination(machine: Pick<Machine, 'root'>, path: string): string | undefined {
  const found = resolved(machine, path);
  return isThere(physical(machine, found)) ? found : undefined;
}

/** The target of a link as an absolute path of the examined system; undefined: no link. */
export function linkTarget(machine: Pick<Machine, 'root'>, path: string): string | undefined {
  const folder = resolved(machine, dirname(path));
  try {
    return resolve(folder, readlinkSync(physical(machine, join(folder, basename(path)))));
  } catch {
    return undefined;
  }
}

/** The links of a path followed as the examined system would. What is not there stays as it is. */
function resolved(machine: Pick<Machine, 'root'>, path: string): string {
  const left = path.split('/').filter(Boolean);
  let current = '/';
  for (let links = 0; left.length > 0; ) {
    const next = resolve(current, left.shift() ?? '');
    let target: string | undefined;
    try {
      target = links < longestChain ? readlinkSync(physical(machine, next)) : undefined;
    } catch {
      // No link.
    }
    if (target === undefined) {
      current = next;
      continue;
    }
    links++;
    left.unshift(...target.split('/').filter(Boolean));
    if (target.startsWith('/')) current = '/';
  }
  return current;
}

const longestChain = 40;

/** What the root does not have in its store may be in ours. */
function physical({ root }: Pick<Machine, 'root'>, path: string): string {
  const below = join(root, path);
  return path.startsWith('/nix/store/') && !isThere(below) ? path : below;
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // below a file, or in a folder that this user may not enter
  }
}

/** The text of a file; undefined where there is none. */
export function textOf(machine: Pick<Machine, 'root'>, path: string): string | undefined {
  try {
    return readRegularFile(at(machine, path), largest).toString();
  } catch {
    return undefined;
  }
}

/** The names in a folder, sorted; empty without one. */
export function namesIn(machine: Pick<Machine, 'root'>, folder: string): string[] {
  try {
    return readdirSync(at(machine, folder)).sort();
  } catch {
    return [];
  }
}

/** `3 inputs`, `1 input`, `2 aliases`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The folder of Claude Code. */
export function claudeFolder({ home, env }: Pick<Machine, 'home' | 'env'>): string {
  return env.CLAUDE_CONFIG_DIR || join(home, '.claude');
}

const shownItems = 10;

/** The first ten of a list, and how many more there are. */
export function firstOf(items: readonly string[]): string[] {
  const rest = items.length - shownItems;
  return [...items.slice(0, shownItems), ...(rest > 0 ? [`and ${rest} more`] : [])];
}
