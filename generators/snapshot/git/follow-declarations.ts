import { isHeading } from '../../lang/nix/declarations/comment-owners.ts';
import type { FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import { authorOfChange, type DeclarationsOf, firstParentLine, mergedCommits } from './merged-commits.ts';
import type { LogEntry } from './read-log.ts';
import { sameTool } from './same-tool.ts';
import {
  type Change,
  type CommitEffect,
  type FileState,
  type PlacedDeclaration,
  placeNames,
  shapeName,
  type ToolTimeline,
  toolKey,
} from './timeline.ts';

export interface FollowedDeclarations {
  timelines: ToolTimeline[];
  /** By hash of the commit that made the change. */
  effects: Map<string, CommitEffect>;
  everDeclared: ReadonlySet<string>;
  /** Entries at the last commit whose name cannot be read from the text. */
  unnamed: number;
}

/** A tool that is declared at the current commit: its places by file. */
interface DeclaredTool {
  timeline: ToolTimeline;
  places: Map<string, PlacedDeclaration[]>;
}

/** A tool in a file that the current commit changes. */
interface TouchedTool {
  before: PlacedDeclaration[];
  commentedOut: boolean;
  comment: string | null;
  /** The earlier content of its file is not in this clone. */
  isBeforeUnknown: boolean;
}

const emptyFile: FileState = { byTool: new Map(), commented: [], unnamed: 0 };

/**
 * Follows every declaration through a history. The declared tools are those of the first-parent line; what a merge
 * changes is attributed to the merged commit that changed it.
 *
 * @param log parents before children
 * @param head the last commit of the line
 * @param declarationsOf a file whose blob is not in this clone counts as unchanged
 */
export function followDeclarations(
  log: readonly LogEntry[],
  head: string,
  declarationsOf: DeclarationsOf,
): FollowedDeclarations {
  const byHash = new Map(log.map((entry) => [entry.hash, entry]));
  const mergedBy = mergedCommits(log, byHash);
  const files = new Map<string, FileState>();
  const declared = new Map<string, DeclaredTool>();
  const gone = new Map<string, ToolTimeline>();
  const timelines = new Set<ToolTimeline>();
  /** Files whose last content this clone lacks. */
  const unread = new Set<string>();
  const effects = new Map<string, CommitEffect>();
  const everDeclared = new Set<string>();

  const effectOf = (commit: LogEntry): CommitEffect => {
    const effect = effects.get(commit.hash) ?? { added: new Set(), removed: new Set() };
    effects.set(commit.hash, effect);
    return effect;
  };

  /** Brings `files` and `declared` to the state after a commit. Returns the tools in the files that it changes. */
  const applyChanges = (commit: LogEntry): Map<string, TouchedTool> => {
    const touched = new Map<string, TouchedTool>();
    const touch = (key: string, path: string): void => {
      if (touched.has(key)) return;
      touched.set(key, {
        before: allPlaces(declared.get(key)),
        commentedOut: false,
        comment: null,
        isBeforeUnknown: unread.has(path),
      });
    };
    for (const { path, after } of commit.changes) {
      if (isOutsideConfiguration(path)) continue;
      const content = after === null ? undefined : declarationsOf(after);
      if (after !== null && content === undefined) {
        unread.add(path);
        continue;
      }
      const old = files.get(path) ?? emptyFile;
      const next = content === undefined ? emptyFile : fileState(path, content, old);
      for (const key of old.byTool.keys()) {
        touch(key, path);
        declared.get(key)?.places.delete(path);
      }
      for (const [key, placed] of next.byTool) {
        touch(key, path);
        const tool = declared.get(key) ?? { timeline: gone.get(key) ?? newTimeline(placed), places: new Map() };
        declared.set(key, tool);
        tool.places.set(path, placed);
      }
      for (const entry of next.commented) {
        const tool = touched.get(toolKey('package', entry.name)) ?? touched.get(toolKey('library', entry.name));
        if (tool === undefined) continue;
        tool.commentedOut = true;
        tool.comment ??= newWords(entry.comment, tool.before);
      }
      if (next === emptyFile) files.delete(path);
      else files.set(path, next);
      unread.delete(path);
    }
    return touched;
  };

  for (const commit of firstParentLine(byHash, head)) {
    const merged = mergedBy(commit);
    const added: [string, DeclaredTool, TouchedTool][] = [];
    const removed: [string, DeclaredTool, TouchedTool][] = [];
    for (const [key, touched] of applyChanges(commit)) {
      const tool = declared.get(key);
      if (tool === undefined) continue;
      const after = allPlaces(tool);
      if (touched.before.length === 0) {
        if (after.length > 0) added.push([key, tool, touched]);
      } else if (after.length === 0) {
        removed.push([key, tool, touched]);
      } else {
        const change = placeChange(touched.before, after);
        if (change === undefined) continue;
        const by = authorOfChange(merged, key, 'any', declarationsOf) ?? commit;
        tool.timeline.changes.push({ ...change, commit: by });
      }
    }

    const renames = pairRenames(
      added.map(([, { timeline }]) => timeline),
      removed.map(([, { timeline }]) => timeline),
    );
    for (const [key, tool, { isBeforeUnknown }] of added) {
      const by = authorOfChange(merged, key, 'added', declarationsOf) ?? commit;
      const { timeline } = tool;
      const old = renames.get(timeline);
      timelines.add(timeline);
      everDeclared.add(timeline.name);
      gone.delete(key);
      if (old === undefined) {
        if (!isBeforeUnknown) effectOf(by).added.add(timeline.name);
        const to = placeNames(allPlaces(tool));
        timeline.changes.push({ type: 'added', commit: by, to, ...(isBeforeUnknown ? { atLeast: true } : {}) });
      } else {
        // The same tool under a new name: its timeline continues.
        timeline.changes.push(...old.changes, { type: 'renamed', commit: by, formerly: old.name });
        timelines.delete(old);
      }
    }
    const renamed = new Set(renames.values());
    for (const [key, { timeline }, { commentedOut, comment }] of removed) {
      declared.delete(key);
      if (renamed.has(timeline)) continue;
      const by = authorOfChange(merged, key, 'removed', declarationsOf) ?? commit;
      effectOf(by).removed.add(timeline.name);
      timeline.changes.push({ type: commentedOut ? 'commented-out' : 'removed', commit: by, comment });
      gone.set(key, timeline);
    }
  }

  for (const tool of declared.values()) tool.timeline.places = allPlaces(tool);
  return {
    timelines: [...timelines],
    effects,
    everDeclared,
    unnamed: [...files.values()].reduce((sum, { unnamed }) => sum + unnamed, 0),
  };
}

function allPlaces(tool: DeclaredTool | undefined): PlacedDeclaration[] {
  return [...(tool?.places.values() ?? [])].flat();
}

function newTimeline([placed]: readonly PlacedDeclaration[]): ToolTimeline {
  if (placed === undefined) throw new Error('a declared tool has a place');
  const { name, kind } = placed.declaration;
  return { name, kind, changes: [], places: [] };
}

/** The part of a comment that the entry did not have before it was commented out. */
function newWords(comment: string | null, before: readonly PlacedDeclaration[]): string | null {
  let rest = comment ?? '';
  for (const { declaration } of before) {
    for (const old of [declaration.comment, declaration.section]) if (old !== null) rest = rest.replace(old, '');
  }
  return /\p{L}{2}.*\s/u.test(rest) && !isHeading(rest) ? rest.replace(/^[\s\-–—:,;.]+/u, '') : null;
}

function fileState(file: string, content: FileDeclarations, old: FileState): FileState {
  const byTool = new Map<string, PlacedDeclaration[]>();
  for (const declaration of content.declarations) {
    const key = toolKey(declaration.kind, declaration.name);
    byTool.set(key, [...(byTool.get(key) ?? []), { file, declaration }]);
  }
  // In a file with syntax errors, a missing entry may just not have been read.
  if (!content.sound) for (const [key, placed] of old.byTool) if (!byTool.has(key)) byTool.set(key, placed);
  const { commented, unknown: unnamed } = content;
  return byTool.size === 0 && commented.length === 0 && unnamed === 0 ? emptyFile : { byTool, commented, unnamed };
}

/**
 * Development shells of the configuration's repository, and templates. A `shell.nix` deeper in the tree, such as
 * `modules/shell.nix`, is a module that configures shells.
 */
function isOutsideConfiguration(path: string): boolean {
  return /(?:^|\/)(?:devenv|devshell)\.nix$|^(?:nix\/)?shell\.nix$|(?:^|\/)templates?\//.test(path);
}

function placeChange(
  before: readonly PlacedDeclaration[],
  after: readonly PlacedDeclaration[],
): Omit<Change, 'commit'> | undefined {
  const old = placeNames(before);
  const now = placeNames(after);
  const from = old.filter((place) => !now.includes(place));
  const to = now.filter((place) => !old.includes(place));
  if (from.length > 0 || to.length > 0) return { type: 'moved', from, to };
  return shapes(before) === shapes(after) ? undefined : { type: 'changed', to: now };
}

function shapes(placed: readonly PlacedDeclaration[]): string {
  return placed
    .map(({ declaration }) => shapeName(declaration))
    .sort()
    .join();
}

/** Added tool -> the tool of the same commit that was removed, if the first is a new name of it. */
function pairRenames(
  added: readonly ToolTimeline[],
  removed: readonly ToolTimeline[],
): Map<ToolTimeline, ToolTimeline> {
  const pairs = new Map<ToolTimeline, ToolTimeline>();
  const taken = new Set<ToolTimeline>();
  for (const tool of added) {
    const old = removed.find((candidate) => !taken.has(candidate) && sameTool(candidate, tool));
    if (old === undefined) continue;
    taken.add(old);
    pairs.set(tool, old);
  }
  return pairs;
}
