import { statfsSync } from 'node:fs';
import { bytes } from '../../../bytes.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, destination } from '../machine.ts';

/** A rebuild needs room for what it downloads, the boot loader for a kernel and an initrd. */
const places = [
  { folder: '/nix/store', least: 5e9 },
  { folder: '/boot', least: 100e6 },
] as const;

export const diskSpace: Check = {
  id: 'disk-space',
  severity: 'warning',
  reads: 'the free space of the file systems of /nix/store and /boot',
  run(machine) {
    const found = places.flatMap(({ folder, least }) => {
      if (destination(machine, folder) === undefined) return [];
      const { bavail, blocks, bsize } = statfsSync(at(machine, folder));
      return blocks === 0 ? [] : [{ folder, least, free: bavail * bsize }];
    });
    if (found.length === 0) return notApplicable('there is neither /nix/store nor /boot');
    const full = found.filter(({ free, least }) => free < least);
    if (full.length === 0) return ok(found.map(({ folder, free }) => `${folder}: ${bytes(free)} free`).join(', '));
    return finding(
      `too little space for a rebuild in ${full.map(({ folder }) => folder).join(' and ')}`,
      full.map(({ folder, free, least }) => `${folder}: ${bytes(free)} free, less than ${bytes(least)}`),
      'sudo nix-collect-garbage --delete-older-than 30d',
    );
  },
};
