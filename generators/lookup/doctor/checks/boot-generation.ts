import { type Check, finding, notApplicable, ok } from '../check.ts';
import { destination, namesIn } from '../machine.ts';

const profile = '/nix/var/nix/profiles/system';

export const bootGeneration: Check = {
  id: 'boot-generation',
  severity: 'warning',
  reads: '/run/current-system and the profile /nix/var/nix/profiles/system',
  run(machine) {
    const current = destination(machine, '/run/current-system');
    const boots = destination(machine, profile);
    if (current === undefined || boots === undefined) return notApplicable('not a running NixOS');
    const variants = namesIn(machine, `${boots}/specialisation`).map((name) =>
      destination(machine, `${boots}/specialisation/${name}`),
    );
    if (current === boots || variants.includes(current)) return ok('the running system is the one that boots');
    return finding(
      'the running system is not the one that the next boot starts',
      [`running: ${current}`, `boots: ${boots}`],
      machine.output?.source.rebuildCommand ?? 'sudo nixos-rebuild switch',
    );
  },
};
