import { givesResult } from '../../data/result-commands.ts';
import { type ServiceNeed, serviceNeeds } from '../../data/services.ts';
import type { Evaluated } from '../../evidence/evaluated.ts';
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
 * were not found or lacked permission. A command whose status is a result (a red test, a lint finding) counts only
 * where the configuration shows why it fails.
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

  const broken = mostFailuresFirst(outcomes.filter(isBroken)).flatMap(
    ({ command, subcommand, attempts, failures, notFound }): FailureInsight[] => {
      const cause = causeOf(command, evidence, installed);
      if (givesResult(command) && cause.missingService === null && cause.missingGroup === null) return [];
      return [
        {
          kind: 'nearly always fails',
          ...subject(command, (row) => row.subcommand === subcommand),
          subcommand,
          attempts,
          failures: failures - notFound,
          ...cause,
        },
      ];
    },
  );
  const brokenCommands = new Set(broken.map(({ command }) => command));
  const commands = mostFailuresFirst(totalsByCommand(outcomes));
  return [
    ...broken,
    ...commands
      .filter((total) => !brokenCommands.has(total.command) && !givesResult(total.command) && oftenFails(total))
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

interface Cause {
  missingService: { name: string; options: string[] } | null;
  missingGroup: string | null;
}

const unknownCause: Cause = { missingService: null, missingGroup: null };

/**
 * Why a command that needs a service fails: the configuration does not enable it, or the user is not in the group
 * whose members may use it. Only a NixOS configuration shows that: one of home-manager alone does not know the
 * services of the system.
 */
function causeOf(
  command: string,
  { evaluated }: EvidenceWith<'shellHistory'>,
  { byCommand }: InstalledCommands,
): Cause {
  const need = serviceNeeds.find(({ commands }) => commands.includes(command));
  if (need === undefined || evaluated.platform !== 'nixos') return unknownCause;
  const isUnknown = evaluated.skipped.some(({ what }) => need.options.some((needed) => what.startsWith(needed)));
  const isProvided = need.otherwise.some((name) => byCommand.has(name));
  const { groups } = evaluated.user;
  if (isUnknown || isProvided || groups.includes(need.group ?? command)) return unknownCause;
  const enabled = enabledOptions(need, evaluated);
  if (enabled.length === 0) {
    return { missingService: { name: need.name, options: [...need.options] }, missingGroup: null };
  }
  // Another option for the same need runs a daemon of the user: `virtualisation.docker.rootless`.
  const isForGroup = need.group !== undefined && enabled.every((option) => option === need.options[0]);
  return { missingService: null, missingGroup: isForGroup ? (need.group ?? null) : null };
}

function enabledOptions({ options }: ServiceNeed, { options: enabled }: Evaluated): string[] {
  return enabled.flatMap(({ option }) =>
    options.some((needed) => option === needed || option.startsWith(`${needed}.`)) ? [option] : [],
  );
}
