import { isAbsolute, join, relative } from 'node:path';
import type { Checkout } from './checkout.ts';

/** The file of the checkout that a path in Nix's output names, relative to its root; null: it is no file of it. */
export type OwnFile = (path: string) => string | null;

/**
 * Nix names the user's files by their path, by their copy in the store (`/nix/store/…-source/hosts/x.nix`), or by the
 * URL of the flake (`«git+file:///home/me/nixos?rev=…»/hosts/x.nix`).
 *
 * @param mentioned all paths in the output: a copy in the store that is not there any more is recognised by them
 */
export function ownFiles(checkout: Checkout, mentioned: readonly string[]): OwnFile {
  const belowSource = new Map<string, string[]>();
  for (const path of mentioned) {
    const [, source, file] = storeFile.exec(path) ?? [];
    if (source !== undefined && file !== undefined) belowSource.set(source, [...(belowSource.get(source) ?? []), file]);
  }
  const copies = new Map<string, boolean>();
  const isCopy = (source: string): boolean => {
    let found = copies.get(source);
    if (found === undefined) {
      const files = belowSource.get(source) ?? [];
      const known = files.filter((file) => existing(checkout, file) !== null);
      // Without the copy, its files tell; the one that is missing in the checkout may be what the error is about.
      found = checkout.hasCopy(source) ?? known.length > 0.5 * files.length;
      copies.set(source, found);
    }
    return found;
  };

  return (path) => {
    const [, source, copied] = storeFile.exec(path) ?? [];
    if (source !== undefined && copied !== undefined) return isCopy(source) ? existing(checkout, copied) : null;
    const [, url, inUrl] = /^«(.+)»\/(.+)$/.exec(path) ?? [];
    const folder = url === undefined ? null : localFolder(url);
    const absolute = folder === null ? path : join(folder, inUrl ?? '');
    if (!isAbsolute(absolute)) return null;
    const below = relative(checkout.root, absolute);
    return below.startsWith('..') ? null : existing(checkout, below);
  };
}

/** A source in the store, and a file in it. */
const storeFile = /^(\/nix\/store\/[a-z0-9]{32}-[^/]+)\/(.+)$/;

/** The folder of a flake on this machine: `git+file:///home/me/nixos?rev=…`, `path:/etc/nixos`. */
export function localFolder(url: string): string | null {
  const folder = /^(?:git\+file:\/\/|path:|file:\/\/)(\/[^?]*)/.exec(url)?.[1];
  return folder === undefined ? null : decodeURIComponent(folder).replace(/(?<=.)\/$/, '');
}

function existing(checkout: Checkout, file: string): string | null {
  for (const candidate of [file, `${file}/default.nix`]) if (checkout.read(candidate) !== null) return candidate;
  return null;
}
