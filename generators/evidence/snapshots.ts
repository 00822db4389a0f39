import type * as z from 'zod';
import { agentSessions } from './agent-sessions.ts';
import { gitHistory } from './git-history.ts';
import { machine } from './machine.ts';
import { projects } from './projects.ts';
import { shellHistory } from './shell-history.ts';

interface Snapshot<Content> {
  /** As in `nixos-intelligence snapshot git`. */
  kind: string;
  /** The command that writes it. */
  command: string;
  /** Relative to the input folder. */
  file: string;
  schema: z.ZodType<Content>;
}

function snapshot<Content>(kind: string, name: string, schema: z.ZodType<Content>): Snapshot<Content> {
  return { kind, command: `nixos-intelligence snapshot ${kind}`, file: `snapshots/${name}.json`, schema };
}

const table = {
  gitHistory: snapshot('git', 'git-history', gitHistory),
  shellHistory: snapshot('shell', 'shell-history', shellHistory),
  projects: snapshot('projects', 'projects', projects),
  agentSessions: snapshot('sessions', 'agent-sessions', agentSessions),
  machine: snapshot('machine', 'machine', machine),
};

/** The parts of the evidence that are snapshots. */
export type SnapshotContents = { [Name in keyof typeof table]: z.infer<(typeof table)[Name]['schema']> };

export type SnapshotName = keyof SnapshotContents;

/** Every snapshot that a build can use, by its name in the evidence. */
export const snapshots: { readonly [Name in SnapshotName]: Snapshot<SnapshotContents[Name]> } = table;
