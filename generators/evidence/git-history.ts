import * as z from 'zod';
import { day, sourceFile } from './common.ts';

const count = z.int().nonnegative();

/** First twelve digits of a commit's hash. */
export const commitHash = z.string().regex(/^[0-9a-f]{12}$/);

/** A text of the configuration's own: cut, and without links, addresses, names of people and what looks like a secret. */
const words = z.string().min(1).max(160);

const toolName = z.string().min(1).max(200);

/** The author's own words about why, and the commit whose message has them. */
export const statedReason = z.strictObject({
  text: words,
  source: z
    .enum(['subject', 'body', 'comment'])
    .describe('comment: the entry was commented out, and this stands beside it'),
  commit: commitHash,
});

export const toolEvent = z.strictObject({
  type: z.enum(['added', 'moved', 'renamed', 'changed', 'commented-out', 'removed']),
  commit: commitHash,
  date: day,
  from: z.array(z.string()).optional().describe('moved: places left, as `file#list`'),
  to: z.array(z.string()).optional().describe('added, moved, changed: places'),
  formerly: toolName.optional().describe('renamed: the name before'),
  reason: statedReason.optional(),
});

const toolPlace = z.strictObject({
  file: sourceFile,
  line: z.int().positive(),
  list: z.string().describe('the option whose list holds it; for an option, its name'),
  comment: words.nullable().describe('the comment that belongs to this line'),
  section: words.nullable().describe('the comment over the group that it stands in'),
});

/** One package, enabled option or library of an environment, over the whole history. */
export const trackedTool = z.strictObject({
  name: toolName.describe(
    'as written, without `pkgs.`: `ripgrep`, `kdePackages.okular`, `inputs.devenv`, `programs.git` for an option',
  ),
  kind: z.enum(['package', 'option', 'library']),
  of: z.string().nullable().describe('library: the package whose environment has it'),
  set: z.string().nullable().describe('the package set it comes from where that is not `pkgs`'),
  present: z.boolean(),
  places: z.array(toolPlace).describe('where it stands now; empty: it went'),
  since: z
    .strictObject({
      commit: commitHash,
      date: day,
      atLeast: z.boolean().describe('true: it was there when the history that is here begins, so it may be older'),
    })
    .describe('start of the current (for what went: the last) span, through renames'),
  first: z.strictObject({ commit: commitHash, date: day }).describe('the first time ever'),
  gone: z.strictObject({ commit: commitHash, date: day }).nullable().describe('the end of the last span'),
  formerNames: z.array(toolName),
  purpose: z
    .strictObject({ text: words, file: sourceFile, line: z.int().positive() })
    .nullable()
    .describe('the first of the comments of its places'),
  reason: statedReason.nullable().describe('why the current span began; null: no stated reason'),
  goneReason: statedReason.nullable(),
  events: z.array(toolEvent).describe('oldest first'),
});

export const migration = z.strictObject({
  commit: commitHash,
  date: day,
  from: z.array(toolName).min(1),
  to: z.array(toolName).min(1),
  words: words.nullable().describe('what says so; null where reasons are left out'),
});

/** What the git history of the configuration tells. Written by `snapshot git`. */
export const gitHistory = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('ages are counted to this day'),
  reasons: z.enum(['kept', 'left out']).describe('left out: no word of a message or comment is in this file'),
  repository: z.strictObject({
    branch: z.string().nullable().describe('null: a detached head'),
    head: commitHash,
    flakeRoot: z.string().describe('folder of the flake in the repository, with a final slash; empty: the top'),
    shallow: z.boolean().describe('the beginning of the history is not here'),
    partial: z.boolean(),
  }),
  coverage: z.strictObject({
    commits: count,
    configurationCommits: count.describe('commits that change a .nix file, merges left out'),
    first: day.nullable(),
    last: day.nullable(),
    blobs: count.describe('distinct contents of .nix files'),
    missingBlobs: count.describe('of those, not in this clone: their files count as unchanged'),
    unsound: count.describe('of those, with syntax errors: what is not found in them is not taken as gone'),
    unnamed: count.describe(
      'entries at present whose name the text does not tell, packages of options (`cfg.package`) left out',
    ),
  }),
  commits: z.array(z.strictObject({ hash: commitHash, date: day })).describe('those that the rest refers to'),
  tools: z.array(trackedTool),
  migrations: z.array(migration),
  milestones: z.array(z.strictObject({ name: z.string().max(100), commit: commitHash, date: day })).describe('tags'),
  activity: z.strictObject({
    windowDays: count.describe(
      'days that `changeDays` counts over: the last 365, or fewer where the history is younger',
    ),
    changeDays: count.describe('of those, days on which a .nix file changed'),
    changesPerYear: count.describe('changeDays scaled to a year'),
    band: z
      .enum(['stable', 'steady', 'experimenting', 'too young'])
      .describe('changes a year: up to 12 stable, up to 52 steady, more experimenting; too young: under 30 days'),
    daysSinceLastChange: count,
    reverts: count.describe('commits that say they revert another'),
    fixChains: z.strictObject({
      count: count.describe('a change followed within two hours by a fix of one of its files, and so on'),
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
      added: count.describe('spans ever begun'),
      ended: count,
      medianDaysOfEnded: z.number().nonnegative().nullable(),
      goneWithin30Days: count,
    }),
  }),
});

export type GitHistory = z.infer<typeof gitHistory>;
export type TrackedTool = z.infer<typeof trackedTool>;
export type StatedReason = z.infer<typeof statedReason>;
