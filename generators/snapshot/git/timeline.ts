import type { CommentedEntry, Declaration } from '../../lang/nix/declarations/declaration.ts';
import type { LogEntry } from './read-log.ts';

/** A declaration and the file that contains it. */
export interface PlacedDeclaration {
  file: string;
  declaration: Declaration;
}

type ToolKind = Declaration['kind'];

export interface Change {
  type: 'added' | 'moved' | 'renamed' | 'changed' | 'commented-out' | 'removed';
  /** The commit that made the change: for a change by a merge, one of the merged commits. */
  commit: LogEntry;
  /** `added`, `moved`, `changed`: the old and new places, as `file#list`. */
  from?: readonly string[];
  to?: readonly string[];
  /** `renamed`: the previous name. */
  formerly?: string;
  /** `added`: the tool may be older, because this clone lacks the earlier content of the file. */
  atLeast?: boolean;
  /** `commented-out`: the comment beside the entry that was commented out. */
  comment?: string | null;
}

/** The changes to one tool over the whole history, under all its names, oldest first. */
export interface ToolTimeline {
  name: string;
  kind: ToolKind;
  changes: Change[];
  /** Where it is declared now; empty: it was removed. */
  places: PlacedDeclaration[];
}

/** The names of tools that a commit added and removed. Its message must agree with this. */
export interface CommitEffect {
  added: Set<string>;
  removed: Set<string>;
}

/** Identifies a tool: an option and a package with the same name are two tools. */
export function toolKey(kind: ToolKind, name: string): string {
  return `${kind}:${name}`;
}

/** `modules/core.nix#environment.systemPackages`, sorted, each once. */
export function placeNames(placed: readonly PlacedDeclaration[]): string[] {
  return [...new Set(placed.map(({ file, declaration }) => `${file}#${declaration.list}`))].sort();
}

/** The form of a declaration, the hash of its text, and its package set. */
export function shapeName({ form, shape, set }: Declaration): string {
  return `${form} ${shape} ${set}`;
}

/** The declarations of one file by tool, and its entries that are commented out. */
export interface FileState {
  byTool: Map<string, PlacedDeclaration[]>;
  commented: readonly CommentedEntry[];
  unnamed: number;
}
