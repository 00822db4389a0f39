import { existsSync } from 'node:fs';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, destination } from '../machine.ts';

const parts = ['kernel', 'initrd', 'kernel-modules'];

export const rebootPending: Check = {
  id: 'reboot-pending',
  severity: 'info',
  reads: 'kernel, initrd and modules of /run/booted-system and /run/current-system',
  run(machine) {
    if (!existsSync(at(machine, '/run/booted-system')) || !existsSync(at(machine, '/run/current-system'))) {
      return notApplicable('not a running NixOS');
    }
    const differing = parts.flatMap((part) => {
      const booted = destination(machine, `/run/booted-system/${part}`);
      const current = destination(machine, `/run/current-system/${part}`);
      return booted !== undefined && current !== undefined && booted !== current
        ? [`${part}: ${booted} -> ${current}`]
        : [];
    });
    if (differing.length === 0) return ok('the booted kernel is that of the running system');
    return finding('the kernel or its modules changed since the boot', differing, 'sudo reboot');
  },
};
