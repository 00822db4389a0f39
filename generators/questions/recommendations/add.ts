import { isOfEverySystem } from '../../data/base-commands.ts';
import { packageOfCommand } from '../../data/public-tools.ts';
import { belongsToProjects } from '../../data/toolchains.ts';
import { daysBetween } from '../../days.ts';
import { driftReport } from '../drift-report/schema.ts';
import { type UsageAlignment, usageAlignment } from '../usage-alignment/schema.ts';
import { changeCommand, scopeToAddTo } from './change-command.ts';
import { type Finding, type Known, minDaysOfHistory, type Reason } from './finding.ts';
import { wilsonLowerBound } from './wilson.ts';

const minFetches = 5;
const minUses = 20;
const minDays = 3;
/** A tool that was last used earlier may be of no use any more. */
const maxDaysSinceUse = 90;

type Row = UsageAlignment['notDeclared'][number];

/** Tools that are used often and that the configuration does not have: fetched each time, or installed by hand. */
export function toAdd({ evidence, earlier }: Known): Finding[] {
  const alignment = earlier.get(usageAlignment);
  if (alignment === undefined || alignment.window.days < minDaysOfHistory) return [];
  const { takenOn, notDeclared } = alignment;
  const drift = earlier.get(driftReport)?.manual ?? [];
  return notDeclared.flatMap((row, index): Finding[] => {
    const { command, days, lastDay } = row;
    if (
      days < minDays ||
      isOfEverySystem(command) ||
      lastDay === null ||
      daysBetween(lastDay, takenOn) > maxDaysSinceUse
    )
      return [];
    const found = drift.findIndex((one) => one.command === command);
    const reason = reasonOf(row, drift[found], evidence.commands?.available);
    if (reason === undefined) return [];
    return [
      {
        reason,
        subject: reason.package,
        evidence: [
          { file: 'usage_alignment.json', pointer: `/notDeclared/${index}` },
          ...(found < 0 ? [] : [{ file: 'drift_report.json', pointer: `/manual/${found}` }]),
        ],
        confidence: wilsonLowerBound(days, days),
        saves: null,
        change: changeCommand('add', reason.package, scopeToAddTo(evidence.evaluated)),
      },
    ];
  });
}

/**
 * @param manual the program of this name on the machine
 * @param available programs of the machine for which nixpkgs has a package; undefined: not looked for
 */
function reasonOf(
  { command, uses, from, fetched }: Row,
  manual: { source: string; package: string | null } | undefined,
  available: readonly string[] | undefined,
): Extract<Reason, { rule: 'fetched' | 'installed by hand' }> | undefined {
  const fetches = fetched.nixRun + fetched.nixShell;
  if (fetches >= minFetches) {
    // The name with which it was fetched is that of a package.
    const by = fetched.nixRun >= fetched.nixShell ? 'nix run' : 'nix-shell';
    return { rule: 'fetched', command, package: packageOfCommand(command) ?? command, fetches, by };
  }
  if (uses < minUses || from === 'not on PATH' || belongsToProjects(command)) return undefined;
  if (manual !== undefined && versionManagers.has(manual.source)) return undefined;
  const known = manual?.package ?? packageOfCommand(command);
  if (known === null && available !== undefined) return undefined;
  return { rule: 'installed by hand', command, package: known ?? command, uses, from };
}

/** Programs from there have the version that a project asks for. */
const versionManagers: ReadonlySet<string> = new Set(['rustup', 'mise', 'asdf', 'store path']);
