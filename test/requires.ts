import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * What a test needs and this machine may lack. `missing` is null where the machine has it, else the reason, which
 * belongs in the test's name:
 *
 *     const fish = requires('fish');
 *     test.skipIf(fish.missing)(`reads what fish wrote${fish.why}`, …)
 */
export interface Requirement {
  missing: string | null;
  /** ` (skipped: no fish on PATH)` or the empty text. */
  why: string;
}

/** Requires all of these programs on PATH. */
export function requires(...programs: string[]): Requirement {
  const absent = programs.filter((program) => !onPath(program));
  return requirement(absent.length === 0 ? null : `no ${absent.join(', ')} on PATH`);
}

/**
 * A clone of a public repository, by folder name, below NIXOS_INTELLIGENCE_CORPUS or ~/.cache/nix-world/src.
 * `path` is where it would be, also when it is absent.
 */
export function requiresClone(name: string): Requirement & { path: string } {
  const folders = [process.env.NIXOS_INTELLIGENCE_CORPUS, join(homedir(), '.cache/nix-world/src')];
  const candidates = folders.filter((folder) => folder !== undefined).map((folder) => join(folder, name));
  const path = candidates.find((candidate) => existsSync(candidate));
  const missing = path === undefined ? `no clone of ${name} in NIXOS_INTELLIGENCE_CORPUS` : null;
  return { ...requirement(missing), path: path ?? (candidates[0] as string) };
}

/** Nix, with a store to which this user can write: an installation may belong to another user. */
export function requiresUsableNix(): Requirement {
  const features = ['--extra-experimental-features', 'nix-command'];
  const write = 'builtins.toFile "nixos-intelligence-test" ""';
  const { error, status } = spawnSync('nix', ['eval', ...features, '--offline', '--raw', '--expr', write], {
    stdio: 'ignore',
  });
  if (error) return requirement('no nix on PATH');
  return requirement(status === 0 ? null : 'this user cannot write to the Nix store');
}

/** Any other condition, in words. */
export function requirement(missing: string | null): Requirement {
  return { missing, why: missing === null ? '' : ` (skipped: ${missing})` };
}

function onPath(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' }).status === 0;
}
