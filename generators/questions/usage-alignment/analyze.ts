import type { EvidenceWith } from '../../evidence/evidence.ts';
import { installedCommands } from '../../evidence/installed-commands.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import { packageEvolution } from '../package-evolution/schema.ts';
import { commandsNotDeclared, notDeclaredInsights } from './not-declared.ts';
import { comparableSource, preferences } from './preferences.ts';
import type { UsageAlignment, UsageInsight } from './schema.ts';
import { toolUses } from './tool-uses.ts';
import { unusedTools } from './unused.ts';
import { historyWindow } from './window.ts';

/**
 * Compares the installed tools with their uses in the shell history. A tool that `package_evolution` shows as installed
 * later than the start of the history is judged from its installation on.
 *
 * @param earlier outputs of the earlier questions
 * @param recommended commands that a policy tells agents to use: they are not unused
 */
export function analyzeUsageAlignment(
  evidence: EvidenceWith<'shellHistory'>,
  { earlier, recommended = [] }: { earlier?: EarlierOutputs | undefined; recommended?: readonly string[] } = {},
): UsageAlignment {
  const { evaluated, shellHistory: history, agentSessions, projects, policies } = evidence;
  const installed = installedCommands(evidence);
  const window = historyWindow(history, evaluated.user.shell);
  const countedBy = comparableSource(history);
  const tools = toolUses(evidence, history, installed, countedBy);
  const unused = unusedTools(evidence, tools, installed, window, {
    evolution: earlier?.get(packageEvolution),
    usedByOthers: new Set([
      ...history.usedByAgents,
      ...(agentSessions?.programs ?? []).map(({ name }) => name),
      ...recommended,
      ...(projects?.projects ?? []).flatMap(({ tools: ofProject }) => ofProject),
      // The user's own rules may tell agents to use it.
      ...(policies?.text?.match(/[\w.+-]+/g) ?? []),
    ]),
  });
  const notDeclared = commandsNotDeclared(evidence, history, installed);
  const preferred = preferences(history);
  return {
    schemaVersion: 1,
    takenOn: history.takenOn,
    window,
    countedBy,
    tools,
    unused,
    notDeclared,
    preferences: preferred,
    insights: [
      ...preferred.map(
        ({ roles, source, ...preference }, index): UsageInsight => ({
          kind: 'preference',
          ...preference,
          evidence: [`/preferences/${index}`],
        }),
      ),
      ...notDeclaredInsights(notDeclared),
      ...unused.map((tool, index): UsageInsight => ({ kind: 'unused', ...tool, evidence: [`/unused/${index}`] })),
    ],
  };
}
