import type { Installer } from '../../data/installers.ts';
import { packageOfCommand, publicTools } from '../../data/public-tools.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../../evidence/installed-commands.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import { groupBy } from '../../group-by.ts';
import { byText } from '../../order.ts';
import { usageAlignment } from '../usage-alignment/schema.ts';
import type { DriftInsight, DriftReport } from './schema.ts';

/**
 * Where the running machine differed from the configuration, on the day of the snapshot.
 *
 * @param earlier outputs of the earlier questions: what `usage_alignment` finds is no finding here
 */
export function analyzeDrift(evidence: EvidenceWith<'machine'>, earlier?: EarlierOutputs): DriftReport {
  const { takenOn, programs, otherPrograms, packages, generations } = evidence.machine;
  const installed = installedCommands(evidence);
  const available = new Set(evidence.commands?.available);
  const manual = programs.map(({ name, source, hides }) => ({
    command: name,
    source,
    declaredBy: installed.byCommand.get(name)?.[0] ?? null,
    package: available.has(name) ? name : packageOfCommand(name),
    hides,
  }));
  const used = new Set(
    earlier?.get(usageAlignment)?.insights.flatMap((one) => (one.kind === 'not declared' ? [one.command] : [])),
  );
  return {
    schemaVersion: 1,
    takenOn,
    manual,
    other: otherPrograms,
    packages,
    ...runningSystem(evidence, installed),
    generations,
    insights: [
      ...notDeclared(manual, used),
      ...outsidePackages(packages, (installer) => installer !== 'nix profile'),
      ...outsidePackages(packages, (installer) => installer === 'nix profile'),
      ...hidden(manual),
      ...rolledBack(generations),
    ],
  };
}

type Manual = DriftReport['manual'];

/** One insight for each source. */
function notDeclared(manual: Manual, used: ReadonlySet<string>): DriftInsight[] {
  const rows = manual
    .map((row, index) => ({ ...row, index }))
    .filter(({ command, declaredBy }) => declaredBy === null && !used.has(command));
  return [...groupBy(rows, ({ source }) => source)].map(([source, group]) => ({
    kind: 'not declared',
    source,
    commands: group.map(({ command }) => command),
    evidence: group.map(({ index }) => `/manual/${index}`),
  }));
}

function outsidePackages(
  packages: DriftReport['packages'],
  isWanted: (installer: Installer) => boolean,
): DriftInsight[] {
  const rows = packages.filter(({ installer }) => isWanted(installer));
  if (rows.length === 0) return [];
  return [
    { kind: 'packages outside', packages: rows, evidence: rows.map((row) => `/packages/${packages.indexOf(row)}`) },
  ];
}

function hidden(manual: Manual): DriftInsight[] {
  return manual.flatMap(({ command, source, declaredBy, hides }, index): DriftInsight[] =>
    hides && declaredBy !== null
      ? [{ kind: 'hidden', command, source, package: declaredBy, evidence: [`/manual/${index}`] }]
      : [],
  );
}

function rolledBack({ current, newest }: DriftReport['generations']): DriftInsight[] {
  if (current === null || newest === null || current >= newest) return [];
  return [{ kind: 'rolled back', current, newest, evidence: ['/generations'] }];
}

function runningSystem(
  { evaluated, machine }: EvidenceWith<'machine'>,
  { byCommand }: InstalledCommands,
): Pick<DriftReport, 'versions' | 'notRunning'> {
  if (machine.running === null) return { versions: [], notRunning: [] };
  const running = new Map(machine.running.map(({ command, version }) => [command, version]));
  const declared = new Map(evaluated.packages.map(({ id, version, base }) => [id, { version, base }]));
  const versions = new Map<string, DriftReport['versions'][number]>();
  const notRunning = new Map<string, DriftReport['notRunning'][number]>();
  for (const [command, ids] of [...byCommand].sort(([a], [b]) => byText(a, b))) {
    const [id, ...more] = ids;
    const entry = id === undefined ? undefined : declared.get(id);
    // Of a command that two packages have, the file does not show which version is meant.
    if (id === undefined || entry === undefined || entry.base || more.length > 0 || !publicTools.has(command)) continue;
    const version = running.get(command);
    if (version === undefined) notRunning.set(id, notRunning.get(id) ?? { package: id, command });
    else if (version !== null && entry.version !== null && version !== entry.version && !versions.has(id)) {
      versions.set(id, { package: id, command, running: version, declared: entry.version });
    }
  }
  return { versions: [...versions.values()], notRunning: [...notRunning.values()] };
}
