import { byText } from '../../order.ts';
import type { EvolutionInsight, PackageEvolution } from './schema.ts';

/** The latest insights of a kind: older ones are in the rows of the file. */
const maxOfKind = 40;

/** What is worth a sentence: how stable the configuration is, then the latest changes whose author says why. */
export function evolutionInsights(output: Omit<PackageEvolution, 'insights'>): EvolutionInsight[] {
  const { band, changesPerYear, windowDays } = output.activity;
  const replacements = output.migrations
    .map(
      (migration, index): EvolutionInsight => ({
        kind: 'replacement',
        ...migration,
        evidence: [`/migrations/${index}`],
      }),
    )
    .slice(-maxOfKind)
    .reverse();
  const replaced = new Set(output.migrations.flatMap(({ from }) => from));
  const removals = output.removed.flatMap(
    ({ name, kind, to, commit, commentedOut, reason }, index): EvolutionInsight[] =>
      reason === null || kind !== 'package' || replaced.has(name)
        ? []
        : [{ kind: 'removal', name, to, commit, commentedOut, reason, evidence: [`/removed/${index}`] }],
  );
  const installations = output.packages
    .map((tool, index) => ({ tool, index }))
    .filter(({ tool }) => tool.purpose !== null || tool.reason !== null)
    .sort((a, b) => byText(b.tool.since.date, a.tool.since.date) || byText(a.tool.name, b.tool.name))
    .map(
      ({ tool: { id, name, since, months, purpose, reason }, index }): EvolutionInsight => ({
        kind: 'installation',
        package: id,
        name,
        since,
        months,
        purpose: purpose?.text ?? null,
        reason,
        evidence: [`/packages/${index}`],
      }),
    );
  return [
    { kind: 'stability', band, changesPerYear, windowDays, evidence: ['/activity'] },
    ...replacements,
    ...removals.slice(0, maxOfKind),
    ...installations.slice(0, maxOfKind),
  ];
}
