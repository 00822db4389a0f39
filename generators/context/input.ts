import type { Contribution } from '../content.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Settings } from '../evidence/settings.ts';
import type { ToolProfiles } from '../tools/schema.ts';

/** Whom a context file is for: only the client that is Claude Code knows plugins, skills and `~/.claude`. */
export type Reader = 'claude' | 'any';

export interface ContextInput {
  evidence: Evidence;
  profiles: ToolProfiles;
  contributions: readonly { file: string; contribution: Contribution }[];
  settings: Settings;
  /** The operating system by its own name, where a running machine was read and no configuration. */
  os?: string;
  /** Files below `intelligence/`, with what each answers. */
  files: readonly { file: string; title: string }[];
  /** Evidence that is missing or was rejected, in words. */
  gaps: readonly string[];
}
