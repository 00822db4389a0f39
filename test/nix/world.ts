import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { type Requirement, requirement } from '../requires.ts';

export const repository = new URL('../..', import.meta.url).pathname;

export const places = {
  nixpkgs: 'flake:nixpkgs',
  // Another version to try: NIXOS_INTELLIGENCE_HOME_MANAGER=git+file:///…?rev=…
  'home-manager': process.env.NIXOS_INTELLIGENCE_HOME_MANAGER ?? 'flake:home-manager',
};
const overrides = {
  nixpkgs: ['--override-input', 'nixpkgs', places.nixpkgs],
  'home-manager': ['--override-input', 'home-manager', places['home-manager']],
};
export type Input = keyof typeof overrides;

/** Nix, and these flakes in its registry without a network; the project itself must be a git checkout. */
export function requiresNix(...inputs: Input[]): Requirement {
  for (const input of inputs) {
    const { error, status } = spawnSync('nix', ['flake', 'metadata', '--offline', places[input]], {
      stdio: 'ignore',
    });
    if (error) return requirement('no nix on PATH');
    if (status !== 0) return requirement(`${places[input]} is not at hand offline`);
  }
  const { status } = spawnSync('git', ['-C', repository, 'rev-parse'], { stdio: 'ignore' });
  return requirement(status === 0 ? null : 'the project is no git checkout');
}

/**
 * Runs nix with these inputs taken from the registry; answers its standard output.
 *
 * @throws Error with what nix said
 */
export async function nix(args: readonly string[], inputs: readonly Input[] = ['nixpkgs']): Promise<string> {
  const all =
    inputs.length === 0 ? args : [...args, '--no-write-lock-file', ...inputs.flatMap((input) => overrides[input])];
  try {
    const { stdout } = await promisify(execFile)('nix', [...all], { maxBuffer: 1 << 28, cwd: repository });
    return stdout.trim();
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`nix ${args.join(' ')}\n${stderr ?? error}`, { cause: error });
  }
}
