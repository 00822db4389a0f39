import type { GitHistory, StatedReason, TrackedTool } from '../../evidence/git-history.ts';
import type { FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import { activity } from './activity.ts';
import { blobDeclarations } from './blob-declarations.ts';
import { excerpt } from './excerpt.ts';
import { git } from './git.ts';
import { mention, namesOf } from './mentions.ts';
import { migrations } from './migrations.ts';
import { type Change, type Delta, type Life, localEntries, type Mined, mine, toolKey } from './mine.ts';
import { readBlobs } from './read-blobs.ts';
import { type LogEntry, readLog } from './read-log.ts';
import { reasonFor } from './reason.ts';
import type { Repository } from './repository.ts';
import { quotedCommit, type Sentence, sentences } from './sentences.ts';

export type Progress = (what: 'commits' | 'blobs', done: number, of: number | null) => void;

/** Reads a repository's history into a snapshot. Runs git, writes nothing. */
export async function takeGitHistory(
  repository: Repository,
  options: { takenOn: string; reasons: boolean; progress?: Progress },
): Promise<GitHistory> {
  const log: LogEntry[] = [];
  for await (const entry of readLog(repository.folder, repository.head)) {
    log.push(entry);
    if (log.length % 500 === 0) options.progress?.('commits', log.length, null);
  }
  const blobs = new Map<string, FileDeclarations | null>();
  await readDeclarations(repository, log, blobs, options.progress);
  const declared = (blob: string): FileDeclarations | undefined => blobs.get(blob) ?? undefined;
  const mined = mine(log, repository.head, declared);
  const quoted = options.reasons ? await readQuoted(repository, mined, log, blobs) : new Map<string, LogEntry[]>();
  const teller = reasonTeller(mined, quoted, declared, peopleOf(log), options.reasons);

  const byHash = new Map(log.map((entry) => [entry.hash, entry]));
  const tools = mined.lives
    .map((life) => trackedTool(life, repository, teller, options.reasons))
    .sort((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind));
  const found = options.reasons ? await foundMigrations(mined, byHash, teller) : [];
  const milestones = await tags(repository, byHash);
  const referred = new Map<string, string>();
  for (const tool of tools) for (const { commit, date } of tool.events) referred.set(commit, date);
  const plain = log.filter(({ parents, changes }) => parents.length < 2 && changes.length > 0);
  const days = log.map(({ day }) => day).sort();
  const missing = [...blobs.values()].filter((one) => one === null).length;
  return {
    schemaVersion: 1,
    takenOn: options.takenOn,
    reasons: options.reasons ? 'kept' : 'left out',
    repository: {
      branch: repository.branch,
      head: short(repository.head),
      flakeRoot: repository.flakeRoot,
      shallow: repository.boundary.size > 0,
      partial: repository.isPartial,
    },
    coverage: {
      commits: log.length,
      configurationCommits: plain.length,
      first: days[0] ?? null,
      last: days.at(-1) ?? null,
      blobs: blobs.size,
      missingBlobs: missing,
      unsound: [...blobs.values()].filter((one) => one?.sound === false).length,
      unnamed: mined.unnamed,
    },
    commits: [...referred]
      .map(([hash, date]) => ({ hash, date }))
      .sort((a, b) => compare(a.date, b.date) || compare(a.hash, b.hash)),
    tools,
    migrations: found,
    milestones,
    activity: activity(log, mined.lives, options.takenOn),
  };
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

async function readDeclarations(
  repository: Repository,
  entries: readonly LogEntry[],
  blobs: Map<string, FileDeclarations | null>,
  progress?: Progress,
): Promise<void> {
  const wanted = new Set<string>();
  const predecessors = new Map<string, string>();
  for (const { changes } of entries) {
    for (const { before, after } of changes) {
      if (before !== null && after !== null) predecessors.set(after, before);
      if (before !== null && !blobs.has(before)) wanted.add(before);
      if (after !== null && !blobs.has(after)) wanted.add(after);
    }
  }
  let done = 0;
  for await (const { hash, bytes } of readBlobs(repository.folder, [...wanted], repository)) {
    const before = blobs.get(predecessors.get(hash) ?? '');
    const declaredBefore = before?.declarations.length !== undefined && before.declarations.length > 0;
    blobs.set(hash, bytes === null ? null : blobDeclarations(bytes, declaredBefore));
    done += 1;
    if (done % 200 === 0) progress?.('blobs', done, wanted.size);
  }
}

/** Words of the names and addresses of everybody who wrote or is thanked; never kept, only dropped from texts. */
function peopleOf(log: readonly LogEntry[]): ReadonlySet<string> {
  const people = new Set<string>();
  for (const entry of log) for (const word of entry.people) people.add(word);
  for (const word of everydayNameParts) people.delete(word);
  return people;
}

/** Parts of addresses and names of machines that name nobody. */
const everydayNameParts =
  'noreply users github gitlab com org net dev email mail gmail outlook hotmail proton protonmail icloud yahoo web the and bot actions action dependabot renovate claude anthropic copilot cursor codex nix nixos home manager root admin user info linux git flake update config system host local localhost localdomain lan fish code'.split(
    ' ',
  );

/** The commits that a squash mirror's messages quote, as far as they are here. */
async function readQuoted(
  repository: Repository,
  mined: Mined,
  log: readonly LogEntry[],
  blobs: Map<string, FileDeclarations | null>,
): Promise<Map<string, LogEntry[]>> {
  const byCommit = new Map<string, string[]>();
  for (const { hash, message } of log) {
    if (!mined.deltas.has(hash)) continue;
    const hashes = message
      .split('\n')
      .slice(1)
      .flatMap((line) => quotedCommit.exec(line)?.[1] ?? []);
    if (hashes.length > 0) byCommit.set(hash, hashes);
  }
  const asked = [...new Set([...byCommit.values()].flat())];
  if (asked.length === 0) return new Map();
  const answers = await git(
    repository.folder,
    ['cat-file', '--batch-check=%(objecttype) %(objectname)'],
    `${asked.map((hash) => `${hash}^{commit}`).join('\n')}\n`,
  );
  const full = new Map<string, string>();
  for (const [index, answer] of answers.split('\n').entries()) {
    if (answer.startsWith('commit ')) full.set(asked[index] as string, answer.slice('commit '.length));
  }
  const entries = new Map<string, LogEntry>();
  if (full.size > 0) {
    for await (const entry of readLog(repository.folder, [...new Set(full.values())])) entries.set(entry.hash, entry);
    await readDeclarations(repository, [...entries.values()], blobs);
  }
  const quoted = new Map<string, LogEntry[]>();
  for (const [hash, hashes] of byCommit) {
    const here = hashes.flatMap((one) => entries.get(full.get(one) ?? '') ?? []);
    if (here.length > 0) quoted.set(hash, here);
  }
  return quoted;
}

interface Teller {
  said: (commit: LogEntry) => readonly Sentence[];
  reason: (life: Life, change: Change) => StatedReason | null;
  excerpt: (text: string) => string | null;
}

function reasonTeller(
  mined: Mined,
  quoted: ReadonlyMap<string, readonly LogEntry[]>,
  declared: (blob: string) => FileDeclarations | undefined,
  people: ReadonlySet<string>,
  wanted: boolean,
): Teller {
  const known = new Map<string, readonly Sentence[]>();
  const said = (commit: LogEntry): readonly Sentence[] => {
    let own = known.get(commit.hash);
    if (own === undefined) {
      own = sentences(commit.message);
      known.set(commit.hash, own);
    }
    return own;
  };
  const names = new Set([...mined.everDeclared].flatMap((name) => namesOf(name)));
  const own = new Set([...people].filter((word) => !names.has(word)));
  const cut = (text: string): string | null => excerpt(text, own);
  const isDeclared = (word: string): boolean => names.has(word.toLowerCase());
  const nothing: Delta = { added: new Set(), removed: new Set() };

  const reason = (life: Life, change: Change): StatedReason | null => {
    if (!wanted) return null;
    const isEnd = change.type === 'removed' || change.type === 'commented-out';
    if (change.type === 'commented-out' && change.comment) {
      const text = cut(change.comment);
      if (text !== null) return { text, source: 'comment', commit: short(change.commit.hash) };
    }
    const direction = isEnd ? 'removed' : 'added';
    const delta = mined.deltas.get(change.commit.hash) ?? nothing;
    const spoken = [life.name, ...(change.formerly === undefined ? [] : [change.formerly])];
    for (const name of spoken) {
      const found = reasonFor(name, direction, said(change.commit), delta, isDeclared);
      const text = found === null ? null : cut(found.text);
      if (found !== null && text !== null) return { text, source: found.source, commit: short(change.commit.hash) };
    }
    // A mirror quotes the commits that it carries over: the one that did this says why.
    for (const entry of quoted.get(change.commit.hash) ?? []) {
      const { before, after } = localEntries(entry, toolKey(life.kind, life.name), declared);
      const does = isEnd ? before.length > 0 && after.length === 0 : before.length === 0 && after.length > 0;
      if (!does) continue;
      const found = reasonFor(life.name, direction, said(entry), delta, isDeclared);
      const text = found === null ? null : cut(found.text);
      if (found !== null && text !== null) return { text, source: found.source, commit: short(entry.hash) };
    }
    return null;
  };
  return { said, reason, excerpt: cut };
}

function trackedTool(life: Life, repository: Repository, teller: Teller, reasons: boolean): TrackedTool {
  const { changes, places } = life;
  const starts = changes.filter(({ type }) => type === 'added');
  const start = (starts.at(-1) ?? changes[0]) as Change;
  const first = changes[0] as Change;
  const present = places.length > 0;
  const lastChange = changes.at(-1) as Change;
  const isGone = lastChange.type === 'removed' || lastChange.type === 'commented-out';
  const ordered = [...places].sort(
    (a, b) =>
      rank(a.declaration.list) - rank(b.declaration.list) ||
      compare(a.file, b.file) ||
      a.declaration.line - b.declaration.line,
  );
  const relative = (file: string): string => fromFlake(file, repository.flakeRoot);
  const cut = (text: string | null): string | null => (reasons && text !== null ? teller.excerpt(text) : null);
  const standing = ordered.map(({ file, declaration: { line, list, condition, comment, section } }) => {
    const own = cut(comment);
    return {
      file: relative(file),
      line,
      list,
      condition: reasons ? condition : null,
      comment: own !== null && isBareName(own, life.name) ? null : own,
      section: cut(section),
    };
  });
  const purpose = standing.find(({ comment }) => comment !== null);
  return {
    name: life.name,
    kind: life.kind,
    of: ordered[0]?.declaration.of ?? null,
    set: ordered[0]?.declaration.set ?? null,
    present,
    places: standing,
    since: { ...stamp(start), atLeast: repository.boundary.has(start.commit.hash) },
    first: stamp(first),
    gone: isGone ? stamp(lastChange) : null,
    formerNames: [...new Set(changes.flatMap(({ formerly }) => formerly ?? []))].filter((name) => name !== life.name),
    purpose: purpose === undefined ? null : { text: purpose.comment as string, file: purpose.file, line: purpose.line },
    reason: teller.reason({ ...life, name: nameAt(life, start) }, start),
    goneReason: isGone ? teller.reason(life, lastChange) : null,
    events: changes.map((change) => {
      const reason = change.type === 'moved' ? null : teller.reason({ ...life, name: nameAt(life, change) }, change);
      return {
        type: change.type,
        ...stamp(change),
        ...(change.from === undefined || change.from.length === 0 ? {} : { from: change.from.map(relative) }),
        ...(change.to === undefined || change.to.length === 0 ? {} : { to: change.to.map(relative) }),
        ...(change.formerly === undefined ? {} : { formerly: change.formerly }),
        ...(reason === null ? {} : { reason }),
      };
    }),
  };
}

/** What a tool was called when something happened to it. */
function nameAt(life: Life, change: Change): string {
  const at = life.changes.indexOf(change);
  return life.changes.slice(at + 1).find(({ type }) => type === 'renamed')?.formerly ?? life.name;
}

function stamp({ commit }: Change): { commit: string; date: string } {
  return { commit: short(commit.hash), date: commit.day };
}

/** Lists of packages that a user types from come first. */
function rank(list: string): number {
  const place = ['environment.systemPackages', 'home.packages'].indexOf(list);
  return place === -1 ? 2 : place;
}

function isBareName(text: string, name: string): boolean {
  return (
    mention(text, name) !== undefined &&
    namesOf(name).some(
      (one) =>
        one ===
        text
          .toLowerCase()
          .replace(/[^\w. -]/g, '')
          .trim(),
    )
  );
}

/** A file (or `file#list`) relative to the flake's folder. */
function fromFlake(file: string, root: string): string {
  if (root === '') return file;
  if (file.startsWith(root)) return file.slice(root.length);
  return `${'../'.repeat(root.split('/').length - 1)}${file}`;
}

async function foundMigrations(
  mined: Mined,
  byHash: ReadonlyMap<string, LogEntry>,
  teller: Teller,
): Promise<GitHistory['migrations']> {
  const comments = new Map<string, { name: string; text: string }[]>();
  for (const { name, changes, places } of mined.lives) {
    const start = changes.findLast(({ type }) => type === 'added');
    if (start === undefined) continue;
    for (const { declaration } of places) {
      if (declaration.comment === null) continue;
      const own = comments.get(start.commit.hash) ?? [];
      comments.set(start.commit.hash, [...own, { name, text: declaration.comment }]);
    }
  }
  return [...mined.deltas]
    .flatMap(([hash, delta]) => {
      const commit = byHash.get(hash);
      if (commit === undefined || delta.added.size === 0 || delta.removed.size === 0) return [];
      return migrations(delta, teller.said(commit), comments.get(hash) ?? []).map(({ from, to, words }) => ({
        commit: short(hash),
        date: commit.day,
        from,
        to,
        words: teller.excerpt(words),
      }));
    })
    .sort((a, b) => compare(a.date, b.date) || compare(a.commit, b.commit) || compare(a.from.join(), b.from.join()));
}

async function tags(repository: Repository, byHash: ReadonlyMap<string, LogEntry>): Promise<GitHistory['milestones']> {
  const lines = await git(repository.folder, [
    'for-each-ref',
    'refs/tags',
    '--format=%(refname:short)%00%(objectname)%00%(*objectname)',
  ]);
  return lines
    .split('\n')
    .flatMap((line) => {
      const [name, object, peeled] = line.split('\0');
      const commit = byHash.get(peeled || object || '');
      return commit === undefined || name === undefined
        ? []
        : [{ name: name.slice(0, 100), commit: short(commit.hash), date: commit.day }];
    })
    .sort((a, b) => compare(a.date, b.date) || compare(a.name, b.name));
}
