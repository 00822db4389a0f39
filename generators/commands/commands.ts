import type { CommandEntry } from './command.ts';
import { command as commandLookUp } from './command-look-up.ts';
import { command as cost } from './cost.ts';
import { command as explain } from './explain.ts';
import { command as input } from './input.ts';
import { command as option } from './option.ts';
import { command as packageLookUp } from './package.ts';
import { command as recommend } from './recommend.ts';
import { command as search } from './search.ts';
import { command as where } from './where.ts';
import { command as why } from './why.ts';

/** Every command, in the order of the help. Look-ups are loaded at once: they are small, and an agent waits for them. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'preview',
    summary: 'show the CLAUDE.md that a rebuild would write',
    load: () => import('./preview.ts'),
  },
  {
    name: 'option',
    summary: 'show what an option is, what it is set to here, and by which file and line',
    load: async () => ({ command: option }),
  },
  {
    name: 'package',
    summary: 'show whether a package is installed, for whom, and by which file and line',
    load: async () => ({ command: packageLookUp }),
  },
  {
    name: 'command',
    summary: 'show what runs when a command is typed, and which package provides it',
    load: async () => ({ command: commandLookUp }),
  },
  {
    name: 'where',
    summary: 'show the file and line to edit for a package or an option',
    load: async () => ({ command: where }),
  },
  {
    name: 'search',
    summary: 'find options, packages and commands by words',
    load: async () => ({ command: search }),
  },
  {
    name: 'input',
    summary: 'list the inputs of the flake, their revisions and files',
    load: async () => ({ command: input }),
  },
  {
    name: 'explain',
    summary: 'show the evidence behind a tool or a line of CLAUDE.md',
    load: async () => ({ command: explain }),
  },
  {
    name: 'why',
    summary: 'explain why a package is in the system, by the references that retain it',
    load: async () => ({ command: why }),
  },
  {
    name: 'cost',
    summary: 'show what packages cost, what removing one frees, what adding one downloads',
    load: async () => ({ command: cost }),
  },
  {
    name: 'recommend',
    summary: 'show what to change in the configuration, why, and the command for it',
    load: async () => ({ command: recommend }),
  },
  {
    name: 'diagnose',
    summary: 'trace a Nix error to your file and line',
    load: () => import('./diagnose.ts'),
  },
  {
    name: 'project',
    summary: 'compare a project with your others of its type: tools that it lacks',
    load: () => import('./project.ts'),
  },
  {
    name: 'change',
    summary: 'print an edit of the configuration as a diff, with proof of what it changes',
    load: () => import('./change.ts'),
  },
  {
    name: 'check',
    summary: 'find outdated statements in existing context files and aliases',
    load: () => import('./check.ts'),
  },
  {
    name: 'doctor',
    summary: 'check this system for what is broken, outdated or left behind',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'report',
    summary: 'write the HTML report of this system: one file that loads nothing',
    load: () => import('./report.ts'),
  },
  {
    name: 'mcp',
    summary: 'serve the look-ups and diagnose over MCP, for agents without a shell',
    load: () => import('./mcp.ts'),
  },
  {
    name: 'policy explain',
    summary: 'show what the policy hook understands of a command and decides about it',
    load: () => import('./policy-explain.ts'),
  },
  {
    name: 'policy log',
    summary: 'show how often each policy rule advised, asked or blocked',
    load: () => import('./policy-log.ts'),
  },
  {
    name: 'policy test',
    summary: 'check a table of calls against the policies',
    load: () => import('./policy-test.ts'),
  },
  {
    name: 'snapshot git',
    summary: 'summarize the git history of the configuration: when and why each package was added',
    load: () => import('./snapshot-git.ts'),
  },
  {
    name: 'snapshot shell',
    summary: 'summarize shell histories: counts of known commands',
    load: () => import('./snapshot-shell.ts'),
  },
  {
    name: 'snapshot projects',
    summary: 'summarize your projects: types, tools, counts',
    load: () => import('./snapshot-projects.ts'),
  },
  {
    name: 'snapshot sessions',
    summary: 'summarize transcripts of coding agents: tools, MCP servers, programs',
    load: () => import('./snapshot-sessions.ts'),
  },
  {
    name: 'snapshot machine',
    summary: 'summarize what is installed outside the configuration',
    load: () => import('./snapshot-machine.ts'),
  },
  {
    name: 'rebuild',
    summary: 'take the snapshots, then run nixos-rebuild, home-manager or nh',
    load: () => import('./rebuild.ts'),
  },
  {
    name: 'assemble',
    summary: 'collect the evidence for generate (run by the Nix build)',
    internal: true,
    load: () => import('./assemble.ts'),
  },
  {
    name: 'generate',
    summary: 'write CLAUDE.md, AGENTS.md and intelligence/ from a folder of evidence',
    load: () => import('./generate.ts'),
  },
  {
    name: 'index-nixpkgs',
    summary: 'write the table of all packages of nixpkgs (run by the Nix build)',
    internal: true,
    load: () => import('./index-nixpkgs.ts'),
  },
  {
    name: 'plugin',
    summary: 'write the Claude Code plugin that enforces the policies (run by the Nix build)',
    internal: true,
    load: () => import('./plugin.ts'),
  },
  {
    name: 'init',
    summary: 'print the lines that add this to your configuration, and where they belong',
    load: () => import('./init.ts'),
  },
  {
    name: 'completion',
    summary: 'print the completion of this command line for bash, zsh or fish',
    load: () => import('./completion.ts'),
  },
  {
    name: 'complete',
    summary: 'print the names that complete a word (run by completion)',
    internal: true,
    load: () => import('./complete.ts'),
  },
];
