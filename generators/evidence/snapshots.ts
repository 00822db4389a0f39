import type * as z from 'zod';
import { agentSessions } from './agent-sessions.ts';
import type { Evidence } from './evidence.ts';
import { gitHistory } from './git-history.ts';
import { machine } from './machine.ts';
import { projects } from './projects.ts';
import { shellHistory } from './shell-history.ts';

/** The parts of the evidence that are snapshots. */
export type SnapshotName = 'gitHistory' | 'shellHistory' | 'projects' | 'agentSessions' | 'machine';

/** A snapshot: where it lies in the evidence, which command writes it, and its schema. */
export interface Snapshot<Name extends SnapshotName = SnapshotName> {
  name: Name;
  /** As in `nixos-intelligence snapshot git`. */
  kind: string;
  schema: z.ZodType<Required<Evidence>[Name]>;
}

/** Every snapshot that a build can be given. */
export const snapshots: readonly Snapshot[] = [
  { name: 'gitHistory', kind: 'git', schema: gitHistory },
  { name: 'shellHistory', kind: 'shell', schema: shellHistory },
  { name: 'projects', kind: 'projects', schema: projects },
  { name: 'agentSessions', kind: 'sessions', schema: agentSessions },
  { name: 'machine', kind: 'machine', schema: machine },
];

/** The command that writes a snapshot, shown where the snapshot is missing. */
export function snapshotCommand({ kind }: Snapshot): string {
  return `nixos-intelligence snapshot ${kind}`;
}
