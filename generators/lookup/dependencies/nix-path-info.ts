import { execa } from 'execa';
import { UserError } from '../../errors.ts';
import { visible } from '../../text.ts';

/** A store path in the store of Nix. */
export interface StorePathInfo {
  /** `<hash>-<name>`, without the store's folder. */
  path: string;
  /** Bytes. */
  size: number;
}

/** The closure of a package, and its own outputs among it. */
export interface Closure {
  own: string[];
  paths: StorePathInfo[];
}

/**
 * The closure of an installable (`nixpkgs#blender`) or of store paths, from a store. Evaluates but builds nothing;
 * uses the network only if `store` is a binary cache.
 *
 * @returns undefined where the store does not have it
 * @throws UserError `nix` with the message of Nix, for every other failure
 */
export async function closureOf(installables: readonly string[], store?: string): Promise<Closure | undefined> {
  const all = await pathInfo(['--recursive', ...installables], store);
  if (all === undefined) return undefined;
  const own = await pathInfo(installables, store);
  return { own: (own ?? []).map(({ path }) => path), paths: all };
}

/** The binary caches that this machine is configured to use. */
export async function substituters(): Promise<string[]> {
  const { stdout } = await nix(['config', 'show', 'substituters']);
  return stdout.split(/\s+/).filter((url) => url !== '');
}

async function pathInfo(args: readonly string[], store?: string): Promise<StorePathInfo[] | undefined> {
  const where = store === undefined ? ['--offline'] : ['--store', store, '--eval-store', 'auto'];
  let result = await nix(['path-info', ...where, '--json', '--json-format', '1', ...args]);
  if (/unrecognised flag '--json-format'/.test(result.stderr)) {
    result = await nix(['path-info', ...where, '--json', ...args]);
  }
  if (result.exitCode !== 0) {
    if (/ is not valid|not a valid store path|does not exist in (the )?(store|binary cache)/.test(result.stderr))
      return undefined;
    throw new UserError('nix', `\`nix path-info ${visible(args.join(' '))}\` failed: ${lastError(result.stderr)}`);
  }
  return parsed(result.stdout);
}

/** Nix up to 2.18 prints a list, later versions an object by path; a path that the store does not have has no size. */
function parsed(stdout: string): StorePathInfo[] | undefined {
  const data: Record<string, { narSize?: number } | null> | { path: string; narSize?: number }[] = JSON.parse(stdout);
  const entries = Array.isArray(data)
    ? data.map((info) => ({ path: info.path, size: info.narSize }))
    : Object.entries(data).map(([path, info]) => ({ path, size: info?.narSize }));
  const known = entries.flatMap(({ path, size }) =>
    size === undefined ? [] : [{ path: path.slice(path.lastIndexOf('/') + 1), size }],
  );
  return known.length === 0 || known.length < entries.length ? undefined : known;
}

async function nix(args: readonly string[]): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const result = await execa('nix', ['--extra-experimental-features', 'nix-command flakes', ...args], {
    reject: false,
  });
  if (result.exitCode === undefined) {
    const why = result.code === 'ENOENT' ? 'it is not on PATH' : visible(result.originalMessage ?? 'no reason given');
    throw new UserError('nix', `\`nix\` could not be run: ${why}`, {
      hint: 'only Nix knows what adding a package would pull',
      cause: result,
    });
  }
  return { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode };
}

/** The message of Nix: the lines from the last `error:` on, which may contain foreign text. */
function lastError(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => !line.startsWith('error (ignored)'));
  const start = lines.findLastIndex((line) => line.trimStart().startsWith('error:'));
  const text = (start < 0 ? lines : lines.slice(start)).map((line) => line.trim()).filter((line) => line !== '');
  return (
    visible(
      text
        .slice(0, 6)
        .join(' ')
        .replace(/^error:\s*/, ''),
    ) || 'no message'
  );
}
