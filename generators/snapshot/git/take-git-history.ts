import type { GitHistory } from '../../evidence/git-history.ts';
import type { FileDeclarations } from '../../lang/nix/declarations/declaration.ts';
import { byText } from '../../order.ts';
import { activity } from './activity.ts';
import { authorNames } from './author-names.ts';
import { blobDeclarations } from './blob-declarations.ts';
import { type CommitWords, commitWords, noWords } from './commit-words.ts';
import { type FollowedDeclarations, followDeclarations } from './follow-declarations.ts';
import type { DeclarationsOf } from './merged-commits.ts';
import { migrations } from './migrations.ts';
import { milestones } from './milestones.ts';
import { quotedCommits } from './quoted-commits.ts';
import { readBlobs } from './read-blobs.ts';
import { type LogEntry, readLog } from './read-log.ts';
import type { Repository } from './repository.ts';
import { shortHash } from './short-hash.ts';
import { trackedTool } from './tracked-tool.ts';

export type Progress = (what: 'commits' | 'versions of files', done: number, of: number | null) => void;

/** By hash; null: the clone lacks the blob. */
type Blobs = Map<string, FileDeclarations | null>;

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
  const byHash = new Map(log.map((entry) => [entry.hash, entry]));
  const blobs: Blobs = new Map();
  await readDeclarations(repository, log, blobs, options.progress);
  const declarationsOf: DeclarationsOf = (blob) => blobs.get(blob) ?? undefined;
  const followed = followDeclarations(log, repository.head, declarationsOf);
  const words = options.reasons ? await readWords(repository, log, blobs, followed, declarationsOf) : noWords;

  const tools = followed.timelines
    .map((timeline) => trackedTool(timeline, repository, words))
    .sort((a, b) => byText(a.name, b.name) || byText(a.kind, b.kind));
  const dates = new Map(tools.flatMap(({ events }) => events.map(({ commit, date }) => [commit, date] as const)));
  const days = log.map(({ day }) => day).sort();
  const contents = [...blobs.values()];
  return {
    schemaVersion: 1,
    takenOn: options.takenOn,
    reasons: options.reasons ? 'kept' : 'left out',
    repository: {
      branch: repository.branch,
      head: shortHash(repository.head),
      flakeRoot: repository.flakeRoot,
      shallow: repository.boundary.size > 0,
      partial: repository.isPartial,
    },
    coverage: {
      commits: log.length,
      configurationCommits: log.filter(({ parents, changes }) => parents.length < 2 && changes.length > 0).length,
      first: days[0] ?? null,
      last: days.at(-1) ?? null,
      blobs: blobs.size,
      missingBlobs: contents.filter((content) => content === null).length,
      unsound: contents.filter((content) => content?.sound === false).length,
      unnamed: followed.unnamed,
    },
    commits: [...dates]
      .map(([hash, date]) => ({ hash, date }))
      .sort((a, b) => byText(a.date, b.date) || byText(a.hash, b.hash)),
    tools,
    migrations: options.reasons ? statedMigrations(followed, byHash, words) : [],
    milestones: await milestones(repository.folder, byHash),
    activity: activity(log, followed.timelines, options.takenOn),
  };
}

/** Adds the declarations of the .nix files of these commits, before and after, to `blobs`. */
async function readDeclarations(
  repository: Repository,
  entries: readonly LogEntry[],
  blobs: Blobs,
  progress?: Progress,
): Promise<void> {
  const wanted = new Set<string>();
  const predecessors = new Map<string, string>();
  for (const { before, after } of entries.flatMap(({ changes }) => changes)) {
    if (before !== null && after !== null) predecessors.set(after, before);
    for (const blob of [before, after]) if (blob !== null && !blobs.has(blob)) wanted.add(blob);
  }
  let done = 0;
  for await (const { hash, bytes } of readBlobs(repository.folder, [...wanted], repository)) {
    const before = blobs.get(predecessors.get(hash) ?? '');
    const declaredBefore = (before?.declarations.length ?? 0) > 0;
    blobs.set(hash, bytes === null ? null : blobDeclarations(bytes, declaredBefore));
    done += 1;
    if (done % 200 === 0) progress?.('versions of files', done, wanted.size);
  }
}

async function readWords(
  repository: Repository,
  log: readonly LogEntry[],
  blobs: Blobs,
  { effects, everDeclared }: FollowedDeclarations,
  declarationsOf: DeclarationsOf,
): Promise<CommitWords> {
  const effective = log.filter(({ hash }) => effects.has(hash));
  const quoted = await quotedCommits(repository.folder, effective);
  await readDeclarations(repository, [...quoted.values()].flat(), blobs);
  return commitWords({ effects, everDeclared, quoted, declarationsOf, authors: authorNames(log) });
}

/** The replacements that messages and comments of new entries state, oldest first. */
function statedMigrations(
  { timelines, effects }: FollowedDeclarations,
  byHash: ReadonlyMap<string, LogEntry>,
  words: CommitWords,
): GitHistory['migrations'] {
  const comments = new Map<string, { name: string; text: string }[]>();
  for (const { name, changes, places } of timelines) {
    const start = changes.findLast(({ type }) => type === 'added')?.commit.hash;
    if (start === undefined) continue;
    const texts = places.flatMap(({ declaration }) => declaration.comment ?? []);
    comments.set(start, [...(comments.get(start) ?? []), ...texts.map((text) => ({ name, text }))]);
  }
  return [...effects]
    .flatMap(([hash, effect]) => {
      const commit = byHash.get(hash);
      if (commit === undefined || effect.added.size === 0 || effect.removed.size === 0) return [];
      const found = migrations(effect, words.sentencesOf(commit), comments.get(hash) ?? []);
      return found.map(({ from, to, words: text }) => ({
        commit: shortHash(hash),
        date: commit.day,
        from,
        to,
        words: words.excerpt(text),
      }));
    })
    .sort((a, b) => byText(a.date, b.date) || byText(a.commit, b.commit) || byText(a.from.join(), b.from.join()));
}
