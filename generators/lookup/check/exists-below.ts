import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from 'brace-expansion';
import picomatch from 'picomatch';

/**
 * Whether a path matches the pattern below `root`: `*`, `?` and `{a,b}` as in a shell; `<name>` and `{name}` stand for
 * any name. Of a path with `**`, the part before it.
 */
export function existsBelow(root: string, pattern: string): boolean {
  const [start = ''] = pattern.replace(/<[^>]*>|\{[^,{}]*\}/g, '*').split('/**');
  return expand(start).some((path) => matchExists(root, path.replace(/\/+$/, '').split('/')));
}

function matchExists(folder: string, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return existsSync(folder);
  if (!picomatch.scan(part).isGlob) return matchExists(join(folder, part), rest);
  const matches = picomatch(part, { dot: true });
  return namesIn(folder).some((name) => matches(name) && matchExists(join(folder, name), rest));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
