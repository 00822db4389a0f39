import { type ProjectToolName, projectTools, type ToolKind } from '../../data/project-tools.ts';
import type { ProjectType } from '../../data/project-types.ts';
import type { Lack } from './schema.ts';

/** Fewer projects of a type show no habit. */
export const minSiblings = 3;
/** A project lacks a tool that at least this share of its siblings use. */
export const minShare = 0.6;

/** Kinds of tools that a project may lack; what makes its environment is its own affair. */
const comparable: ReadonlySet<ToolKind> = new Set([
  'formatter',
  'linter',
  'type checker',
  'test runner',
  'package manager',
  'task runner',
  'git hooks',
]);

interface Siblings {
  type: ProjectType;
  projects: number;
  tools: readonly { tool: ProjectToolName; projects: number }[];
}

/** The tools that enough of a project's siblings use and that the project does not have. */
export function lacksOf(tools: readonly ProjectToolName[], { type, projects, tools: rows }: Siblings): Lack[] {
  if (projects < minSiblings) return [];
  const own = new Set(tools);
  return rows
    .filter(
      (row) =>
        row.projects >= minShare * projects &&
        !own.has(row.tool) &&
        projectTools[row.tool].kinds.some((kind) => comparable.has(kind)),
    )
    .map(({ tool, projects: uses }) => ({
      type,
      tool,
      siblings: projects,
      uses,
      instead: tools.filter((other) => isSameKind(other, tool, type)),
    }));
}

function isSameKind(other: ProjectToolName, tool: ProjectToolName, type: ProjectType): boolean {
  const { kinds, types } = projectTools[other];
  return (types.length === 0 || types.includes(type)) && kinds.some((kind) => projectTools[tool].kinds.includes(kind));
}
