import * as z from 'zod';
import { day, packageId, sourceFile } from '../../evidence/common.ts';
import { commitHash, gitHistory, migration, statedReason, toolEvent } from '../../evidence/git-history.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();

const activity = gitHistory.shape.activity;

const span = z.strictObject({
  since: z
    .strictObject({ date: day, commit: commitHash, atLeast: z.boolean() })
    .describe('start of the current span; atLeast: the history that is available begins there, it may be older'),
  months: count.describe('whole months from there to the day of the snapshot'),
  first: z.strictObject({ date: day, commit: commitHash }).describe('the first time ever'),
  purpose: z
    .strictObject({ text: z.string(), file: sourceFile, line: z.int().positive() })
    .nullable()
    .describe('the comment on the line that declares it for this host'),
  section: z.string().nullable().describe('the comment over the group of entries that has it'),
  reason: statedReason.nullable().describe('null: no stated reason'),
  formerNames: z.array(z.string()),
  replaced: z
    .array(z.string())
    .describe('entries removed by the commit that added it, which the author says it replaces'),
  events: z.array(toolEvent).describe('oldest first'),
});

const removed = z.strictObject({
  name: z.string(),
  kind: z.enum(['package', 'option', 'library']),
  from: day,
  to: day,
  days: count,
  commit: commitHash,
  commentedOut: z.boolean(),
  reason: statedReason.nullable(),
  replacedBy: z.array(z.string()),
});

export const evolutionInsight = z.discriminatedUnion('kind', [
  activity
    .pick({ band: true, changesPerYear: true, windowDays: true })
    .extend({ kind: z.literal('stability'), evidence }),
  migration.extend({ kind: z.literal('replacement'), evidence }),
  removed
    .pick({ name: true, to: true, commit: true, commentedOut: true })
    .extend({ kind: z.literal('removal'), reason: statedReason, evidence }),
  span.pick({ since: true, months: true, reason: true }).extend({
    kind: z.literal('installation'),
    package: packageId,
    name: z.string(),
    purpose: z.string().nullable(),
    evidence,
  }),
]);

/** When and why each package and enabled option of this machine was added, what it replaced, what was removed. */
export const packageEvolution = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('day of the snapshot: ages are counted to it'),
  repository: gitHistory.shape.repository,
  coverage: gitHistory.shape.coverage,
  packages: z.array(
    span.extend({
      id: packageId,
      name: z.string().describe('as evaluated'),
      declaredAs: z.string().describe('as written in the configuration; for a package of an option: `programs.git`'),
      matchedBy: z
        .enum(['option', 'name', 'command', 'similar name'])
        .describe('how the evaluated package was found in the source text'),
    }),
  ),
  options: z.array(span.extend({ option: z.string() })),
  removed: z.array(removed).describe('latest first; of the whole repository, other hosts included'),
  migrations: z.array(migration),
  milestones: gitHistory.shape.milestones,
  activity,
  noHistory: z.array(packageId).describe('packages that a file of the user declares and that have no entry'),
  elsewhere: count.describe('entries of the repository that this host does not have'),
  insights: z
    .array(evolutionInsight)
    .describe('installations: only those with a stated purpose or reason; the latest 40 of each kind'),
});

export type PackageEvolution = z.infer<typeof packageEvolution>;
export type EvolutionInsight = z.infer<typeof evolutionInsight>;
