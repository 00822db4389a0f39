import { z } from 'zod';
import { day, packageId, sourceFile } from '../../evidence/common.ts';
import { commitHash, gitHistory, migration, statedReason, toolEvent } from '../../evidence/git-history.ts';

const count = z.int().nonnegative();

const span = z.strictObject({
  since: z
    .strictObject({ date: day, commit: commitHash, atLeast: z.boolean() })
    .describe('start of the current span; atLeast: the history that is here begins there, it may be older'),
  months: count.describe('whole months from there to the day of the snapshot'),
  first: z.strictObject({ date: day, commit: commitHash }).describe('the first time ever'),
  purpose: z.strictObject({ text: z.string(), file: sourceFile, line: z.int().positive() }).nullable(),
  section: z.string().nullable().describe('the comment over the group of entries that it stands in'),
  reason: statedReason.nullable().describe('null: no stated reason'),
  formerNames: z.array(z.string()),
  replaced: z.array(z.string()).describe('what went in the commit that added it, and that the author says it replaces'),
  events: z.array(toolEvent).describe('oldest first'),
});

/** When and why each package and enabled option of this machine came, what it replaced, what went. */
export const packageEvolution = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day.describe('day of the snapshot: ages are counted to it'),
  repository: gitHistory.shape.repository,
  coverage: gitHistory.shape.coverage,
  packages: z.array(
    span.extend({
      id: packageId,
      name: z.string().describe('as evaluated'),
      declaredAs: z.string().describe('as written in the configuration; an option that brings it: `programs.git`'),
      matchedBy: z.enum(['option', 'name', 'command', 'similar name']).describe('how the two were found to be one'),
    }),
  ),
  options: z.array(span.extend({ option: z.string() })),
  gone: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['package', 'option', 'library']),
        from: day,
        to: day,
        days: count,
        commit: commitHash,
        commentedOut: z.boolean(),
        reason: statedReason.nullable(),
        replacedBy: z.array(z.string()),
      }),
    )
    .describe('latest first; of the whole repository, other hosts included'),
  migrations: z.array(migration),
  milestones: gitHistory.shape.milestones,
  activity: gitHistory.shape.activity,
  noHistory: z.array(packageId).describe('packages that a file of the user declares and no entry was found for'),
  elsewhere: count.describe('entries of the repository that this host does not have'),
  insights: z.array(
    z.strictObject({
      kind: z.enum(['age and purpose', 'replacement', 'stability', 'come and go', 'usual life']),
      text: z.string(),
      commit: commitHash.nullable().describe('the evidence, where it is one commit'),
    }),
  ),
});

export type PackageEvolution = z.infer<typeof packageEvolution>;
