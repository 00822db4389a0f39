import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Requirement, requirement } from '../requires.ts';

const root = new URL('../..', import.meta.url);
export const repository = fileURLToPath(root);
/** The project as a flake; blanks and umlauts of the path are escaped. */
export const repositoryUrl = `git+file://${root.pathname}`;

export const flakes = {
  nixpkgs: 'flake:nixpkgs',
  // Another version to test with: NIXOS_INTELLIGENCE_HOME_MANAGER=git+file:///…?rev=…
  'home-manager': process.env.NIXOS_INTELLIGENCE_HOME_MANAGER ?? 'flake:home-manager',
};
export type Input = keyof typeof flakes;

/**
 * A Nix that this user can use: it evaluates these flakes from the registry without a network and builds a derivation.
 * The project must be a git checkout.
 */
export function requiresNix(...inputs: Input[]): Requirement {
  const sources = inputs.map((input) => `"\${builtins.getFlake "${flakes[input]}"}"`).join(' ');
  const derivation = `derivation {
    name = "nixos-intelligence-test";
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-c" "echo > $out" ];
    sources = builtins.unsafeDiscardStringContext (toString [ ${sources} ]);
  }`;
  const args = ['build', '--offline', '--no-link', '--impure', '--expr', derivation];
  const { error, status, stderr } = spawnSync('nix', args, { encoding: 'utf8', timeout: 300_000 });
  if (error !== undefined)
    return requirement('code' in error && error.code === 'ENOENT' ? 'no nix on PATH' : `${error}`);
  if (status !== 0) return requirement(`Nix cannot build with ${inputs.join(', ')}: ${reason(stderr)}`);
  const checkout = spawnSync('git', ['-C', repository, 'rev-parse'], { stdio: 'ignore' });
  return requirement(checkout.status === 0 ? null : 'the project is not a git checkout');
}

/** The last line of an error of Nix, which has the cause, without colours. */
function reason(stderr: string): string {
  const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
  const line = stderr.replace(colours, '').trim().split('\n').at(-1)?.trim() ?? '';
  return line.replace(/^error: /, '') || 'no message';
}

/**
 * Runs nix with these inputs from the registry and returns its standard output.
 *
 * @throws Error with nix's message
 */
export async function nix(args: readonly string[], inputs: readonly Input[] = ['nixpkgs']): Promise<string> {
  const overrides = inputs.flatMap((input) => ['--override-input', input, flakes[input]]);
  const all = inputs.length === 0 ? args : [...args, '--no-write-lock-file', ...overrides];
  try {
    const { stdout } = await promisify(execFile)('nix', [...all], { maxBuffer: 1 << 28, cwd: repository });
    return stdout.trim();
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`nix ${args.join(' ')}\n${stderr ?? error}`, { cause: error });
  }
}
