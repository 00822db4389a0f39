import { type Contribution, type Inline, sharedTitles } from '../../content.ts';
import { projectTypes } from '../../data/project-types.ts';
import { code, inline, joined } from '../../inline.ts';
import type { CrossProjectInsight, CrossProjectPatterns } from './schema.ts';

const shownTypes = 3;

/** Which tools the user's projects of each type use: what to use in a new one. */
export function presentCrossProjectPatterns({ insights }: CrossProjectPatterns): Contribution {
  return {
    sections: [
      {
        id: 'projects',
        title: sharedTitles.habits,
        place: 36,
        weight: 50,
        items: insights
          .slice(0, shownTypes)
          .map((insight, index) => ({ content: sentence(insight, index), evidence: insight.evidence })),
      },
    ],
  };
}

function sentence({ type, projects, tools }: CrossProjectInsight, index: number): Inline[] {
  const used = joined(tools.map((row) => inline`${code(row.tool)} (${percent(row.projects, projects)})`));
  const look = index === 0 ? inline` What one lacks: ${code('nixos-intelligence project')}.` : [];
  return [...inline`In your ${projects} ${projectTypes[type]} projects, you use ${used}.`, ...look];
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)}%`;
}
