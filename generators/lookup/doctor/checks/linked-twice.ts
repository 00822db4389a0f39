import { join } from 'node:path';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { destination } from '../machine.ts';

export const linkedTwice: Check = {
  id: 'linked-twice',
  severity: 'warning',
  reads: "the unit of the NixOS module that links for this user, and the files of the home's current generation",
  run(machine) {
    const user = machine.output?.source.user ?? machine.user;
    const unit = `/etc/systemd/system/nixos-intelligence-${user}.service`;
    const byNixos = destination(machine, unit) !== undefined;
    const files = join(machine.home, '.local/state/home-manager/gcroots/current-home/home-files');
    const link = ['.claude/intelligence', '.claude/CLAUDE.md', '.claude/rules/nixos-intelligence.md']
      .map((name) => join(files, name))
      .find((path) => destination(machine, path)?.includes('-nixos-intelligence-'));
    if (!byNixos && link === undefined) return notApplicable('neither NixOS nor home-manager links the output');
    if (!byNixos || link === undefined) return ok(`only ${byNixos ? 'NixOS' : 'home-manager'} links the output`);
    return finding(
      'NixOS and a home-manager of its own both link the output into this home',
      [unit, link],
      `remove "${user}" from programs.nixos-intelligence.users in the NixOS configuration, or the module from the home`,
    );
  },
};
