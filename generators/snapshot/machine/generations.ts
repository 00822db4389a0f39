import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from '../../evidence/machine.ts';
import { byText } from '../../order.ts';

/** Generations of the system, else of home-manager, by the month in which they were made. */
export function readGenerations(home: string): Machine['generations'] {
  const profiles = [
    { folder: '/nix/var/nix/profiles', name: 'system' },
    { folder: path.join(home, '.local/state/nix/profiles'), name: 'home-manager' },
  ];
  for (const { folder, name } of profiles) {
    const links = namesIn(folder).flatMap((link) => {
      const number = new RegExp(`^${name}-(\\d+)-link$`).exec(link)?.[1];
      return number === undefined ? [] : [{ link, number: Number(number) }];
    });
    if (links.length === 0) continue;
    const months = new Map<string, number>();
    for (const { link } of links) {
      const month = lstatSync(path.join(folder, link)).mtime.toISOString().slice(0, 7);
      months.set(month, (months.get(month) ?? 0) + 1);
    }
    return {
      current: currentGeneration(path.join(folder, name)),
      newest: Math.max(...links.map(({ number }) => number)),
      byMonth: [...months].map(([month, count]) => ({ month, count })).sort((a, b) => byText(a.month, b.month)),
    };
  }
  return { current: null, newest: null, byMonth: [] };
}

function currentGeneration(profile: string): number | null {
  try {
    const number = /-(\d+)-link$/.exec(readlinkSync(profile))?.[1];
    return number === undefined ? null : Number(number);
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
