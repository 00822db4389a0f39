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
  /** The commit that made the change: for what a merge brings, one of the merged commits. */
  commit: LogEntry;
  /** `added`, `moved`, `changed`: places left and taken, as `file#list`. */
  from?: readonly string[];
  to?: readonly string[];
  /** `renamed`: the name before. */
  formerly?: string;
  /** `added`: the tool may have been there before, since the earlier content of the file is not in this clone. */
  atLeast?: boolean;
  /** `commented-out`: the comment beside the entry that was commented out. */
  comment?: string | null;
}

/** One tool over the whole history: everything that happened to it, oldest first, under all its names. */
export interface ToolTimeline {
  name: string;
  kind: ToolKind;
  changes: Change[];
  /** Where it is declared now; empty: it is gone. */
  places: PlacedDeclaration[];
}

/** The names that one commit added to the declared tools and removed from them: its message is checked against this. */
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

/** Changes when the way a tool is declared does: form, text of an override, package set. */
export function shapeName({ form, shape, set }: Declaration): string {
  return `${form} ${shape} ${set}`;
}

/** The declarations of one file by tool, and its entries that are commented out. */
export interface FileState {
  byTool: Map<string, PlacedDeclaration[]>;
  commented: readonly CommentedEntry[];
  unnamed: number;
}
