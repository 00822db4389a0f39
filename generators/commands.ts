import type { CommandEntry } from './command.ts';

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'assemble',
    summary: 'make the folder that generate reads (run by the Nix build)',
    load: () => import('./commands/assemble.ts'),
  },
  {
    name: 'preview',
    summary: 'show the CLAUDE.md that a rebuild would write',
    load: () => import('./commands/preview.ts'),
  },
  {
    name: 'generate',
    summary: 'write CLAUDE.md and intelligence/ from a folder of evidence',
    load: () => import('./commands/generate.ts'),
  },
];
