import type { EvidenceWith } from '../../evidence/evidence.ts';
import type { Outcome } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import { failureInsights } from './insights.ts';
import type { FailurePatterns, FailureRow } from './schema.ts';

/** Which commands fail, how often, and why where the configuration shows it. */
export function analyzeFailurePatterns(evidence: EvidenceWith<'shellHistory'>): FailurePatterns {
  const { takenOn, outcomes } = evidence.shellHistory;
  const rows = outcomes.commands
    .filter(({ failures, permission }) => failures > 0 || permission > 0)
    .map(rowOf)
    .sort(
      (a, b) =>
        b.failures - a.failures || byText(a.command, b.command) || byText(a.subcommand ?? '', b.subcommand ?? ''),
    );
  return {
    schemaVersion: 1,
    takenOn,
    sources: outcomes.sources,
    from: outcomes.from,
    to: outcomes.to,
    lines: outcomes.lines,
    undecided: outcomes.undecided,
    notFoundUnknown: outcomes.notFoundUnknown,
    commands: rows,
    insights: failureInsights(rows, evidence),
  };
}

function rowOf(outcome: Outcome): FailureRow {
  const { attempts, failures, recentAttempts, recentFailures } = outcome;
  return {
    command: outcome.command,
    subcommand: outcome.subcommand,
    attempts,
    failures,
    rate: Number((failures / attempts).toFixed(3)),
    notFound: outcome.notFound,
    permission: outcome.permission,
    interrupted: outcome.interrupted,
    piped: outcome.piped,
    recent: { attempts: recentAttempts, failures: recentFailures },
    earlier: { attempts: attempts - recentAttempts, failures: failures - recentFailures },
    lastFailure: outcome.lastFailure,
  };
}
