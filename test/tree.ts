import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A tree of files as text: `path` is a file's text, `path -> target` a link (no text), `path/` a folder. */
export type Tree = Readonly<Record<string, string>>;

/** Writes `tree` below `root`, parents included. */
export function plant(root: string, tree: Tree): void {
  for (const [entry, text] of Object.entries(tree)) {
    const [path, target] = entry.split(' -> ') as [string, string | undefined];
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (target !== undefined) symlinkSync(target, join(root, path));
    else if (path.endsWith('/')) mkdirSync(join(root, path), { recursive: true });
    else writeFileSync(join(root, path), text);
  }
}

/** Reads `root` back in the same form, sorted; folders are named only where they are empty. */
export function survey(root: string, shorten: (target: string) => string = (target) => target): Tree {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    const names = readdirSync(join(root, folder)).sort();
    if (names.length === 0 && folder !== '') found[`${folder}/`] = '';
    for (const name of names) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const stat = lstatSync(join(root, path));
      if (stat.isSymbolicLink()) found[`${path} -> ${shorten(readlinkSync(join(root, path)))}`] = '';
      else if (stat.isDirectory()) walk(path);
      else found[path] = readFileSync(join(root, path), 'utf8');
    }
  };
  walk('');
  return found;
}

/** Takes the permission to write from a folder, and from nothing in it. */
export function readOnly(folder: string): void {
  chmodSync(folder, 0o555);
}
