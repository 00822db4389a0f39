import { type Contribution, type Inline, sharedTitles, type ToolNote } from '../../content.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../../evidence/installed-commands.ts';
import { code, inline, joined } from '../../inline.ts';
import type { ToolChainInsight, ToolChains } from './schema.ts';

const shownWorkflows = 5;
const shownSubstitutions = 4;
/** A pipeline that was typed less often is no habit. */
const minPipelineUses = 5;

/** The most used workflows, what one command would do, and beside each tool the pipelines that it is in. */
export function presentToolChains(
  { insights, pipelines }: ToolChains,
  evidence: EvidenceWith<'shellHistory'>,
): Contribution {
  const items = [
    ...insights.filter(({ kind }) => kind === 'workflow').slice(0, shownWorkflows),
    ...insights.filter(({ kind }) => kind === 'substitution').slice(0, shownSubstitutions),
  ].map((insight) => ({ content: sentence(insight), evidence: insight.evidence }));
  return {
    tools: pipelineNotes(pipelines, installedCommands(evidence)),
    sections: [{ id: 'tool-chains', title: sharedTitles.habits, place: 34, weight: 50, items }],
  };
}

/** For each tool its longest frequent pipeline, else the command into which it is piped most often. */
function pipelineNotes(pipelines: ToolChains['pipelines'], { byCommand }: InstalledCommands): Map<string, ToolNote[]> {
  const notes = new Map<string, ToolNote>();
  const frequent = pipelines
    .map(({ stages, uses, days }, index) => ({ stages, uses, days, index }))
    .filter(({ uses, days }) => uses >= minPipelineUses && days > 1);
  for (const { stages, index } of [...frequent].sort((a, b) => b.stages.length - a.stages.length || b.uses - a.uses)) {
    const commands = stages.map((stage) => stage?.split(' ')[0] ?? null);
    for (const [position, command] of commands.entries()) {
      const id = command === null ? undefined : byCommand.get(command)?.[0];
      const next = commands[position + 1] ?? null;
      if (id === undefined || notes.has(id)) continue;
      const text =
        stages.length > 2 && !commands.includes(null)
          ? `Tool chain ${stages.join(' → ')}`
          : next === null
            ? null
            : `Often piped to ${next}`;
      if (text !== null) notes.set(id, { kind: 'workflow', text, pointer: `/pipelines/${index}` });
    }
  }
  return new Map([...notes].map(([id, note]) => [id, [note]]));
}

function sentence(insight: ToolChainInsight): Inline[] {
  if (insight.kind === 'workflow') return inline`You often run ${joined(insight.steps.map(code), ' then ')}.`;
  const { habit, instead, advice, needs } = insight;
  if (advice === 'use') {
    return inline`Instead of ${code(lowerCase(habit))}, use ${code(lowerCase(instead))} directly.`;
  }
  const installed = needs.length > 1 ? 'both are installed' : 'it is installed';
  return inline`You use ${code(withoutPatterns(habit))} often. Consider ${code(lowerCase(instead))}: ${installed}.`;
}

/** `cat FILE` -> `cat file` */
function lowerCase(example: string): string {
  return example.replace(/\b[A-Z]{2,}\b/g, (placeholder) => placeholder.toLowerCase());
}

/** `find -name PATTERN` -> `find -name` */
function withoutPatterns(example: string): string {
  return example.replace(/ [A-Z]{2,}\b/g, '');
}
