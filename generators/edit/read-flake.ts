import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceText } from '../evidence/places.ts';
import type { Checkout } from './proof/checkout.ts';
import { readSourceTree, type SourceTree } from './source-tree.ts';

/** Larger files are generated ones. */
const largest = 2 ** 20;

/**
 * Reads the `.nix` files of a flake that git knows, and its lock file. Files that are not UTF-8 are left out: an edit would change other bytes,
 * too.
 */
export async function readFlake({ root, folder, files }: Checkout): Promise<SourceTree> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const found: SourceText[] = [];
  for (const file of files) {
    if (!file.startsWith(prefix) || !file.endsWith('.nix')) continue;
    const bytes = await readFile(join(root, file)).catch(() => null);
    if (bytes === null || bytes.length > largest) continue;
    const text = bytes.toString('utf8');
    if (Buffer.from(text).equals(bytes)) found.push({ file: file.slice(prefix.length), text });
  }
  const lock = await readFile(join(root, prefix, 'flake.lock'), 'utf8').catch(() => null);
  return readSourceTree(found, lock);
}
