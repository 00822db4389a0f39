import path from 'node:path';
import type { ProgramSource } from '../../data/installers.ts';

/** The origin of a program in PATH: the configuration, one to ignore, or a source outside the configuration. */
export type Origin = 'declared' | 'ignored' | ProgramSource;

interface Home {
  home: string;
  user: string;
  /** Whether home-manager has put the program into the user's Nix profile. */
  isManaged: boolean;
}

/** Folders of the home by installer; the first that matches counts. */
const homeFolders: readonly (readonly [RegExp, Origin])[] = [
  [/^\.(vscode|vscodium|cursor|windsurf)(-server|-oss)?(\/|$)|^\.(vscode|cursor)-server/, 'ignored'],
  [/(^|\/)(node_modules\/\.bin|\.venv|venv|\.direnv|\.devenv)(\/|$)/, 'ignored'],
  [/^\.cargo\//, 'cargo'],
  [/^\.rustup\//, 'rustup'],
  [/^(go|\.go|\.local\/share\/go)\/bin/, 'go'],
  [/^(\.npm-global|\.npm-packages|\.npm|\.local\/share\/npm|\.nvm|\.local\/share\/pnpm)(\/|$)/, 'npm'],
  [/^\.deno\//, 'deno'],
  [/^\.bun\//, 'bun'],
  [/^(\.gem|\.local\/share\/gem)\//, 'gem'],
  [/^\.local\/share\/mise\//, 'mise'],
  [/^\.asdf\//, 'asdf'],
  [/^\.linuxbrew\//, 'brew'],
  [/^\.local\/share\/flatpak\//, 'flatpak'],
  [/^\.local\/(share\/)?pipx\//, 'pipx'],
  [/^\.local\/share\/uv\//, 'uv tool'],
  [/^\.local\/lib\/node_modules\//, 'npm'],
  [/^\.local\/bin(\/|$)/, '~/.local/bin'],
];

const systemFolders: readonly (readonly [RegExp, Origin])[] = [
  [/^\/run\/wrappers\//, 'ignored'],
  [/^\/home\/linuxbrew\//, 'brew'],
  [/^\/var\/lib\/flatpak\//, 'flatpak'],
  [/^\/(var\/lib\/snapd\/)?snap\//, 'snap'],
  [/^\/usr\/local\/(lib|share)\/node_modules\//, 'npm'],
  [/^\/usr\/local\//, '/usr/local'],
  // Programs of the distribution were not installed by the user.
  [/^\/(usr\/)?(s?bin|games|lib|libexec)(\/|$)|^\/(etc|usr)\//, 'ignored'],
];

/**
 * The origin of a program, by the folder of PATH and by what a link in it leads to.
 *
 * @param folder the folder of PATH
 * @param target the program without links
 * @param isPythonScript whether the program is a script of a Python that is not in a virtual environment
 */
export function originOf(folder: string, target: string, isPythonScript: boolean, at: Home): Origin {
  const name = path.basename(target);
  if (name === 'nixos-intelligence' || folder.startsWith('/nix/store/')) return 'ignored';
  if (/^\/run\/(current-system|wrappers)\//.test(folder) || folder === `/etc/profiles/per-user/${at.user}/bin`) {
    return 'declared';
  }
  if (/^\/nix\/var\/nix\/profiles\/default\//.test(folder)) return 'ignored';
  const inHome = relativeTo(at.home, folder);
  if (inHome !== null && /^(\.nix-profile|\.local\/state\/nix\/profiles?(\/[^/]+)?)\/bin$/.test(inHome)) {
    return at.isManaged ? 'declared' : 'nix profile';
  }
  if (target.endsWith('.AppImage')) return 'AppImage';
  const byTarget = sourceOfPath(target, at.home);
  const byFolder = sourceOfPath(path.join(folder, name), at.home);
  if (target.startsWith('/nix/store/')) {
    // Links of home-manager lead through its own files.
    return /-home-manager-files\//.test(target) ? 'declared' : 'store path';
  }
  if (byFolder === 'cargo') return /\/rustup$/.test(target) ? 'rustup' : 'cargo';
  if (byTarget !== null && byTarget !== '~/.local/bin') return byTarget;
  if (byFolder === '~/.local/bin') return isPythonScript ? 'pip' : '~/.local/bin';
  return byFolder ?? (inHome === null ? 'another folder' : 'a folder of the home');
}

function sourceOfPath(file: string, home: string): Origin | null {
  const inHome = relativeTo(home, file);
  return inHome === null
    ? (systemFolders.find(([pattern]) => pattern.test(file))?.[1] ?? null)
    : (homeFolders.find(([pattern]) => pattern.test(inHome))?.[1] ?? null);
}

function relativeTo(home: string, file: string): string | null {
  return file.startsWith(`${home}/`) ? file.slice(home.length + 1) : null;
}
