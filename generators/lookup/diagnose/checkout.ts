import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegularFile } from '../../read-file.ts';

/** The user's configuration on this machine. */
export interface Checkout {
  /** Its folder. */
  root: string;
  /** Its `.nix` files, relative to the root, sorted. */
  nixFiles(): readonly string[];
  /** The text of a file, relative to the root; null where it is not there. */
  read(file: string): string | null;
  /** Whether a path of the store is a copy of it, perhaps of an earlier state; null where the store lacks it. */
  hasCopy(storePath: string): boolean | null;
}

/** Larger files hold no configuration. In bytes. */
const largestFile = 4 * 1024 * 1024;
const mostFiles = 20_000;
const skipped = /^(?:\..*|node_modules|result.*)$/;

/** @param folder with the configuration, or one below it */
export function openCheckout(folder: string): Checkout {
  const root = configurationRoot(realpathSync(folder));
  const texts = new Map<string, string | null>();
  let files: readonly string[] | undefined;
  return {
    root,
    nixFiles: () => (files ??= nixFilesBelow(root)),
    read(file) {
      let text = texts.get(file);
      if (text === undefined) {
        text = readText(join(root, file));
        texts.set(file, text);
      }
      return text;
    },
    hasCopy: (storePath) => isCopy(storePath, root),
  };
}

/** The nearest folder upwards with a flake or a configuration; else the folder itself. */
function configurationRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'flake.nix'))) return at;
    if (existsSync(join(at, '.git')) || at === dirname(at)) break;
  }
  return folder;
}

/** Whether a folder can be a configuration: it has, or is below, a flake or a `configuration.nix`. */
export function isConfiguration(folder: string): boolean {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
  const root = configurationRoot(realpathSync(folder));
  return ['flake.nix', 'configuration.nix', 'home.nix', 'default.nix'].some((file) => existsSync(join(root, file)));
}

function nixFilesBelow(root: string): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      if (skipped.test(entry.name) || found.length >= mostFiles) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && entry.name.endsWith('.nix')) found.push(path);
    }
  };
  visit('');
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readText(path: string): string | null {
  try {
    return readRegularFile(path, largestFile).toString();
  } catch {
    return null;
  }
}

/** A copy has the same flake, or, where that was edited since, mostly the same names at its top. */
function isCopy(storePath: string, root: string): boolean | null {
  if (!existsSync(storePath)) return null;
  const flake = readText(join(root, 'flake.nix'));
  if (flake !== null && readText(join(storePath, 'flake.nix')) === flake) return true;
  const names = (folder: string) =>
    entriesOf(folder)
      .map(({ name }) => name)
      .filter((name) => !skipped.test(name));
  const own = new Set(names(root));
  const copied = names(storePath);
  return copied.length > 0 && copied.filter((name) => own.has(name)).length >= 0.7 * Math.max(copied.length, own.size);
}
