import { join } from 'node:path';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { destination, type Machine, namesIn, textOf } from '../machine.ts';

export const channels: Check = {
  id: 'channels',
  severity: 'info',
  reads: "root's and the user's channels beside a flake",
  run(machine) {
    const { output } = machine;
    if (output === null) return notApplicable(machine.noOutput);
    if (!output.source.flake.used) return notApplicable('the configuration is not a flake');
    const found = [
      ...channelsIn(machine, '/nix/var/nix/profiles/per-user/root/channels'),
      ...channelsIn(machine, join(machine.home, '.nix-defexpr/channels')),
    ];
    if (found.length === 0) return ok('no channels beside the flake');
    const isRoot = found.some(({ folder }) => folder.includes('/per-user/root/'));
    return finding(
      'channels beside the flake: nix-shell and <nixpkgs> may use them instead of the locked nixpkgs',
      found.map(({ folder, name }) => `${folder}: ${name}`),
      `${isRoot ? 'sudo ' : ''}nix-channel --remove ${found[0]?.name}`,
    );
  },
};

function channelsIn(machine: Machine, folder: string): { folder: string; name: string }[] {
  if (destination(machine, folder) === undefined) return [];
  const isChannel = (name: string) => destination(machine, join(folder, name, 'default.nix')) !== undefined;
  // The manifest alone is left of channels that were removed.
  return textOf(machine, join(folder, 'manifest.nix')) === undefined
    ? []
    : namesIn(machine, folder)
        .filter(isChannel)
        .map((name) => ({ folder, name }));
}
