import type { Evaluated } from './evaluated.ts';

/** The usual command that rebuilds this configuration, where the user's options name no other. */
export function usualRebuildCommand({ flake, platform }: Pick<Evaluated, 'flake' | 'platform'>): string {
  const program = platform === 'nixos' ? 'sudo nixos-rebuild' : 'home-manager';
  if (!flake.used) return `${program} switch`;
  // Without an attribute there is no `#`: a bare `#name` would be a comment to a shell.
  const attribute = flake.attribute ? `#${flake.attribute}` : '';
  return `${program} switch --flake ${flake.checkout ?? '.'}${attribute}`;
}
