import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import type { Installer } from '../../data/installers.ts';
import { keysOf, objectAt } from '../../json-value.ts';

/** The number of packages that each installer has installed for the user, without its own. */
export function installedPackages(home: string): { installer: Installer; count: number }[] {
  const inHome = (...names: string[]): string => path.join(home, ...names);
  const globalModules = ['.npm-global', '.npm-packages', '.local', '.local/share/npm'].map((prefix) =>
    inHome(prefix, 'lib/node_modules'),
  );
  const counts: readonly (readonly [Installer, number])[] = [
    ['nix profile', profileElements(home)],
    [
      'pip',
      subfolders(inHome('.local/lib')).reduce((sum, python) => sum + distributions(inHome('.local/lib', python)), 0),
    ],
    ['pipx', subfolders(inHome('.local/share/pipx/venvs')).length + subfolders(inHome('.local/pipx/venvs')).length],
    ['uv tool', subfolders(inHome('.local/share/uv/tools')).length],
    ['cargo', crates(inHome('.cargo/.crates.toml'))],
    ['go', files(inHome('go/bin')).length],
    ['npm', globalModules.reduce((sum, folder) => sum + npmPackages(folder), 0)],
    ['brew', subfolders('/home/linuxbrew/.linuxbrew/Cellar').length + subfolders(inHome('.linuxbrew/Cellar')).length],
    ['flatpak', subfolders('/var/lib/flatpak/app').length + subfolders(inHome('.local/share/flatpak/app')).length],
    ['snap', files('/snap/bin').length],
  ];
  return counts.flatMap(([installer, count]) => (count > 0 ? [{ installer, count }] : []));
}

/** Elements of the user's profile that `nix profile` or nix-env installed. */
function profileElements(home: string): number {
  for (const profile of ['.local/state/nix/profile', '.nix-profile']) {
    try {
      const { elements } = JSON.parse(readFileSync(path.join(home, profile, 'manifest.json'), 'utf8'));
      const names: string[] = Array.isArray(elements)
        ? elements.map((element) => JSON.stringify(element))
        : Object.entries(elements).map((entry) => JSON.stringify(entry));
      return names.filter((text) => !text.includes('home-manager-path')).length;
    } catch {
      // An older profile, or none.
    }
    try {
      const manifest = readFileSync(path.join(home, profile, 'manifest.nix'), 'utf8');
      return [...manifest.matchAll(/\bname = "(?!home-manager-path)/g)].length;
    } catch {
      // None.
    }
  }
  return 0;
}

function crates(file: string): number {
  try {
    return keysOf(objectAt(parse(readFileSync(file, 'utf8')), 'v1')).length;
  } catch {
    return 0; // cargo installed nothing
  }
}

function distributions(folder: string): number {
  const names = subfolders(path.join(folder, 'site-packages')).filter((name) => name.endsWith('.dist-info'));
  return names.filter((name) => !/^(pip|setuptools|wheel)-/.test(name)).length;
}

/** `@scope/name` is a package in a folder of its own. */
function npmPackages(folder: string): number {
  return links(folder).reduce((sum, name) => {
    if (name === 'npm' || name === 'corepack' || name.startsWith('.')) return sum;
    return sum + (name.startsWith('@') ? links(path.join(folder, name)).length : 1);
  }, 0);
}

const links = (folder: string): string[] => entries(folder).map(({ name }) => name);
const subfolders = (folder: string): string[] =>
  entries(folder).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const files = (folder: string): string[] =>
  entries(folder).flatMap((entry) => (entry.isDirectory() ? [] : [entry.name]));

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // the installer was never used
  }
}
