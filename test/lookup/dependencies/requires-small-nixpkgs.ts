import { spawnSync } from 'node:child_process';
import { type Requirement, requirement, requiresUsableNix } from '../../requires.ts';

/**
 * Nix with a `nixpkgs` in its registry whose packages build offline in seconds: with the true one these
 * tests would first download gigabytes.
 */
export function requiresSmallNixpkgs(): Requirement {
  const usable = requiresUsableNix();
  if (usable.missing !== null) return usable;
  const attribute = 'nixpkgs#legacyPackages.x86_64-linux';
  const args = ['eval', '--offline', '--json', attribute, '--apply', 'packages: packages ? mkPackage'];
  const { stdout } = spawnSync('nix', args, { encoding: 'utf8' });
  return requirement(
    stdout === 'true\n' || stdout === 'true' ? null : 'no nixpkgs whose packages build offline in seconds',
  );
}
