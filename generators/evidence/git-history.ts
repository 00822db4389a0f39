import * as z from 'zod';
import { day, sourceFile } from './common.ts';

const count = z.int().nonnegative();

/** First twelve digits of a commit's hash. */
export const commitHash = z.string().regex(/^[0-9a-f]{12}$/);

/** Text from the configuration: shortened, without links, addresses, names of people or anything like a secret. */
const words = z.string().min(1).max(160);

const toolName = z.string().min(1).max(200);

/** A reason in the author's words, and the commit that states it. */
export const statedReason = z.strictObject({
  text: words,
  source: z
    .enum(['subject', 'body', 'comment'])
    .describe('comment: the comment beside an entry that was commented out'),
  commit: commitHash,
});

export const toolEvent = z.strictObject({
  type: z.enum(['added', 'moved', 'renamed', 'changed', 'commented-out', 'removed']),
  commit: commitHash,
  date: day,
  from: z.array(z.string()).optional().describe('moved: the old places, as `file#list`'),
  to: z.array(z.string()).optional().describe('added, moved, changed: the new places'),
  formerly: toolName.optional().describe('renamed: the previous name'),
  reason: statedReason.optional(),
});

const toolPlace = z.strictObject({
  file: sourceFile,
  line: z.int().positive(),
  list: z.string().describe('the option that contains the list; for an option, its name'),
  comment: words.nullable().describe('the comment that belongs to this line'),
  section: words.nullable().describe('the heading comment of its group of entries'),
});

/** One package, enabled option or library of an environment, over the whole history. */
export const trackedTool = z.strictObject({
  name: toolName.describe(
    'as written, without `pkgs.`: `ripgrep`, `kdePackages.okular`, `inputs.devenv`, `programs.git` for an option',
  ),
  kind: z.enum(['package', 'option', 'library']),
  of: z.string().nullable().describe('library: the package whose environment contains it'),
  set: z.string().nullable().describe('its package set, where that is not `pkgs`'),
  present: z.boolean(),
  places: z.array(toolPlace).describe('where it is declared now; empty: it was removed'),
  since: z
    .strictObject({
      commit: commitHash,
      date: day,
      atLeast: z.boolean().describe('true: declared since the start of the available history, so it may be older'),
    })
    .describe('start of the current span, or of the last one if it was removed; a rename does not end a span'),
  first: z.strictObject({ commit: commitHash, date: day }).describe('first declaration'),
  gone: z.strictObject({ commit: commitHash, date: day }).nullable().describe('removal: the end of the last span'),
  formerNames: z.array(toolName),
  purpose: z
    .strictObject({ text: words, file: sourceFile, line: z.int().positive() })
    .nullable()
    .describe('the first comment among its places'),
  reason: statedReason.nullable().describe('reason for the start of the current span; null: none stated'),
  goneReason: statedReason.nullable(),
  events: z.array(toolEvent).describe('oldest first'),
});

export const migration = z.strictObject({
  commit: commitHash,
  date: day,
  from: z.array(toolName).min(1),
  to: z.array(toolName).min(1),
  words: words.nullable().describe('the text that states the migration; null where reasons are omitted'),
});

/** Evidence from the git history of the configuration. Written by `snapshot git`. */
export const gitHistory = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('ages are relative to this day'),
  reasons: z.enum(['kept', 'left out']).describe('left out: this file contains no text from messages or comments'),
  repository: z.strictObject({
    branch: z.string().nullable().describe('null: detached HEAD'),
    head: commitHash,
    flakeRoot: z.string().describe('folder of the flake within the repository, with a trailing slash; empty: the root'),
    shallow: z.boolean().describe('a shallow clone: the start of the history is missing'),
    partial: z.boolean(),
  }),
  coverage: z.strictObject({
    commits: count,
    configurationCommits: count.describe('commits that change a .nix file, without merges'),
    first: day.nullable(),
    last: day.nullable(),
    blobs: count.describe('distinct versions of .nix files'),
    missingBlobs: count.describe('blobs that this clone lacks: their files count as unchanged'),
    unsound: count.describe('blobs with syntax errors: an entry missing from them does not count as removed'),
    unnamed: count.describe(
      'current entries without a recognisable package name, except packages of options (`cfg.package`)',
    ),
  }),
  commits: z.array(z.strictObject({ hash: commitHash, date: day })).describe('every commit that this file refers to'),
  tools: z.array(trackedTool),
  migrations: z.array(migration),
  milestones: z.array(z.strictObject({ name: z.string().max(100), commit: commitHash, date: day })).describe('tags'),
  activity: z.strictObject({
    windowDays: count.describe('length of the window of `changeDays`: 365 days, or the age of a younger history'),
    days: z
      .record(day, count)
      .describe('commits that changed a .nix file, without merges, by day; other days are absent'),
    changeDays: count.describe('days in the window on which a .nix file changed'),
    changesPerYear: count.describe('changeDays scaled to a year'),
    band: z
      .enum(['stable', 'steady', 'experimenting', 'too young'])
      .describe('by changes per year: up to 12 stable, up to 52 steady, else experimenting; too young: under 30 days'),
    daysSinceLastChange: count,
    reverts: count.describe('commits whose message says that they revert another'),
    fixChains: z.strictObject({
      count: count.describe(
        'chains of commits, each a fix within two hours of a file that the previous commit changed',
      ),
      commits: count,
      longest: count,
    }),
    lockUpdates: z.strictObject({
      count,
      medianDaysBetween: z.number().nonnegative().nullable(),
      last: day.nullable(),
    }),
    comeAndGo: z.array(z.strictObject({ name: toolName, times: z.int().min(2) })).describe('declared more than once'),
    life: z.strictObject({
      added: count.describe('spans of declaration ever started'),
      ended: count,
      medianDaysOfEnded: z.number().nonnegative().nullable(),
      goneWithin30Days: count,
    }),
  }),
});

export type GitHistory = z.infer<typeof gitHistory>;
export type TrackedTool = z.infer<typeof trackedTool>;
export type StatedReason = z.infer<typeof statedReason>;
