import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './index/source.ts';

/**
 * The `.nix` files of the checkout that are not those the output was made from. Empty where no checkout is known or
 * there.
 *
 * @param link the output as it was opened: a file that was written before it was linked and has the same size is not
 * read
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
  return changed;
}

async function hashOf(path: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}
