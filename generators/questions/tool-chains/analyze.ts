import type { EvidenceWith } from '../../evidence/evidence.ts';
import { installedCommands } from '../../evidence/installed-commands.ts';
import type { ToolChainInsight, ToolChains } from './schema.ts';
import { replacementOf } from './substitutions.ts';
import { isWorkflow, withoutParts } from './workflows.ts';

const pipelinesLimit = 100;
const minPipelineUses = 2;
const minHabitUses = 5;

/** Which commands are used together, and what one command would do. */
export function analyzeToolChains(evidence: EvidenceWith<'shellHistory'>): ToolChains {
  const history = evidence.shellHistory;
  const { byCommand } = installedCommands(evidence);
  const workflows = history.sequences;
  const substitutions = history.habits.flatMap(({ habit, uses }) => {
    const replacement = replacementOf(habit, (command) => byCommand.has(command));
    return replacement === undefined ? [] : [{ habit, uses, ...replacement }];
  });
  return {
    schemaVersion: 1,
    takenOn: history.takenOn,
    counts: history.sources.some(({ counts }) => counts === 'distinct lines') ? 'at least' : 'every use',
    pipelines: history.pipelines.filter(({ uses }) => uses >= minPipelineUses).slice(0, pipelinesLimit),
    workflows,
    substitutions,
    insights: [
      ...withoutParts(
        workflows
          .map((workflow, index) => ({ ...workflow, evidence: [`/workflows/${index}`] }))
          .filter((workflow) => isWorkflow(workflow, history)),
      ).map((workflow): ToolChainInsight => ({ kind: 'workflow', ...workflow })),
      ...substitutions.flatMap(({ differences, ...substitution }, index): ToolChainInsight[] =>
        substitution.uses >= minHabitUses
          ? [{ kind: 'substitution', ...substitution, evidence: [`/substitutions/${index}`] }]
          : [],
      ),
    ],
  };
}
