import { projectTypes } from '../../data/project-types.ts';
import type { ProjectComparison } from './compare-project.ts';

/** The comparison as lines for a terminal or an agent. */
export function projectText({ types, tools, lacks, devDependencies, tooFew, unreadable }: ProjectComparison): string {
  const lines = [
    `Type: ${types.map((type) => projectTypes[type]).join(', ')}.`,
    tools.length === 0 ? 'No known tool is used here.' : `Uses ${tools.join(', ')}.`,
    ...lacks.map(({ type, tool, siblings, uses, instead }) => {
      const share = Math.round((100 * uses) / siblings);
      const has = instead.length === 0 ? '' : `; it has ${instead.join(', ')}`;
      return `In your ${siblings} ${projectTypes[type]} projects, ${share}% use ${tool}. This one doesn't${has}.`;
    }),
    ...devDependencies.map(
      ({ type, own, median }) =>
        `Your ${projectTypes[type]} projects have a median of ${median} dev dependencies. This one has ${own}.`,
    ),
    ...tooFew.map(({ type, projects }) => {
      const count = projects === 0 ? 'no' : `only ${projects}`;
      return `The snapshot has ${count} ${projectTypes[type]} project${projects === 1 ? '' : 's'}: too few to compare with.`;
    }),
    ...(unreadable === 0 ? [] : [`${unreadable} files could not be parsed.`]),
  ];
  return `${lines.join('\n')}\n`;
}
