import type { CommentedEntry, Declaration, FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import type { LogEntry } from './read-log.ts';
import { sameTool } from './same-tool.ts';

/** A declaration and the file that it stands in. */
export interface Placed {
  file: string;
  declaration: Declaration;
}

export type ToolKind = Declaration['kind'];

export interface Change {
  type: 'added' | 'moved' | 'renamed' | 'changed' | 'commented-out' | 'removed';
  /** The commit that really did it: for what a merge brings, one of the commits merged. */
  commit: LogEntry;
  /** `moved`: the places left and taken; `renamed`: the old name is in `formerly`. */
  from?: readonly string[];
  to?: readonly string[];
  formerly?: string;
  /** The comment that took the entry's place, or that came with it. */
  comment?: string | null;
}

/** One tool over the whole history: everything that happened to it, oldest first, under all its names. */
export interface Life {
  name: string;
  kind: ToolKind;
  changes: Change[];
  /** Where it stands now; empty: it went. */
  places: Placed[];
}

/** What one commit did to the declared set, for what its message says to be judged by. */
export interface Delta {
  added: Set<string>;
  removed: Set<string>;
}

export interface Mined {
  lives: Life[];
  /** By hash of the commit credited. */
  deltas: Map<string, Delta>;
  /** Everything that was ever declared. */
  everDeclared: ReadonlySet<string>;
  /** Entries at the end of the line whose name the text does not tell. */
  unnamed: number;
}

interface State {
  life: Life;
  places: Map<string, Placed[]>;
}

/** File name -> entries by key, and the entries that are commented out. */
interface FileState {
  keys: Map<string, Placed[]>;
  commented: readonly CommentedEntry[];
  unknown: number;
}

const emptyFile: FileState = { keys: new Map(), commented: [], unknown: 0 };

/** What identifies a tool: an option and a package of one name are two. */
export function toolKey(kind: ToolKind, name: string): string {
  return `${kind}:${name}`;
}

/**
 * Follows every declaration through a history. The state is that of the first-parent line; what a merge changes is
 * credited to the commit on the merged side that did it.
 *
 * @param log parents before children
 * @param head the last commit of the line
 * @param declared what a blob declares; undefined where the blob is not here: then the file counts as unchanged
 */
export function mine(
  log: readonly LogEntry[],
  head: string,
  declared: (blob: string) => FileDeclarations | undefined,
): Mined {
  const byHash = new Map(log.map((entry) => [entry.hash, entry]));
  const order = new Map(log.map((entry, index) => [entry.hash, index]));
  const line: LogEntry[] = [];
  for (let at = byHash.get(head); at !== undefined; at = byHash.get(at.parents[0] ?? '')) line.push(at);
  line.reverse();

  const files = new Map<string, FileState>();
  const living = new Map<string, State>();
  const gone = new Map<string, Life>();
  const lives = new Set<Life>();
  const merged = new Set<string>();
  const deltas: Mined['deltas'] = new Map();
  const everDeclared = new Set<string>();

  const delta = (commit: LogEntry) => {
    let own = deltas.get(commit.hash);
    if (own === undefined) {
      own = { added: new Set(), removed: new Set() };
      deltas.set(commit.hash, own);
    }
    return own;
  };

  for (const commit of line) {
    const side = sideOf(commit, merged, byHash, order);
    merged.add(commit.hash);
    const touched = new Map<string, { before: Placed[]; comment: string | null; commentedOut: boolean }>();
    const touch = (key: string) => {
      const own = touched.get(key) ?? {
        before: [...(living.get(key)?.places.values() ?? [])].flat(),
        comment: null,
        commentedOut: false,
      };
      touched.set(key, own);
      return own;
    };
    for (const { path, after } of commit.changes) {
      if (isNoConfiguration(path)) continue;
      const old = files.get(path) ?? emptyFile;
      const content = after === null ? undefined : declared(after);
      if (after !== null && content === undefined) continue;
      const next = content === undefined ? emptyFile : fileState(path, content, old);
      for (const key of old.keys.keys()) {
        touch(key);
        living.get(key)?.places.delete(path);
      }
      for (const [key, placed] of next.keys) {
        touch(key);
        const state = living.get(key) ?? newState(placed[0] as Placed, gone.get(key));
        living.set(key, state);
        state.places.set(path, placed);
      }
      for (const entry of next.commented) {
        const own = touched.get(toolKey('package', entry.name)) ?? touched.get(toolKey('library', entry.name));
        if (own !== undefined) {
          own.commentedOut = true;
          own.comment ??= newWords(entry.comment, own.before);
        }
      }
      if (next === emptyFile) files.delete(path);
      else files.set(path, next);
    }

    const added: { key: string; state: State }[] = [];
    const removed: { key: string; state: State; comment: string | null; commentedOut: boolean }[] = [];
    for (const [key, { before, comment, commentedOut }] of touched) {
      const state = living.get(key);
      if (state === undefined) continue;
      const after = [...state.places.values()].flat();
      if (before.length === 0 && after.length > 0) {
        added.push({ key, state });
      } else if (before.length > 0 && after.length === 0) {
        removed.push({ key, state, comment, commentedOut });
      } else if (before.length > 0) {
        const change = placeChange(before, after);
        if (change !== undefined) {
          state.life.changes.push({ ...change, commit: credit(side, key, 'any', declared) ?? commit });
        }
      }
    }

    const renames = pairRenames(
      added.map(({ state }) => state),
      removed.map(({ state }) => state),
    );
    for (const { key, state } of added) {
      const by = credit(side, key, 'added', declared) ?? commit;
      const old = renames.get(state);
      const { life } = state;
      lives.add(life);
      everDeclared.add(life.name);
      if (old === undefined) {
        delta(by).added.add(life.name);
        life.changes.push({ type: 'added', commit: by, to: placeNames([...state.places.values()].flat()) });
      } else {
        // One tool under a new name: its history goes on.
        life.changes.push(...old.life.changes, { type: 'renamed', commit: by, formerly: old.life.name });
        lives.delete(old.life);
      }
      life.places = [];
      gone.delete(key);
    }
    const renamedAway = new Set(renames.values());
    for (const { key, state, comment, commentedOut } of removed) {
      living.delete(key);
      if (renamedAway.has(state)) continue;
      const by = credit(side, key, 'removed', declared) ?? commit;
      delta(by).removed.add(state.life.name);
      state.life.changes.push({ type: commentedOut ? 'commented-out' : 'removed', commit: by, comment });
      gone.set(key, state.life);
    }
  }

  for (const state of living.values()) state.life.places = [...state.places.values()].flat();
  return {
    lives: [...lives],
    deltas,
    everDeclared,
    unnamed: [...files.values()].reduce((sum, { unknown }) => sum + unknown, 0),
  };
}

/** What a comment says that did not stand beside the entry before it was commented out. */
function newWords(comment: string | null, before: readonly Placed[]): string | null {
  let rest = comment ?? '';
  for (const { declaration } of before) {
    if (declaration.comment !== null) rest = rest.replace(declaration.comment, '');
  }
  return /\p{L}{2}/u.test(rest) ? rest.replace(/^[\s\-–—:,;.]+/u, '') : null;
}

function newState(placed: Placed, earlier: Life | undefined): State {
  const life = earlier ?? { name: placed.declaration.name, kind: placed.declaration.kind, changes: [], places: [] };
  return { life, places: new Map() };
}

function fileState(file: string, content: FileDeclarations, old: FileState): FileState {
  const keys = new Map<string, Placed[]>();
  for (const declaration of content.declarations) {
    const key = toolKey(declaration.kind, declaration.name);
    const own = keys.get(key);
    if (own === undefined) keys.set(key, [{ file, declaration }]);
    else own.push({ file, declaration });
  }
  // In a file that Nix would not read, what is not found is not gone.
  if (!content.sound) for (const [key, placed] of old.keys) if (!keys.has(key)) keys.set(key, placed);
  const { commented, unknown } = content;
  return keys.size === 0 && commented.length === 0 && unknown === 0 ? emptyFile : { keys, commented, unknown };
}

/** Environments for working on the configuration, and what it gives to others to start from. */
function isNoConfiguration(path: string): boolean {
  return /(?:^|\/)(?:devenv|shell|devshell)\.nix$|(?:^|\/)templates?\//.test(path);
}

function placeName({ file, declaration }: Placed): string {
  return `${file}#${declaration.list}`;
}

function placeNames(placed: readonly Placed[]): string[] {
  return [...new Set(placed.map(placeName))].sort();
}

function placeChange(before: readonly Placed[], after: readonly Placed[]): Omit<Change, 'commit'> | undefined {
  const old = placeNames(before);
  const now = placeNames(after);
  const from = old.filter((place) => !now.includes(place));
  const to = now.filter((place) => !old.includes(place));
  if (from.length > 0 || to.length > 0) return { type: 'moved', from, to };
  const shape = (placed: readonly Placed[]): string =>
    placed
      .map(({ declaration: { form, shape, set } }) => `${form} ${shape} ${set}`)
      .sort()
      .join();
  return shape(before) === shape(after) ? undefined : { type: 'changed', to: now };
}

/** The commits that a merge brings, newest first; empty for a commit that is none. */
function sideOf(
  commit: LogEntry,
  merged: Set<string>,
  byHash: ReadonlyMap<string, LogEntry>,
  order: ReadonlyMap<string, number>,
): LogEntry[] {
  const side: LogEntry[] = [];
  const open = commit.parents.slice(1);
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const entry = byHash.get(hash);
    if (entry === undefined || merged.has(hash)) continue;
    merged.add(hash);
    side.push(entry);
    open.push(...entry.parents);
  }
  return side.sort((a, b) => (order.get(b.hash) as number) - (order.get(a.hash) as number));
}

/** The newest commit of a merged side that did this to a tool itself, not by merging. */
function credit(
  side: readonly LogEntry[],
  key: string,
  what: 'added' | 'removed' | 'any',
  declared: (blob: string) => FileDeclarations | undefined,
): LogEntry | undefined {
  return side.find((entry) => {
    if (entry.parents.length > 1) return false;
    const { before, after } = localEntries(entry, key, declared);
    if (what === 'added') return before.length === 0 && after.length > 0;
    if (what === 'removed') return before.length > 0 && after.length === 0;
    return before.join() !== after.join();
  });
}

/** The entries of a tool in the files that a commit changes, before and after. */
export function localEntries(
  entry: LogEntry,
  key: string,
  declared: (blob: string) => FileDeclarations | undefined,
): { before: string[]; after: string[] } {
  const entries = (path: string, blob: string | null): string[] =>
    (blob === null ? [] : (declared(blob)?.declarations ?? []))
      .filter(({ kind, name }) => toolKey(kind, name) === key)
      .map(({ list, form, shape, set }) => `${path}#${list} ${form} ${shape} ${set}`);
  return {
    before: entry.changes.flatMap(({ path, before }) => entries(path, before)).sort(),
    after: entry.changes.flatMap(({ path, after }) => entries(path, after)).sort(),
  };
}

/** What came and what went in one commit and is one tool under two names. */
function pairRenames(added: readonly State[], removed: readonly State[]): Map<State, State> {
  const pairs = new Map<State, State>();
  const taken = new Set<State>();
  for (const state of added) {
    const old = removed.find((candidate) => !taken.has(candidate) && sameTool(candidate.life, state.life));
    if (old === undefined) continue;
    taken.add(old);
    pairs.set(state, old);
  }
  return pairs;
}
