import type { ProjectType } from '../../data/project-types.ts';
import type { ProjectFacts } from '../../evidence/projects.ts';
import { lacksOf, minSiblings } from '../../questions/cross-project-patterns/lacks.ts';
import type { CrossProjectPatterns, Lack } from '../../questions/cross-project-patterns/schema.ts';

/** Dependencies for development against the median of the user's projects of that type. */
export interface DevDependencies {
  type: ProjectType;
  own: number;
  median: number;
  /** Projects that the median is of. */
  projects: number;
}

export interface ProjectComparison extends ProjectFacts {
  /** Types of which there are too few projects to compare with, with their number. */
  tooFew: { type: ProjectType; projects: number }[];
  lacks: Lack[];
  /** Of the types for which this project has less than half of the median. */
  devDependencies: DevDependencies[];
}

/** A project as it is now, compared with the user's projects of the same types. */
export function compareProject(facts: ProjectFacts, { types }: CrossProjectPatterns): ProjectComparison {
  const rows = facts.types.map((type) => types.find((row) => row.type === type) ?? { type, projects: 0 });
  const enough = rows.flatMap((row) => ('tools' in row && row.projects >= minSiblings ? [row] : []));
  return {
    ...facts,
    tooFew: rows.filter(({ projects }) => projects < minSiblings).map(({ type, projects }) => ({ type, projects })),
    lacks: enough.flatMap((row) => lacksOf(facts.tools, row)),
    devDependencies: enough.flatMap(({ type, dependencies }): DevDependencies[] => {
      const own = facts.dependencies.find((row) => row.type === type)?.dev;
      if (own === undefined || dependencies === null || dependencies.projects < minSiblings) return [];
      const { medianDev, projects } = dependencies;
      return own < medianDev / 2 ? [{ type, own, median: medianDev, projects }] : [];
    }),
  };
}
