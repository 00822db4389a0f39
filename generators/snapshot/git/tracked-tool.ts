import type { TrackedTool } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';
import type { CommitWords } from './commit-words.ts';
import { mention, namesOf } from './mentions.ts';
import type { Repository } from './repository.ts';
import { shortHash } from './short-hash.ts';
import type { Change, PlacedDeclaration, ToolTimeline } from './timeline.ts';

/** A tool's timeline as the snapshot writes it. */
export function trackedTool(
  timeline: ToolTimeline,
  { flakeRoot, boundary }: Repository,
  words: CommitWords,
): TrackedTool {
  const { name, kind, changes } = timeline;
  const [first] = changes;
  const last = changes.at(-1);
  if (first === undefined || last === undefined) throw new Error(`\`${name}\` was never declared`);
  const start = changes.findLast(({ type }) => type === 'added') ?? first;
  const isGone = last.type === 'removed' || last.type === 'commented-out';
  const places = orderedPlaces(timeline.places);
  const relative = (file: string): string => fromFlake(file, flakeRoot);
  const excerptOf = (text: string | null): string | null => (text === null ? null : words.excerpt(text));
  const shownPlaces = places.map(({ file, declaration: { line, list, comment, section } }) => {
    const shown = excerptOf(comment);
    return {
      file: relative(file),
      line,
      list,
      comment: shown !== null && isBareName(shown, name) ? null : shown,
      section: excerptOf(section),
    };
  });
  const purposes = shownPlaces.flatMap(({ comment: text, file, line }) => (text === null ? [] : { text, file, line }));
  const isAtLeast = ({ atLeast, commit }: Change): boolean => atLeast === true || boundary.has(commit.hash);
  const reasonOf = (change: Change) =>
    isAtLeast(change) ? null : words.reasonOf({ ...timeline, name: nameAt(timeline, change) }, change);
  return {
    name,
    kind,
    of: places[0]?.declaration.of ?? null,
    set: places[0]?.declaration.set ?? null,
    present: places.length > 0,
    places: shownPlaces,
    since: { ...stamp(start), atLeast: isAtLeast(start) },
    first: stamp(first),
    gone: isGone ? stamp(last) : null,
    formerNames: [...new Set(changes.flatMap(({ formerly }) => formerly ?? []))].filter((other) => other !== name),
    purpose: purposes[0] ?? null,
    reason: reasonOf(start),
    goneReason: isGone ? reasonOf(last) : null,
    events: changes
      .map((change) => {
        const { type, from = [], to, formerly } = change;
        const reason = type === 'moved' ? null : reasonOf(change);
        return {
          type,
          ...stamp(change),
          ...(from.length === 0 ? {} : { from: from.map(relative) }),
          ...(to === undefined || to.length === 0 ? {} : { to: to.map(relative) }),
          ...(formerly === undefined ? {} : { formerly }),
          ...(reason === null ? {} : { reason }),
        };
      })
      // The dates are the authors': a commit may be older than the one before it.
      .sort((a, b) => byText(a.date, b.date)),
  };
}

/** The name of a tool at the time of a change. */
function nameAt({ name, changes }: ToolTimeline, change: Change): string {
  const later = changes.slice(changes.indexOf(change) + 1);
  return later.find(({ type }) => type === 'renamed')?.formerly ?? name;
}

function stamp({ commit }: Change): { commit: string; date: string } {
  return { commit: shortHash(commit.hash), date: commit.day };
}

const firstLists = ['environment.systemPackages', 'home.packages'];

/** The places, with the usual lists of commands first. */
function orderedPlaces(places: readonly PlacedDeclaration[]): PlacedDeclaration[] {
  const rank = (list: string): number => (firstLists.includes(list) ? firstLists.indexOf(list) : firstLists.length);
  return [...places].sort(
    ({ file, declaration }, other) =>
      rank(declaration.list) - rank(other.declaration.list) ||
      byText(file, other.file) ||
      declaration.line - other.declaration.line,
  );
}

/** Whether a comment only repeats the tool's name. */
function isBareName(text: string, name: string): boolean {
  const bare = text
    .toLowerCase()
    .replace(/[^\w. -]/g, '')
    .trim();
  return mention(text, name) !== undefined && namesOf(name).includes(bare);
}

/** A file (or `file#list`) relative to the flake's folder. */
function fromFlake(file: string, flakeRoot: string): string {
  if (file.startsWith(flakeRoot)) return file.slice(flakeRoot.length);
  return `${'../'.repeat(flakeRoot.split('/').length - 1)}${file}`;
}
