import type { Evidence } from '../../evidence/evidence.ts';
import { byText } from '../../order.ts';
import { toAdd } from './add.ts';
import { deadAliasesToResolve } from './dead-aliases.ts';
import { declaredTwice } from './declared-twice.ts';
import type { Finding, Known, Reason } from './finding.ts';
import { toFix } from './fix.ts';
import { type RecommendationKind, recommendationKinds } from './kinds.ts';
import { neededByNothing } from './needed-by-nothing.ts';
import { toPrefer } from './prefer.ts';
import { toRemove } from './remove.ts';
import { toReplace } from './replace.ts';
import { unusedInputs } from './unused-inputs.ts';

/** Three trials of three are enough; below it the recommendation is left out. */
const minConfidence = 0.4;

/** The kind of the recommendations of each rule. */
export const kindOf: Readonly<Record<Reason['rule'], RecommendationKind>> = {
  'service is off': 'fix',
  'not in the group': 'fix',
  insecure: 'replace',
  'option renamed': 'replace',
  'package renamed': 'replace',
  fetched: 'add',
  'installed by hand': 'add',
  'never typed': 'remove',
  'declared twice': 'resolve',
  'needed by nothing': 'resolve',
  'dead alias': 'resolve',
  'unused input': 'resolve',
  preferred: 'prefer',
};

/** What the rules found, and the latest day of a snapshot. */
export interface Findings {
  takenOn: string | null;
  findings: readonly Finding[];
}

/** The findings of every rule that are sure enough: by kind, then the surest and the largest first. */
export function analyzeRecommendations(known: Known): Findings {
  const findings = [
    toFix,
    toReplace,
    toAdd,
    toRemove,
    declaredTwice,
    neededByNothing,
    deadAliasesToResolve,
    unusedInputs,
    toPrefer,
  ]
    .flatMap((rule) => rule(known))
    .filter(({ confidence }) => confidence >= minConfidence)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        b.confidence - a.confidence ||
        (b.saves ?? 0) - (a.saves ?? 0) ||
        byText(a.reason.rule, b.reason.rule) ||
        byText(a.subject, b.subject),
    );
  return { takenOn: latestDay(known.evidence), findings: settled(findings) };
}

/** A package that goes is not declared once instead of twice, and what replaces a package is not added besides. */
function settled(findings: readonly Finding[]): Finding[] {
  const removed = new Set(findings.filter(({ reason }) => reason.rule === 'never typed').map(({ subject }) => subject));
  return findings.filter(({ reason, subject }) => reason.rule !== 'declared twice' || !removed.has(subject));
}

const rank = ({ reason }: Finding): number => recommendationKinds.indexOf(kindOf[reason.rule]);

function latestDay({ gitHistory, shellHistory, machine, projects, agentSessions }: Evidence): string | null {
  const days = [gitHistory, shellHistory, machine, projects, agentSessions].flatMap((one) => one?.takenOn ?? []);
  return days.sort(byText).at(-1) ?? null;
}
