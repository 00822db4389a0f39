import type { CommandEntry } from './command.ts';

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'assemble',
    summary: 'make the folder that generate reads (run by the Nix build)',
    load: () => import('./assemble.ts'),
  },
  {
    name: 'preview',
    summary: 'show the CLAUDE.md that a rebuild would write',
    load: () => import('./preview.ts'),
  },
  {
    name: 'generate',
    summary: 'write CLAUDE.md and intelligence/ from a folder of evidence',
    load: () => import('./generate.ts'),
  },
  {
    name: 'why',
    summary: 'say why a package is in the system, by the references that keep it',
    load: () => import('./why.ts'),
  },
  {
    name: 'cost',
    summary: 'say what packages cost, what would go with one, what adding one would pull',
    load: () => import('./cost.ts'),
  },
  {
    name: 'snapshot shell',
    summary: 'reduce shell histories to counts of known commands',
    load: () => import('./snapshot-shell.ts'),
  },
  {
    name: 'snapshot git',
    summary: 'reduce the configuration’s git history to when and why each package came',
    load: () => import('./snapshot-git.ts'),
  },
  {
    name: 'check',
    summary: 'hold existing context files and aliases against the evaluated configuration',
    load: () => import('./check.ts'),
  },
  {
    name: 'plugin',
    summary: 'write the Claude Code plugin that enforces the policies (run by the Nix build)',
    load: () => import('./plugin.ts'),
  },
  {
    name: 'rebuild',
    summary: 'take the snapshots, then run nixos-rebuild or home-manager',
    load: () => import('./rebuild.ts'),
  },
];
