import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { agents } from '../../../agents/agents.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, claudeFolder, counted, destination, linkTarget, type Machine, namesIn } from '../machine.ts';

export const leftBehind: Check = {
  id: 'left-behind',
  severity: 'error',
  reads: 'the places of our links in the home: context files, plugin, hooks, skills',
  run(machine) {
    const links = places(machine).flatMap((place) => {
      const target = linkTarget(machine, place);
      return target !== undefined && isOurs(machine, place, target) ? [{ place, target }] : [];
    });
    const isFolderLinked = (place: string) => linkTarget(machine, dirname(place)) !== undefined;
    const dead = links.filter(({ place, target }) => !existsSync(at(machine, target)) && !isFolderLinked(place));
    const abandoned = machine.output === null ? links.filter((link) => !dead.includes(link)) : [];
    if (links.length === 0) return notApplicable('nothing of ours is linked');
    if (dead.length + abandoned.length === 0) return ok(`${counted(links.length, 'link')}, all to something`);
    const left = [...dead, ...abandoned].map(({ place }) => place);
    return finding(
      dead.length > 0
        ? `${counted(dead.length, 'link')} to something that was deleted`
        : `${counted(left.length, 'link')} without an output: the module was removed`,
      [...dead, ...abandoned].map(({ place, target }) => `${place} -> ${target}`),
      machine.output === null ? `rm ${left.join(' ')}` : machine.output.source.rebuildCommand,
    );
  },
};

/**
 * A link of ours leads to a store path of this name, directly or through home-manager's files; of files that were
 * deleted it is not known what they led to.
 */
function isOurs(machine: Machine, place: string, target: string): boolean {
  if (/^\/nix\/store\/[^/]*-nixos-intelligence-/.test(target)) return true;
  if (!/^\/nix\/store\/[^/]*-home-manager-files\//.test(target)) return false;
  return destination(machine, place)?.includes('-nixos-intelligence-') ?? true;
}

function places(machine: Machine): string[] {
  const claude = claudeFolder(machine);
  const { home } = machine;
  const ofAgents = Object.values(agents).flatMap(({ folder, context, files = [] }) =>
    folder === undefined ? [] : [...(context ? [context] : []), ...files].map((file) => join(home, folder, file)),
  );
  const all = [
    ...[
      'CLAUDE.md',
      'rules/nixos-intelligence.md',
      'CLAUDE-USER-POLICIES.md',
      'intelligence',
      'intelligence-nixpkgs',
    ].map((name) => join(claude, name)),
    join(claude, 'skills/nixos-intelligence'),
    join(home, '.codex/AGENTS.override.md'),
    ...namesIn(machine, join(home, '.agents/skills')).map((name) => join(home, '.agents/skills', name)),
    // A linked folder of an extension holds links of its own.
    ...ofAgents.flatMap((place) => [
      place,
      ...(linkTarget(machine, place) === undefined ? namesIn(machine, place).map((name) => join(place, name)) : []),
    ]),
  ];
  return [...new Set(all)];
}
