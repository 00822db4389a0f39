import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

interface Machine {
  home: string;
  environment: Record<string, string | undefined>;
  /** The folder of the NixOS configuration, for tests; default: `/etc/nixos`. */
  etc?: string;
}

/**
 * The folder of the flake that a command rebuilds: the flake named by the command, else the default of its program.
 * null: the flake is not a folder on this machine; undefined: not known.
 */
export function flakeFolder(command: readonly string[], machine: Machine): string | null | undefined {
  const named = flakeOption(command);
  if (named !== undefined) return folderOf(named);
  const programs = command.map((word) => path.basename(word));
  if (programs[0] === 'nh') return nhFlake(programs, command, machine.environment);
  if (programs.includes('home-manager')) {
    const config = machine.environment.XDG_CONFIG_HOME ?? path.join(machine.home, '.config');
    return folderWithFlake([path.join(config, 'home-manager'), path.join(config, 'nixpkgs')]);
  }
  if (programs.includes('nixos-rebuild')) return folderWithFlake([machine.etc ?? '/etc/nixos']);
  return undefined;
}

/** The value of `--flake`; without a value, nixos-rebuild takes the current folder. */
function flakeOption(command: readonly string[]): string | undefined {
  for (const [index, word] of command.entries()) {
    if (word.startsWith('--flake=')) return word.slice('--flake='.length);
    if (word !== '--flake') continue;
    const next = command[index + 1];
    return next === undefined || next.startsWith('-') ? '.' : next;
  }
  return undefined;
}

/** `nh os switch FLAKE`, else nh's variables. */
function nhFlake(programs: readonly string[], command: readonly string[], environment: Machine['environment']) {
  const end = command.indexOf('--');
  const words = command.slice(0, end < 0 ? undefined : end);
  // The only word that is a path or a URL, except for the values of these options.
  const named = words.find(
    (word, index) =>
      index > 2 && /^[./]|:/.test(word) && !/^(?:-[oI]|--(?:out-link|include|.*-host))$/.test(words[index - 1] ?? ''),
  );
  const ofKind = programs[1] === 'home' ? environment.NH_HOME_FLAKE : environment.NH_OS_FLAKE;
  const flake = named ?? ofKind ?? environment.NH_FLAKE ?? environment.FLAKE;
  return flake === undefined ? undefined : folderOf(flake);
}

/** The flake's folder, for a reference to it or to a folder within it: Nix searches the parent folders too. */
function folderOf(reference: string): string | null {
  const withoutFragment = reference.replace(/[#?].*$/s, '');
  const isUrl = /^(path|git\+file):/.test(withoutFragment);
  const plain = withoutFragment.replace(/^(path:|git\+file:(\/\/)?)/, '');
  if (plain !== '' && !/^[./]/.test(plain)) return null;
  const inside = /[?&]dir=([^&#]*)/.exec(reference)?.[1];
  for (let folder = path.resolve(isUrl ? decoded(plain) : plain); ; folder = path.dirname(folder)) {
    const flake = inside === undefined ? folder : path.join(folder, decoded(inside));
    if (existsSync(path.join(flake, 'flake.nix'))) return flake;
    if (folder === path.dirname(folder)) return null;
  }
}

/** A URL's path without percent-encoding; the text itself if the encoding is wrong. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first folder with a flake.nix; a linked flake.nix stands for the folder of its target. */
function folderWithFlake(folders: readonly string[]): string | undefined {
  const found = folders.map((folder) => path.join(folder, 'flake.nix')).find((file) => existsSync(file));
  return found === undefined ? undefined : path.dirname(realpathSync(found));
}
