import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every .nix file below a folder, sorted. */
export function nixFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.nix'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('/.git/'))
    .sort();
}

export function read(file: string): string {
  return readFileSync(file, 'utf8');
}
