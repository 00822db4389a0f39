import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ProgramSource } from '../../data/installers.ts';
import type { Machine } from '../../evidence/machine.ts';
import { byText } from '../../order.ts';
import { parseStoreName } from '../../store-name.ts';
import { readGenerations } from './generations.ts';
import { installedPackages } from './installed-packages.ts';
import { type Origin, originOf } from './program-source.ts';

export interface MachineRequest {
  home: string;
  user: string;
  /** The environment variable PATH. */
  path: string;
  isPublic: (name: string) => boolean;
  /** Names that must not be written. */
  isDenied: (name: string) => boolean;
  takenOn: string;
}

/** Programs in PATH from outside the configuration, and packages by installer. Runs no program. */
export function takeMachine({ home, user, path: searched, isPublic, isDenied, takenOn }: MachineRequest): Machine {
  const homeManagerPath = findHomeManagerPath(home);
  const found = new Map<string, Origin[]>();
  const running = new Map<string, string | null>();
  for (const folder of new Set(searched.split(':').filter(path.isAbsolute))) {
    for (const name of namesIn(folder)) {
      const target = programAt(path.join(folder, name));
      if (target === null) continue;
      const isManaged = homeManagerPath !== null && existsSync(path.join(homeManagerPath, 'bin', name));
      const origin = originOf(folder, target, isUserPython(target), { home, user, isManaged });
      if (origin === 'declared' && !running.has(name)) running.set(name, versionOf(target));
      if (origin !== 'ignored') found.set(name, [...(found.get(name) ?? []), origin]);
    }
  }
  const programs: Machine['programs'] = [];
  const others = new Map<ProgramSource, number>();
  for (const [name, [first, ...later]] of found) {
    if (first === undefined || first === 'declared' || first === 'ignored') continue;
    const hides = later.includes('declared');
    if (!isDenied(name) && (isPublic(name) || hides)) programs.push({ name, source: first, hides });
    else others.set(first, (others.get(first) ?? 0) + 1);
  }
  return {
    schemaVersion: 1,
    takenOn,
    programs: programs.sort((a, b) => byText(a.name, b.name)),
    otherPrograms: [...others].map(([source, count]) => ({ source, count })).sort((a, b) => byText(a.source, b.source)),
    packages: installedPackages(home),
    running:
      running.size === 0
        ? null
        : [...running]
            .filter(([command]) => isPublic(command) && !isDenied(command))
            .map(([command, version]) => ({ command, version }))
            .sort((a, b) => byText(a.command, b.command)),
    generations: readGenerations(home),
  };
}

/** Names that could be typed: plain file names. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[\w@%+=,.[\]-]{1,100}$/.test(name) && !/^\.+$/.test(name));
  } catch {
    return []; // PATH may name folders that do not exist
  }
}

/** The program without links; null: a folder, or a file that cannot be run. */
function programAt(file: string): string | null {
  try {
    const status = statSync(file);
    return status.isFile() && (status.mode & 0o111) !== 0 ? realpathSync(file) : null;
  } catch {
    return null;
  }
}

/** Whether a script is started by a Python outside of a virtual environment, as those of `pip install --user` are. */
function isUserPython(file: string): boolean {
  const head = Buffer.alloc(120);
  try {
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, head);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
  const [line = ''] = head.toString('latin1').split('\n');
  const python = /^#!\s*(\S*\/python[\d.]*)\s*$/.exec(line)?.[1];
  return python !== undefined && !existsSync(path.join(path.dirname(python), '..', 'pyvenv.cfg'));
}

/** The store path of home-manager's packages in the user's profile, beside which `nix profile` may install others. */
function findHomeManagerPath(home: string): string | null {
  for (const profile of ['.local/state/nix/profile', '.nix-profile']) {
    for (const manifest of ['manifest.json', 'manifest.nix']) {
      try {
        const text = readFileSync(path.join(home, profile, manifest), 'utf8');
        const found = /\/nix\/store\/[\w.+-]*-home-manager-path/.exec(text)?.[0];
        if (found !== undefined) return found;
      } catch {
        // Not this kind of profile.
      }
    }
  }
  return null;
}

/** The version in the name of the store path; null outside of the store or without one. */
function versionOf(target: string): string | null {
  const name = /^\/nix\/store\/[^-/]+-([^/]+)\//.exec(target)?.[1];
  const version = name === undefined ? null : (parseStoreName(name).version ?? null);
  return version === null || version.length > 60 ? null : version;
}
