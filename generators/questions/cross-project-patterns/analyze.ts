import { type ProjectToolName, projectTools } from '../../data/project-tools.ts';
import { type ProjectType, projectTypeNames } from '../../data/project-types.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import type { Project } from '../../evidence/projects.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import { byText } from '../../order.ts';
import { packageEvolution } from '../package-evolution/schema.ts';
import { lacksOf, minShare, minSiblings } from './lacks.ts';
import type { CrossProjectInsight, CrossProjectPatterns, TypeRow } from './schema.ts';

const toolsOfInsight = 6;

/** Which tools the projects of each type use, and what a project lacks that its siblings have. */
export function analyzeCrossProjectPatterns(
  { projects: snapshot }: EvidenceWith<'projects'>,
  earlier?: EarlierOutputs,
): CrossProjectPatterns {
  const { takenOn, projects } = snapshot;
  const added = earlier?.get(packageEvolution)?.packages ?? [];
  const types = projectTypeNames
    .flatMap((type): TypeRow[] => {
      const siblings = projects.filter((project) => project.types.includes(type));
      if (siblings.length === 0) return [];
      const began = siblings.flatMap(({ firstMonth }) => firstMonth ?? []).sort(byText)[0] ?? null;
      const addedThen = began === null ? [] : added.filter(({ since }) => isInMonth(since, began)).map(({ id }) => id);
      return [{ ...typeRow(type, siblings), began, addedThen: [...addedThen].sort(byText) }];
    })
    .sort((a, b) => b.projects - a.projects || byText(a.type, b.type));
  return {
    schemaVersion: 1,
    takenOn,
    minSiblings,
    minShare,
    types,
    projects: projects.map(({ name, types: own, tools }, index) => ({
      ...(name === undefined ? {} : { name }),
      types: own,
      lacks: own.flatMap((type) => {
        const others = projects.filter((other, at) => at !== index && other.types.includes(type));
        return lacksOf(tools, typeRow(type, others));
      }),
    })),
    insights: types.flatMap(insightsOf),
  };
}

function typeRow(type: ProjectType, siblings: readonly Project[]): Omit<TypeRow, 'began' | 'addedThen'> {
  const counts = new Map<ProjectToolName, number>();
  for (const tool of siblings.flatMap(({ tools }) => tools.filter((name) => isFor(name, type)))) {
    counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  const listed = siblings.flatMap(({ dependencies }) => dependencies.filter((row) => row.type === type));
  const having = (file: 'AGENTS.md' | 'CLAUDE.md'): number =>
    siblings.filter(({ contextFiles }) => contextFiles.includes(file)).length;
  return {
    type,
    projects: siblings.length,
    tools: [...counts]
      .map(([tool, projects]) => ({
        tool,
        kinds: [...projectTools[tool].kinds],
        projects,
        share: Number((projects / siblings.length).toFixed(2)),
      }))
      .sort((a, b) => b.projects - a.projects || byText(a.tool, b.tool)),
    dependencies:
      listed.length === 0
        ? null
        : {
            projects: listed.length,
            medianDirect: median(listed.map(({ direct }) => direct)),
            medianDev: median(listed.map(({ dev }) => dev)),
          },
    contextFiles: { 'AGENTS.md': having('AGENTS.md'), 'CLAUDE.md': having('CLAUDE.md') },
  };
}

/** The start of a span of which the history shows the beginning. */
function isInMonth({ date, atLeast }: { date: string; atLeast: boolean }, month: string): boolean {
  return !atLeast && date.startsWith(month);
}

/** The tools of the type itself and those for any type; in a project of two types not those of the other. */
function isFor(tool: ProjectToolName, type: ProjectType): boolean {
  const { types } = projectTools[tool];
  return types.length === 0 || types.includes(type) || types.includes('nix');
}

function insightsOf({ type, projects, tools, dependencies }: TypeRow, index: number): CrossProjectInsight[] {
  const used = tools.filter((row) => row.projects >= minShare * projects).slice(0, toolsOfInsight);
  if (projects < minSiblings || used.length === 0) return [];
  return [
    {
      kind: 'tools of a type',
      type,
      projects,
      tools: used.map((row) => ({ tool: row.tool, projects: row.projects })),
      medianDev: dependencies === null || dependencies.projects < minSiblings ? null : dependencies.medianDev,
      evidence: [`/types/${index}`],
    },
  ];
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
