import type { Contribution } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Settings } from '../evidence/settings.ts';
import type { ToolProfiles } from '../tools/schema.ts';
import type { Documents } from './sources.ts';

export interface ContextInput {
  evidence: Evidence;
  profiles: ToolProfiles;
  contributions: readonly { file: string; contribution: Contribution }[];
  settings: Settings;
  /** The operating system by its own name, where a running machine was read and no configuration. */
  os?: string;
  /** The files to which the evidence of the lines points. */
  documents: Documents;
  /** Evidence that is missing or was rejected, in words. */
  gaps: readonly string[];
}
