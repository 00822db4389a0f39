import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { publicTools } from '../../data/public-tools.ts';

/** The kind of folder in which an executable was found; never its path. */
export type FoundIn = 'system' | 'user-profile' | 'imperative-profile' | 'home' | 'language' | 'other';

/** The allow-list. Other names are only counted. */
export interface KnownNames {
  has: (name: string) => boolean;
  foundIn: (name: string) => FoundIn | null;
}

export interface Machine {
  home: string;
  user: string;
  /** The environment variable PATH. */
  path: string;
  /** Folders of programs outside the home that are searched besides PATH; default: Nix profiles. */
  profiles?: readonly string[];
}

/**
 * The names that may be written: executables of this machine, targets of the configuration's aliases, public tools;
 * without those that the user denies.
 *
 * @param extra commands of packages and targets of aliases, from the configuration
 * @param deny names that must not be written
 */
export function knownNames(machine: Machine, extra: readonly string[], deny: readonly string[]): KnownNames {
  const files = findFiles(machine);
  const names = new Set([...publicTools, ...extra.filter(isPlainName)]);
  for (const name of deny) {
    names.delete(name);
    files.delete(name);
  }
  // Checks only names that were typed: PATH may have thousands of programs.
  const places = new Map<string, FoundIn | null>();
  const foundIn = (name: string): FoundIn | null => {
    const candidates = files.get(name);
    if (candidates === undefined) return null;
    let place = places.get(name);
    if (place === undefined) {
      place = candidates.find(({ folder }) => isProgram(path.join(folder, name)))?.kind ?? null;
      places.set(name, place);
    }
    return place;
  };
  return {
    has: (name) => names.has(name) || foundIn(name) !== null,
    foundIn,
  };
}

/** A folder of PATH may contain other files too. */
function isProgram(file: string): boolean {
  try {
    const found = statSync(file);
    return found.isFile() && (found.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}

/** A file name that could be in some `bin/`, without control characters. */
function isPlainName(name: string): boolean {
  return /^[\w@%+=:,.[\]-]{1,100}$/.test(name) && !/^[.]+$/.test(name);
}

interface Place {
  folder: string;
  kind: FoundIn;
}

/** The files in the folders of PATH and in Nix profiles, by name, in the order of the folders. */
function findFiles({ home, user, path: searched, profiles = nixProfiles(user) }: Machine): Map<string, Place[]> {
  const found = new Map<string, Place[]>();
  const folders = [
    ...searched.split(':'),
    `${home}/.nix-profile/bin`,
    `${home}/.local/state/nix/profile/bin`,
    ...profiles,
  ];
  for (const folder of new Set(folders)) {
    // The files of a relative folder belong to a project, not to the machine.
    if (!path.isAbsolute(folder)) continue;
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(folder);
    } catch {
      continue; // PATH may name folders that do not exist
    }
    const place: Place = { folder, kind: kindOf(folder, home, user) };
    for (const entry of entries) {
      if (entry.isDirectory() || !isPlainName(entry.name)) continue;
      const others = found.get(entry.name);
      if (others === undefined) found.set(entry.name, [place]);
      else others.push(place);
    }
  }
  return found;
}

/** In their order in the PATH of NixOS. */
function nixProfiles(user: string): string[] {
  return [
    `/etc/profiles/per-user/${user}/bin`,
    '/nix/var/nix/profiles/default/bin',
    '/run/wrappers/bin',
    '/run/current-system/sw/bin',
  ];
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function kindOf(folder: string, home: string, user: string): FoundIn {
  if (folder.startsWith('/run/current-system') || folder.startsWith('/run/wrappers')) return 'system';
  if (folder === `/etc/profiles/per-user/${user}/bin`) return 'user-profile';
  if (folder.startsWith(`${home}/.nix-profile`) || folder.startsWith(`${home}/.local/state/nix`)) {
    // home-manager installs itself as a package of this profile; everything else was installed by hand.
    try {
      return /home-manager-path/.test(realpathSync(path.join(folder, 'home-manager'))) ||
        /home-manager-path/.test(realpathSync(folder))
        ? 'user-profile'
        : 'imperative-profile';
    } catch {
      return 'imperative-profile';
    }
  }
  const inHome = path.relative(home, folder);
  if (!inHome.startsWith('..')) {
    return /(^|\/)(\.cargo|\.npm|\.npm-global|node_modules|go|\.gem|\.bun|\.deno|\.rustup|\.pyenv|\.local\/share)(\/|$)/.test(
      inHome,
    )
      ? 'language'
      : 'home';
  }
  return folder.startsWith('/nix/') ? 'system' : 'other';
}
