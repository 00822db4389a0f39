import { dirname, join } from 'node:path';

const entries = ['flake.nix', 'default.nix', 'configuration.nix', 'home.nix'];

/**
 * Files in the order in which a configuration reaches them by paths (`imports`, `import ./x.nix`) from its flake; then
 * the others: they may belong to nothing.
 *
 * @param pathsIn the paths that a file has, as they are written
 */
export function reachableFirst(files: readonly string[], pathsIn: (file: string) => readonly string[]): string[] {
  const left = new Set(files);
  const found = entries.filter((file) => left.delete(file));
  // The loop visits what it appends.
  for (const file of found) {
    for (const path of pathsIn(file)) {
      const target = join(dirname(file), path);
      for (const candidate of [target, join(target, 'default.nix')]) if (left.delete(candidate)) found.push(candidate);
    }
  }
  return [...found, ...left];
}
