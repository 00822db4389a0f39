import * as z from 'zod';
import { toolKinds } from '../../data/project-tools.ts';
import { day, month, packageId } from '../../evidence/common.ts';
import { projectTool, projectType } from '../../evidence/projects.ts';
import { evidence } from '../insight.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const toolRow = z.strictObject({
  tool: projectTool,
  kinds: z.array(z.enum(toolKinds)),
  projects: count.describe('projects of the type that use it'),
  share: share.describe('projects / all projects of the type, two decimals'),
});

const typeRow = z.strictObject({
  type: projectType,
  projects: count,
  tools: z.array(toolRow).describe('most used first'),
  dependencies: z
    .strictObject({ projects: count, medianDirect: z.number(), medianDev: z.number() })
    .nullable()
    .describe('of the projects whose manifests list their dependencies; null: none does'),
  contextFiles: z.strictObject({ 'AGENTS.md': count, 'CLAUDE.md': count }).describe('projects that have the file'),
  began: month.nullable().describe('first month of the user’s commits in a project of this type'),
  addedThen: z
    .array(packageId)
    .describe('packages that were added to the configuration in that month; empty without the git snapshot'),
});

const lack = z.strictObject({
  type: projectType,
  tool: projectTool,
  siblings: count.describe('the other projects of the type'),
  uses: count.describe('of those, use the tool'),
  instead: z.array(projectTool).describe('tools of the same kind that this project has'),
});

export const crossProjectInsight = z.strictObject({
  kind: z.literal('tools of a type'),
  type: projectType,
  projects: count,
  tools: z.array(z.strictObject({ tool: projectTool, projects: count })),
  medianDev: z.number().nullable(),
  evidence,
});

/** `cross_project_patterns.json`: which tools each type of project uses, and which one a project lacks. */
export const crossProjectPatterns = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  minSiblings: count.describe('fewer projects of a type are compared with none'),
  minShare: share.describe('a project lacks a tool that at least this share of its siblings use'),
  types: z.array(typeRow).describe('most projects first'),
  projects: z
    .array(
      z.strictObject({
        name: z.string().optional().describe('only if the snapshot has names'),
        types: z.array(projectType),
        lacks: z.array(lack),
      }),
    )
    .describe('in the order of the snapshot'),
  insights: z.array(crossProjectInsight),
});

export type CrossProjectPatterns = z.infer<typeof crossProjectPatterns>;
export type TypeRow = z.infer<typeof typeRow>;
export type Lack = z.infer<typeof lack>;
export type CrossProjectInsight = z.infer<typeof crossProjectInsight>;
