import type { Evaluated } from './evaluated.ts';

/**
 * The command that rebuilds this configuration, where the user's options name no other: the repository's own, else
 * nh where it is enabled, else the usual one. It is typed in the configuration's folder, see {@link namesItsFolder}.
 */
export function usualRebuildCommand(evaluated: Pick<Evaluated, 'flake' | 'platform' | 'host' | 'options'>): string {
  const { flake, platform, host, options } = evaluated;
  const isNixos = platform === 'nixos';
  if (isNixos && flake.wrapper) {
    return flake.checkout === null ? flake.wrapper : `cd ${flake.checkout} && ${flake.wrapper}`;
  }
  if (flake.used && options.some(({ option }) => option === 'programs.nh')) {
    const [kind, selects] = isNixos ? ['os', '-H'] : ['home', '-c'];
    const attribute = flake.attribute === null || flake.attribute === host.name ? '' : ` ${selects} ${flake.attribute}`;
    return `nh ${kind} switch ${flake.checkout ?? '.'}${attribute}`;
  }
  const elevate = isNixos && flake.elevate !== null ? `${flake.elevate ?? 'sudo'} ` : '';
  const program = isNixos ? `${elevate}nixos-rebuild` : 'home-manager';
  if (!flake.used) return `${program} switch`;
  // Without an attribute there is no `#`: a bare `#name` would be a comment to a shell.
  const attribute = flake.attribute ? `#${flake.attribute}` : '';
  return `${program} switch --flake ${flake.checkout ?? '.'}${attribute}`;
}

/** Whether the usual command works in any folder. */
export function namesItsFolder({ flake }: Pick<Evaluated, 'flake'>): boolean {
  return flake.checkout !== null || (!flake.used && !flake.wrapper);
}
