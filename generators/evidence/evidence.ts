import type { AgentSessions } from './agent-sessions.ts';
import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Evaluated } from './evaluated.ts';
import type { GitHistory } from './git-history.ts';
import type { Machine } from './machine.ts';
import type { OptionDocs } from './option-docs.ts';
import type { PolicyOptions } from './policies.ts';
import type { Projects } from './projects.ts';
import type { ShellHistory } from './shell-history.ts';
import type { SourceFiles } from './source-files.ts';

/** All evidence of an input folder, validated. Missing evidence is absent, never empty. */
export interface Evidence {
  evaluated: Evaluated;
  closure?: Closure;
  commands?: Commands;
  policies?: PolicyOptions;
  optionDocs?: OptionDocs;
  sourceFiles?: SourceFiles;
  gitHistory?: GitHistory;
  shellHistory?: ShellHistory;
  projects?: Projects;
  agentSessions?: AgentSessions;
  machine?: Machine;
}

export type EvidenceName = keyof Evidence;

/** Evidence in which the named parts are present. */
export type EvidenceWith<Name extends EvidenceName> = Evidence & Required<Pick<Evidence, Name>>;

/** The file of each part, relative to the input folder. */
export const evidenceFiles: Readonly<Record<EvidenceName, string>> = {
  evaluated: 'evaluated.json',
  closure: 'closure.json',
  commands: 'commands.json',
  policies: 'policies.json',
  optionDocs: 'options.json',
  sourceFiles: 'sources.json',
  gitHistory: 'snapshots/git-history.json',
  shellHistory: 'snapshots/shell-history.json',
  projects: 'snapshots/projects.json',
  agentSessions: 'snapshots/agent-sessions.json',
  machine: 'snapshots/machine.json',
};

export function hasEvidence<Name extends EvidenceName>(
  evidence: Evidence,
  names: readonly Name[],
): evidence is EvidenceWith<Name> {
  return names.every((name) => evidence[name] !== undefined);
}
