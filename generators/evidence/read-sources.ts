import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byText } from '../order.ts';
import type { SourceText } from './places.ts';

/** Larger files are generated ones. */
const largest = 2 ** 20;

/**
 * Every `.nix` file below a folder, with its path relative to it; hidden folders and links are not followed. What
 * cannot be read is left out.
 */
export async function readSources(folder: string): Promise<SourceText[]> {
  const found: SourceText[] = [];
  const visit = async (relative: string): Promise<void> => {
    const entries = await readdir(join(folder, relative), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => byText(a.name, b.name))) {
      const file = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.')) await visit(file);
      if (!entry.isFile() || !entry.name.endsWith('.nix')) continue;
      const text = await readFile(join(folder, file), 'utf8').catch(() => null);
      if (text !== null && text.length <= largest) found.push({ file, text });
    }
  };
  await visit('');
  return found;
}
