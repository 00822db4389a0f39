import { daysBetween, wholeMonths } from '../../days.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import type { GitHistory, TrackedTool } from '../../evidence/git-history.ts';
import { sameFile } from '../../evidence/name-likeness.ts';
import { byText } from '../../order.ts';
import { evolutionInsights } from './insights.ts';
import { matchDeclared } from './match-declared.ts';
import type { PackageEvolution } from './schema.ts';

type Span = Omit<PackageEvolution['options'][number], 'option'>;

/**
 * When and why each package and enabled option of this machine was added, what it replaced, what was removed.
 * Nothing is guessed: where no comment and no commit message states a reason, there is none.
 */
export function analyzePackageEvolution({
  evaluated,
  gitHistory: history,
}: EvidenceWith<'gitHistory'>): PackageEvolution {
  const matches = matchDeclared(evaluated.packages, history.tools);
  const packages = evaluated.packages.flatMap(({ id, name, declarations }) => {
    const match = matches.get(id);
    if (match === undefined) return [];
    const { tool, matchedBy } = match;
    const files = declarations.map(({ file }) => file);
    return [{ id, name, declaredAs: tool.name, matchedBy, ...spanOf(tool, history, files) }];
  });
  const presentOptions = new Map(
    history.tools.filter(({ kind, present }) => kind === 'option' && present).map((tool) => [tool.name, tool]),
  );
  const options = evaluated.options.flatMap(({ option, places }) => {
    const tool = presentOptions.get(option);
    if (tool === undefined) return [];
    const files = places.map(({ file }) => file);
    return [{ option, ...spanOf(tool, history, files) }];
  });
  const here = new Set([...[...matches.values()].map(({ tool }) => tool.name), ...options.map(({ option }) => option)]);
  const output: Omit<PackageEvolution, 'insights'> = {
    schemaVersion: 1,
    takenOn: history.takenOn,
    repository: history.repository,
    coverage: history.coverage,
    packages,
    options,
    removed: removedTools(history),
    migrations: history.migrations,
    milestones: history.milestones,
    activity: history.activity,
    noHistory: evaluated.packages
      .filter(({ id, base, declarations }) => !base && !matches.has(id) && declarations.some(({ by }) => by === null))
      .map(({ id }) => id),
    elsewhere: history.tools.filter(({ name, present, kind }) => present && kind !== 'library' && !here.has(name))
      .length,
  };
  return { ...output, insights: evolutionInsights(output) };
}

/** The current span of a tool; its purpose as stated in the files that declare it for this host. */
function spanOf(tool: TrackedTool, history: GitHistory, files: readonly string[]): Span {
  const { since, first, reason, formerNames, events } = tool;
  const ofThisHost = tool.places.filter(({ file }) => files.some((other) => sameFile(file, other)));
  const places = ofThisHost.length > 0 ? ofThisHost : tool.places;
  const [purpose = null] = places.flatMap(({ comment, file, line }) =>
    comment === null ? [] : [{ text: comment, file, line }],
  );
  return {
    since,
    months: wholeMonths(since.date, history.takenOn),
    first,
    purpose,
    section: places.find(({ section }) => section !== null)?.section ?? null,
    reason,
    formerNames,
    replaced: replacedBy(tool, history),
    events,
  };
}

/** What the author says that a tool replaced when its current span began, under the name that it had then. */
function replacedBy({ name, formerNames, since }: TrackedTool, { migrations }: GitHistory): string[] {
  const names = [name, ...formerNames];
  const began = migrations.filter(({ commit, to }) => commit === since.commit && to.some((one) => names.includes(one)));
  return [...new Set(began.flatMap(({ from }) => from))];
}

function removedTools({ tools, migrations }: GitHistory): PackageEvolution['removed'] {
  return tools
    .flatMap(({ name, kind, present, since, gone, goneReason, events }) => {
      if (present || gone === null) return [];
      const replacedBy = migrations
        .filter(({ commit, from }) => commit === gone.commit && from.includes(name))
        .flatMap(({ to }) => to);
      return [
        {
          name,
          kind,
          from: since.date,
          to: gone.date,
          days: Math.max(0, daysBetween(since.date, gone.date)),
          commit: gone.commit,
          commentedOut: events.at(-1)?.type === 'commented-out',
          reason: goneReason,
          replacedBy: [...new Set(replacedBy)],
        },
      ];
    })
    .sort((a, b) => byText(b.to, a.to) || byText(a.name, b.name));
}
