import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reportFiles } from './data.ts';

/**
 * The files of a linked or built output that the report shows.
 *
 * @param folder its `intelligence` folder
 * @returns path in the output folder -> text
 */
export function readReportFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of reportFiles) {
    const file = path.startsWith('intelligence/') ? join(dirname(folder), path) : contextBeside(folder);
    if (file !== undefined && existsSync(file)) files.set(path, readFileSync(file, 'utf8'));
  }
  return files;
}

/** Our CLAUDE.md: where the user has one, it is linked among the rules. */
function contextBeside(folder: string): string | undefined {
  const candidates = ['rules/nixos-intelligence.md', 'CLAUDE.md'].map((path) => join(dirname(folder), path));
  return candidates.find((path) => existsSync(path));
}
