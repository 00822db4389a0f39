import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Source } from './index/source.ts';

/**
 * The `.nix` files of the checkout that are not those the output was made from: changed, deleted and new ones. Empty
 * where no checkout is known or there.
 *
 * @param link the output as it was opened: a file that was written before it was linked and has the same size is not
 * read, and a folder that was changed before has no new file
 */
export async function changedFiles({ flake, files }: Source, link: string): Promise<string[]> {
  const { checkout } = flake;
  if (checkout === null || !statSync(checkout, { throwIfNoEntry: false })?.isDirectory()) return [];
  const linked = lstatSync(link, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed: string[] = [];
  for (const { file, bytes, hash } of files) {
    const path = join(checkout, file);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && stat.size === bytes && (stat.mtimeMs <= linked || (await hashOf(path)) === hash))
      continue;
    changed.push(file);
  }
  return [...changed, ...newFiles(checkout, files, linked)];
}

async function hashOf(path: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}

/** Files in the store have no time: of its output it is not known which files came later. */
const storeTime = 1000;

/** New `.nix` files in the folders of the configuration, and in new folders directly below these. */
function newFiles(checkout: string, files: Source['files'], linked: number): string[] {
  if (linked <= storeTime) return [];
  const known = new Set(files.map(({ file }) => file));
  const folders = foldersOf(known);
  const isNewer = (path: string): boolean => {
    const stat = lstatSync(join(checkout, path), { throwIfNoEntry: false });
    return stat !== undefined && stat.ctimeMs > linked;
  };
  const newIn = (folder: string): string[] => {
    if (!isNewer(folder)) return [];
    return entriesOf(join(checkout, folder)).flatMap((entry): string[] => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return path.endsWith('.nix') && !known.has(path) && isNewer(path) ? [path] : [];
      // Where the build took only the top folder, as in a home, those below are not the configuration's.
      const isBelow = entry.isDirectory() && !entry.name.startsWith('.') && folders.size > 1;
      return isBelow && folders.has(folder) && !folders.has(path) ? newIn(path) : [];
    });
  };
  return [...folders].flatMap(newIn);
}

/** The folders of these files and those above, up to the root (`.`). */
function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return folders;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
