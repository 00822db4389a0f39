import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file or folder that is shipped with the command line: `example`, `hook.cjs`. It lies beside the
 * bundle; when the sources run, it lies in `generators/` or in `dist/`.
 *
 * @throws Error if it is in neither, which means that the bundle has not been built
 */
export function shippedFile(name: string): string {
  const path = [`./${name}`, `../dist/${name}`]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(place));
  if (path === undefined) throw new Error(`\`${name}\` is not beside the command line: run \`npm run build\``);
  return path;
}
