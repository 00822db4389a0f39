import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Evaluated } from './evaluated.ts';
import type { OptionDocs } from './option-docs.ts';
import type { PolicyOptions } from './policies.ts';
import { type SnapshotContents, snapshots } from './snapshots.ts';
import type { SourceFiles } from './source-files.ts';

/** All evidence of an input folder, validated. Missing evidence is absent, never empty. */
export interface Evidence extends Partial<SnapshotContents> {
  evaluated: Evaluated;
  closure?: Closure;
  commands?: Commands;
  policies?: PolicyOptions;
  optionDocs?: OptionDocs;
  sourceFiles?: SourceFiles;
}

export type EvidenceName = keyof Evidence;

/** Evidence in which the named parts are present. */
export type EvidenceWith<Name extends EvidenceName> = Evidence & Required<Pick<Evidence, Name>>;

const parts: Readonly<Record<EvidenceName, { file: string }>> = {
  evaluated: { file: 'evaluated.json' },
  closure: { file: 'closure.json' },
  commands: { file: 'commands.json' },
  policies: { file: 'policies.json' },
  optionDocs: { file: 'options.json' },
  sourceFiles: { file: 'sources.json' },
  ...snapshots,
};

/** The file of a part, relative to the input folder. */
export function evidenceFile(name: EvidenceName): string {
  return parts[name].file;
}

export function hasEvidence<Name extends EvidenceName>(
  evidence: Evidence,
  names: readonly Name[],
): evidence is EvidenceWith<Name> {
  return names.every((name) => evidence[name] !== undefined);
}
