import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

interface World {
  home: string;
  environment: Record<string, string | undefined>;
  /** Where NixOS has its configuration. */
  etc?: string;
}

/**
 * The folder of the flake that a command rebuilds: the one that it names, or the one that its program takes
 * otherwise. Null where that is no folder of this machine, undefined where nothing tells.
 */
export function flakeFolder(command: readonly string[], world: World): string | null | undefined {
  const named = command.flatMap((word, index) => {
    if (word.startsWith('--flake=')) return [word.slice('--flake='.length)];
    if (word !== '--flake') return [];
    const next = command[index + 1];
    // nixos-rebuild takes the folder it is in.
    return [next === undefined || next.startsWith('-') ? '.' : next];
  })[0];
  if (named !== undefined) return folderOf(named);
  const programs = command.map((word) => path.basename(word));
  if (programs[0] === 'nh') return ofNh(programs, command, world.environment);
  if (programs.includes('home-manager')) {
    const config = world.environment.XDG_CONFIG_HOME ?? path.join(world.home, '.config');
    return withFlake([path.join(config, 'home-manager'), path.join(config, 'nixpkgs')]);
  }
  if (programs.includes('nixos-rebuild')) return withFlake([world.etc ?? '/etc/nixos']);
  return undefined;
}

/** `nh os switch FLAKE`, or what its variables say. */
function ofNh(programs: readonly string[], command: readonly string[], environment: World['environment']) {
  const end = command.indexOf('--');
  const words = command.slice(0, end < 0 ? undefined : end);
  // Its only word that is a folder or a URL, but for the values of these.
  const named = words.find(
    (word, at) =>
      at > 2 && /^[./]|:/.test(word) && !/^(?:-[oI]|--(?:out-link|include|.*-host))$/.test(words[at - 1] as string),
  );
  if (named !== undefined) return folderOf(named);
  const own = programs[1] === 'home' ? environment.NH_HOME_FLAKE : environment.NH_OS_FLAKE;
  const told = own ?? environment.NH_FLAKE ?? environment.FLAKE;
  return told === undefined ? undefined : folderOf(told);
}

/** Of a reference to a folder, or to one within a flake, which Nix looks for above it. */
function folderOf(reference: string): string | null {
  const plain = reference.replace(/[#?].*$/s, '').replace(/^(path:|git\+file:(\/\/)?)/, '');
  if (plain !== '' && !/^[./]/.test(plain)) return null;
  const folder = path.resolve(plain === reference ? plain : decoded(plain, reference));
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'flake.nix'))) return at;
    if (at === path.dirname(at)) return null;
  }
}

/** A URL's path has its signs written as `%20`. */
function decoded(text: string, reference: string): string {
  if (!/^(path|git\+file):/.test(reference)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first folder that has a flake.nix, which may be a link to the actual one. */
function withFlake(folders: readonly string[]): string | undefined {
  const found = folders.map((folder) => path.join(folder, 'flake.nix')).find((file) => existsSync(file));
  return found === undefined ? undefined : path.dirname(realpathSync(found));
}
