import { splitOptionPath } from '../../lang/nix/option-path.ts';
import { findOption } from '../options/find-option.ts';
import { askedOption, type Scope } from '../options/option-name.ts';
import type { Index } from './open-index.ts';

/** First names of options that only one of the two has. */
const onlyHome = /^(?:home|xsession|wayland|accounts|gtk|targets|editorconfig)$/;
const onlySystem =
  /^(?:boot|environment|fileSystems|hardware|networking|powerManagement|security|swapDevices|system|users|virtualisation)$/;

/**
 * The other level that has an option which Nix calls unknown: `home.packages` in a NixOS module, or
 * `environment.systemPackages` in one of home-manager.
 *
 * @param option as Nix names it: with `home-manager.users.<name>` in a home that is part of NixOS
 * @param names as the user's file writes it
 * @returns null where neither the index nor the first name says so
 */
export function otherLevel(option: string, names: readonly string[], index: Index | null): Scope | null {
  const [first = ''] = names;
  const inHome = /^home-manager\.users\./.test(option);
  // Nix names the first part that does not exist: of `networking.hostNam`, NixOS has `networking`.
  if (ownNames(option).length === 1) {
    if (onlyHome.test(first)) return inHome ? null : 'home';
    if (onlySystem.test(first)) return 'system';
  }
  if (index === null) return null;
  const scopes = findOption(index.options, () => [], askedOption(names.map((name) => JSON.stringify(name)).join('.')))
    .options.filter(({ kind }) => kind !== 'key')
    .map(({ row }) => (row.scope === 'home' ? 'home' : 'system'));
  const here: Scope = inHome || index.isHome ? 'home' : 'system';
  const [scope = null] = scopes;
  return scope === null || scopes.includes(here) ? null : scope;
}

/** Without the prefix of a home that is part of NixOS. */
export function ownNames(option: string): string[] {
  const names = splitOptionPath(option);
  return names[0] === 'home-manager' && names[1] === 'users' && names.length > 3 ? names.slice(3) : names;
}
