import { serviceNeeds } from '../../data/services.ts';
import type { Evidence, EvidenceWith } from '../../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../../evidence/installed-commands.ts';
import type { Outcome } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { FailurePatterns, FailureRow } from './schema.ts';

const minFailures = 3;
const frequentAttempts = 5;
const frequentRate = 0.3;
/** Nearly every attempt failed. */
const hopelessRate = 0.8;

/** What fails, how often, and the cause where the configuration shows one. */
export function analyzeFailurePatterns(evidence: EvidenceWith<'shellHistory'>): FailurePatterns {
  const history = evidence.shellHistory;
  const { outcomes } = history;
  const installed = installedCommands(evidence);
  const rows = outcomes.commands
    .filter(({ failures, permission }) => failures > 0 || permission > 0)
    .map(rowOf)
    .sort((a, b) => b.failures - a.failures || byText(nameOf(a), nameOf(b)));
  return {
    schemaVersion: 1,
    takenOn: history.takenOn,
    sources: outcomes.sources,
    missing:
      outcomes.sources.length > 0
        ? null
        : 'no exit statuses: fish, bash and zsh do not keep them; atuin does, and `programs.nixos-intelligence.capture.enable`',
    from: outcomes.from,
    to: outcomes.to,
    lines: outcomes.lines,
    undecided: outcomes.undecided,
    notFoundUnknown: outcomes.notFoundUnknown,
    commands: rows,
    insights: insightsOf(outcomes.commands, evidence, installed),
  };
}

function rowOf(outcome: Outcome): FailureRow {
  const { attempts, failures, recentAttempts, recentFailures, command, subcommand } = outcome;
  return {
    command,
    subcommand,
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

const nameOf = ({ command, subcommand }: Pick<Outcome, 'command' | 'subcommand'>): string =>
  subcommand === null ? command : `${command} ${subcommand}`;

function insightsOf(
  outcomes: readonly Outcome[],
  evidence: Evidence,
  installed: InstalledCommands,
): FailurePatterns['insights'] {
  const insights: FailurePatterns['insights'] = [];
  const hopeless = new Set<string>();
  const sorted = [...outcomes].sort((a, b) => b.failures - a.failures || byText(nameOf(a), nameOf(b)));
  for (const outcome of sorted) {
    const { command, attempts, failures, notFound } = outcome;
    const own = failures - notFound;
    if (own < minFailures || own / attempts < hopelessRate || isOver(outcome)) continue;
    const cause = causeOf(command, evidence, installed);
    hopeless.add(command);
    insights.push({
      kind: 'failing',
      text: [
        own === attempts
          ? `You've tried \`${nameOf(outcome)}\` ${attempts} times with failures.`
          : `You've tried \`${nameOf(outcome)}\` ${attempts} times, ${own} of them with failures.`,
        ...(cause === null ? [] : [cause.text]),
      ].join(' '),
      packages: installed.byCommand.get(command)?.slice(0, 1) ?? [],
      commands: [command],
      evidence: [figures(outcome), ...(cause === null ? [] : [cause.evidence])],
    });
  }
  for (const outcome of byCommand(sorted)) {
    const { command, attempts, failures, notFound } = outcome;
    const own = failures - notFound;
    if (hopeless.has(command) || attempts < frequentAttempts || own < minFailures) continue;
    if (own / attempts < frequentRate || isOver(outcome)) continue;
    insights.push({
      kind: 'failing',
      text: `\`${command}\` fails frequently (${own} of ${attempts} attempts).`,
      packages: installed.byCommand.get(command)?.slice(0, 1) ?? [],
      commands: [command],
      evidence: [figures(outcome)],
    });
  }
  for (const { command, notFound, permission, attempts } of byCommand(sorted)) {
    if (notFound >= minFailures) {
      const [declared] = installed.byCommand.get(command) ?? [];
      insights.push({
        kind: 'not-found',
        text: `\`${command}\` was not found ${notFound} times; ${
          declared === undefined ? 'no package of your configuration has it' : `the package ${declared} has it now`
        }.`,
        packages: declared === undefined ? [] : [declared],
        commands: [command],
        evidence: [`exit status 127 in ${notFound} of ${attempts} attempts`],
      });
    }
    if (permission >= minFailures) {
      insights.push({
        kind: 'permission',
        text: `\`${command}\` was refused or repeated with sudo ${permission} times.`,
        packages: installed.byCommand.get(command)?.slice(0, 1) ?? [],
        commands: [command],
        evidence: [`exit status 126, or the same line with sudo within 60 seconds of a failure: ${permission} times`],
      });
    }
  }
  return insights;
}

/** Failed earlier, works now: nothing to say. */
function isOver({ recentAttempts, recentFailures, failures }: Outcome): boolean {
  return (
    recentAttempts >= frequentAttempts &&
    failures > recentFailures &&
    recentFailures / recentAttempts < frequentRate / 2
  );
}

function figures({ attempts, failures, piped, recentAttempts, recentFailures }: Outcome): string {
  return [
    `${failures} failures in ${attempts} attempts`,
    ...(piped > 0 ? [`${piped} of them as last stage of a pipeline`] : []),
    `${recentFailures} of ${recentAttempts} in the last 30 days`,
  ].join(', ');
}

/** All subcommands of a command together. */
function byCommand(outcomes: readonly Outcome[]): Outcome[] {
  const found = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const before = found.get(outcome.command);
    if (before === undefined) {
      found.set(outcome.command, { ...outcome, subcommand: null });
      continue;
    }
    for (const key of [
      'attempts',
      'failures',
      'notFound',
      'permission',
      'interrupted',
      'piped',
      'recentAttempts',
      'recentFailures',
    ] as const) {
      before[key] += outcome[key];
    }
  }
  return [...found.values()];
}

/**
 * The service a command needs, where the configuration does not enable it. Only NixOS says so: a home
 * configuration knows nothing of services of the system.
 */
function causeOf(
  command: string,
  { evaluated }: Evidence,
  { byCommand: installed }: InstalledCommands,
): { text: string; evidence: string } | null {
  const need = serviceNeeds.find(({ commands }) => commands.includes(command));
  if (need === undefined || evaluated.platform !== 'nixos') return null;
  const enabled = new Set(evaluated.options.map(({ option }) => option));
  const possible = [...enabled].some((option) =>
    need.options.some((one) => option === one || option.startsWith(`${one}.`)),
  );
  const unknown = evaluated.skipped.some(({ what }) => need.options.some((one) => what.startsWith(one)));
  const otherwise = need.otherwise.some((one) => installed.has(one)) || evaluated.user.groups.includes(command);
  if (possible || unknown || otherwise) return null;
  return {
    text: `${need.name[0]?.toUpperCase()}${need.name.slice(1)} is not enabled in your configuration.`,
    evidence: `none of ${need.options.join(', ')} is enabled in the evaluated configuration`,
  };
}
