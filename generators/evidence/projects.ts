import * as z from 'zod';
import { projectToolNames } from '../data/project-tools.ts';
import { projectTypeNames } from '../data/project-types.ts';
import { day, month } from './common.ts';

const count = z.int().nonnegative();

export const projectType = z.enum(projectTypeNames);
export const projectTool = z.enum(projectToolNames);

const dependencies = z.strictObject({
  type: projectType,
  direct: count.describe('packages that the project itself asks for, in all its manifests of this type'),
  dev: count.describe('packages for development only'),
});

/** What a project folder shows: types, publicly known tools, counts. Nothing else of the project is written. */
export const projectFacts = z.strictObject({
  types: z.array(projectType).describe('by manifest, in alphabetical order; empty: no manifest of a known type'),
  tools: z.array(projectTool).describe('in alphabetical order'),
  dependencies: z.array(dependencies).describe('of the types whose manifests list them'),
  contextFiles: z.array(z.enum(['AGENTS.md', 'CLAUDE.md'])).describe('at the top of the project'),
  unreadable: count.describe('manifests and other files that could not be parsed'),
});

/** The user's projects: types, tools and counts. Written by `snapshot projects`. */
export const projects = z.strictObject({
  schemaVersion: z.literal(1),
  takenOn: day,
  names: z.enum(['none', 'hashed', 'plain']).describe('how the projects are named here'),
  minShare: z
    .number()
    .min(0)
    .max(1)
    .describe('a repository counts if at least this share of its commits is the user’s'),
  coverage: z.strictObject({
    folders: count.describe('folders that the user named'),
    visited: count.describe('folders that were looked into for projects'),
    othersProjects: count.describe('repositories of which the user wrote too small a share'),
    unknownAuthor: count.describe('of the projects, repositories without a `user.email`: they count as the user’s'),
    unreadable: count.describe('projects that could not be read'),
    complete: z.boolean().describe('false: the time limit ended the search'),
  }),
  projects: z
    .array(
      projectFacts.extend({
        name: z.string().min(1).max(100).optional().describe('only if the user asked for it'),
        firstMonth: month.nullable().describe('of the user’s commits; null: no repository, or no commit'),
        lastMonth: month.nullable(),
      }),
    )
    .describe('in an order that depends only on their content'),
});

export type ProjectFacts = z.infer<typeof projectFacts>;
export type Projects = z.infer<typeof projects>;
export type Project = Projects['projects'][number];
