import { serviceNeeds } from '../../data/services.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../../evidence/installed-commands.ts';
import type { Outcome } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { FailureInsight, FailureRow } from './schema.ts';

const minFailures = 3;
const minAttempts = 5;
/** Failures per attempt. */
const frequentRate = 0.3;
const nearlyAlways = 0.8;

/**
 * Failures worth a sentence: commands with a subcommand that nearly always fail, then commands that often fail,
 * were not found or lacked permission.
 *
 * @param rows the rows of the output file, to which the insights point
 */
export function failureInsights(rows: readonly FailureRow[], evidence: EvidenceWith<'shellHistory'>): FailureInsight[] {
  const installed = installedCommands(evidence);
  const outcomes = evidence.shellHistory.outcomes.commands;
  const subject = (command: string, isOwnRow: (row: FailureRow) => boolean = () => true) => ({
    command,
    package: installed.byCommand.get(command)?.[0] ?? null,
    evidence: rows.flatMap((row, index) => (row.command === command && isOwnRow(row) ? [`/commands/${index}`] : [])),
  });

  const broken = mostFailuresFirst(outcomes.filter(isBroken)).map(
    ({ command, subcommand, attempts, failures, notFound }): FailureInsight => ({
      kind: 'nearly always fails',
      ...subject(command, (row) => row.subcommand === subcommand),
      subcommand,
      attempts,
      failures: failures - notFound,
      missingService: missingService(command, evidence, installed),
    }),
  );
  const brokenCommands = new Set(broken.map(({ command }) => command));
  const commands = mostFailuresFirst(totalsByCommand(outcomes));
  return [
    ...broken,
    ...commands
      .filter((total) => !brokenCommands.has(total.command) && oftenFails(total))
      .map(
        ({ command, attempts, failures, notFound }): FailureInsight => ({
          kind: 'often fails',
          ...subject(command),
          attempts,
          failures: failures - notFound,
        }),
      ),
    ...commands.flatMap(({ command, attempts, notFound, permission }): FailureInsight[] => [
      ...(notFound < minFailures ? [] : [{ kind: 'not found' as const, ...subject(command), attempts, notFound }]),
      ...(permission < minFailures
        ? []
        : [{ kind: 'no permission' as const, ...subject(command), attempts, permission }]),
    ]),
  ];
}

function isBroken(outcome: Outcome): boolean {
  const failures = outcome.failures - outcome.notFound;
  return failures >= minFailures && failures / outcome.attempts >= nearlyAlways && !worksAgain(outcome);
}

function oftenFails(outcome: Outcome): boolean {
  const failures = outcome.failures - outcome.notFound;
  return (
    outcome.attempts >= minAttempts &&
    failures >= minFailures &&
    failures / outcome.attempts >= frequentRate &&
    !worksAgain(outcome)
  );
}

/** Failed earlier and rarely does in the last 30 days. */
function worksAgain({ recentAttempts, recentFailures, failures }: Outcome): boolean {
  return (
    recentAttempts >= minAttempts && failures > recentFailures && recentFailures / recentAttempts < frequentRate / 2
  );
}

function mostFailuresFirst(outcomes: readonly Outcome[]): Outcome[] {
  return [...outcomes].sort(
    (a, b) => b.failures - a.failures || byText(a.command, b.command) || byText(a.subcommand ?? '', b.subcommand ?? ''),
  );
}

const sums = [
  'attempts',
  'failures',
  'notFound',
  'permission',
  'interrupted',
  'piped',
  'recentAttempts',
  'recentFailures',
] as const;

/** The sum over all subcommands of each command. */
function totalsByCommand(outcomes: readonly Outcome[]): Outcome[] {
  const totals = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const total = totals.get(outcome.command);
    if (total === undefined) totals.set(outcome.command, { ...outcome, subcommand: null });
    else for (const key of sums) total[key] += outcome[key];
  }
  return [...totals.values()];
}

/**
 * The service that a command needs, where the configuration does not enable it. Only a NixOS configuration shows
 * that: one of home-manager alone does not know the services of the system.
 */
function missingService(
  command: string,
  { evaluated }: EvidenceWith<'shellHistory'>,
  { byCommand }: InstalledCommands,
): { name: string; options: string[] } | null {
  const need = serviceNeeds.find(({ commands }) => commands.includes(command));
  if (need === undefined || evaluated.platform !== 'nixos') return null;
  const isEnabled = evaluated.options.some(({ option }) =>
    need.options.some((needed) => option === needed || option.startsWith(`${needed}.`)),
  );
  const isUnknown = evaluated.skipped.some(({ what }) => need.options.some((needed) => what.startsWith(needed)));
  const isProvided = need.otherwise.some((name) => byCommand.has(name)) || evaluated.user.groups.includes(command);
  return isEnabled || isUnknown || isProvided ? null : { name: need.name, options: [...need.options] };
}
