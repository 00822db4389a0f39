import { posix } from 'node:path';
import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import type { Definition } from '../lang/nix/definitions.ts';
import type { NixFile, SourceTree } from './source-tree.ts';

export type Scope = 'system' | 'user';

/** Groups of options that only one of NixOS and home-manager has. */
const homeOnly = /^(?:accounts|dconf|gtk|home|qt|targets|wayland|xdg|xresources|xsession)$/;
const systemOnly =
  /^(?:boot|console|documentation|environment|fileSystems|hardware|i18n|networking|powerManagement|security|swapDevices|system|time|users|virtualisation|zramSwap)$/;
const homeWrapper = /^(?:home-manager|homeConfigurations|homeModules|homeManagerModules|hm)$/;

/** Whether an option is one of NixOS or of home-manager, by the first of its names; null: both may have it. */
export function scopeOfOption(names: readonly string[]): Scope | null {
  const [first = ''] = names;
  if (homeOnly.test(first)) return 'user';
  return systemOnly.test(first) ? 'system' : null;
}

/** Whether a definition is one of a module of NixOS or of home-manager; null: not known. */
export function scopeOfDefinition(tree: SourceTree, file: NixFile, { path, within }: Definition): Scope | null {
  const own = optionPath(path);
  const around = [...within, ...path.slice(0, path.length - own.length)];
  if (around.some((name) => homeWrapper.test(name))) return 'user';
  return scopeOfFile(tree, file, []);
}

function scopeOfFile(tree: SourceTree, source: NixFile, seen: readonly NixFile[]): Scope | null {
  const counts = { user: 0, system: 0 };
  for (const { path } of source.definitions.definitions) {
    const own = optionPath(path);
    const scope = scopeOfOption(own);
    if (scope !== null && !path.slice(0, path.length - own.length).some((name) => homeWrapper.test(name)))
      counts[scope] += 1;
  }
  if (counts.user !== counts.system) return counts.user > counts.system ? 'user' : 'system';
  if (seen.includes(source)) return null;
  for (const other of tree.files) {
    for (const { path, within } of other.definitions.paths) {
      const target = posix.normalize(posix.join(posix.dirname(other.file), path));
      if (target !== source.file && posix.join(target, 'default.nix') !== source.file) continue;
      if (within.some((name) => homeWrapper.test(name))) return 'user';
      const scope = scopeOfFile(tree, other, [...seen, source]);
      if (scope !== null) return scope;
    }
  }
  return null;
}
