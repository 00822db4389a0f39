import { daysBetween } from '../../days.ts';
import type { Evaluated } from '../../evidence/evaluated.ts';
import { byText } from '../../order.ts';
import { failurePatterns } from '../failure-patterns/schema.ts';
import { changeCommand, nixList } from './change-command.ts';
import { type Finding, type Known, minDaysOfHistory, type Reason } from './finding.ts';
import { wilsonLowerBound } from './wilson.ts';

/** The user may have given up what failed earlier. */
const maxDaysSinceFailure = 90;

/** Commands that nearly always fail because the service that they need is off, or the user is not in its group. */
export function toFix({ evidence, earlier }: Known): Finding[] {
  const failures = earlier.get(failurePatterns);
  if (failures?.from == null || daysBetween(failures.from, failures.takenOn) < minDaysOfHistory) return [];
  const found = failures.insights.flatMap((insight, index): Finding[] => {
    if (insight.kind !== 'nearly always fails') return [];
    const { command, attempts, failures: failed, missingService, missingGroup, evidence: rows } = insight;
    const isRecent = rows.some((pointer) => {
      const lastFailure = failures.commands[Number(pointer.split('/').at(-1))]?.lastFailure;
      return lastFailure != null && daysBetween(lastFailure, failures.takenOn) <= maxDaysSinceFailure;
    });
    const figures = { command, attempts, failures: failed };
    const option = missingService?.options[0];
    const cause: Cause | undefined =
      missingService !== null && option !== undefined
        ? {
            reason: { rule: 'service is off', ...figures, service: missingService.name, option },
            subject: option,
            change: changeCommand('enable', option),
          }
        : missingGroup !== null
          ? {
              reason: { rule: 'not in the group', ...figures, group: missingGroup },
              subject: missingGroup,
              change: addToGroup(evidence.evaluated, missingGroup),
            }
          : undefined;
    if (cause === undefined || !isRecent) return [];
    return [
      {
        ...cause,
        evidence: [
          { file: 'failure_patterns.json', pointer: `/insights/${index}` },
          ...rows.map((pointer) => ({ file: 'failure_patterns.json', pointer })),
        ],
        confidence: wilsonLowerBound(failed, attempts),
        saves: null,
      },
    ];
  });
  // Several commands may fail for one cause: the one with the most attempts speaks for all.
  const attemptsOf = ({ reason }: Finding): number => ('attempts' in reason ? reason.attempts : 0);
  const bySubject = new Map<string, Finding>();
  for (const finding of found) {
    const other = bySubject.get(finding.subject);
    if (other === undefined || attemptsOf(other) < attemptsOf(finding)) bySubject.set(finding.subject, finding);
  }
  return [...bySubject.values()];
}

type Cause = Pick<Finding, 'subject' | 'change'> & {
  reason: Extract<Reason, { rule: 'service is off' | 'not in the group' }>;
};

function addToGroup({ user }: Evaluated, group: string): string {
  const groups = [...new Set([...user.groups, group])].sort(byText);
  return changeCommand('set', `users.users.${user.name}.extraGroups`, nixList(groups));
}
