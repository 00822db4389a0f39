import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import type { GitHistory, TrackedTool } from '../../evidence/git-history.ts';
import { byText } from '../../order.ts';
import { matchDeclared, sameFile } from './match-declared.ts';
import type { PackageEvolution } from './schema.ts';

/** More sentences of a kind than these would not be read. */
const shownSentences = 40;

/**
 * When and why each package and enabled option of this machine came, what it replaced, what went. Needs the
 * snapshot `git-history`. Nothing is guessed: where no comment and no message says why, there is no reason.
 */
export function analyzePackageEvolution({
  evaluated,
  gitHistory: history,
}: EvidenceWith<'gitHistory'>): PackageEvolution {
  const matches = matchDeclared(evaluated.packages, history.tools);
  const replaced = replacements(history);
  const packages = evaluated.packages.flatMap((one) => {
    const match = matches.get(one.id);
    if (match === undefined) return [];
    const { tool, matchedBy } = match;
    return [
      {
        id: one.id,
        name: one.name,
        declaredAs: tool.name,
        matchedBy,
        ...spanOf(tool, history, replaced, filesOf(one)),
      },
    ];
  });
  const present = new Map(
    history.tools.filter(({ kind, present }) => kind === 'option' && present).map((tool) => [tool.name, tool]),
  );
  const options = evaluated.options.flatMap(({ option, files }) => {
    const tool = present.get(option);
    return tool === undefined ? [] : [{ option, ...spanOf(tool, history, replaced, files) }];
  });
  const used = new Set([...[...matches.values()].map(({ tool }) => tool.name), ...options.map(({ option }) => option)]);
  const output: Omit<PackageEvolution, 'insights'> = {
    schemaVersion: 1,
    takenOn: history.takenOn,
    repository: history.repository,
    coverage: history.coverage,
    packages,
    options,
    gone: gone(history),
    migrations: history.migrations,
    milestones: history.milestones,
    activity: history.activity,
    noHistory: evaluated.packages
      .filter(({ id, base, declarations }) => !base && !matches.has(id) && declarations.some(({ by }) => by === null))
      .map(({ id }) => id),
    elsewhere: history.tools.filter(({ name, present, kind }) => present && kind !== 'library' && !used.has(name))
      .length,
  };
  return { ...output, insights: insights(output) };
}

type Span = Omit<PackageEvolution['options'][number], 'option'>;

/** What is known of a tool; its purpose as said in the files that declare it for this host. */
function spanOf(
  tool: TrackedTool,
  history: GitHistory,
  replaced: ReadonlyMap<string, string[]>,
  files: readonly string[],
): Span {
  const { since, first, reason, formerNames, events } = tool;
  const here = tool.places.filter(({ file }) => files.some((other) => sameFile(file, other)));
  const places = here.length > 0 ? here : tool.places;
  const said = places.find(({ comment }) => comment !== null);
  return {
    since,
    months: wholeMonths(since.date, history.takenOn),
    first,
    purpose: said === undefined ? null : { text: said.comment as string, file: said.file, line: said.line },
    section: places.find(({ section }) => section !== null)?.section ?? null,
    reason,
    formerNames,
    replaced: replaced.get(tool.name) ?? [],
    events,
  };
}

function filesOf({ declarations }: EvaluatedPackage): string[] {
  return declarations.map(({ file }) => file);
}

function replacements(history: GitHistory): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { from, to } of history.migrations) {
    for (const name of to) found.set(name, [...new Set([...(found.get(name) ?? []), ...from])]);
  }
  return found;
}

function gone(history: GitHistory): PackageEvolution['gone'] {
  return history.tools
    .flatMap((tool) => {
      if (tool.present || tool.gone === null) return [];
      const replacedBy = history.migrations
        .filter(({ commit, from }) => commit === tool.gone?.commit && from.includes(tool.name))
        .flatMap(({ to }) => to);
      return [
        {
          name: tool.name,
          kind: tool.kind,
          from: tool.since.date,
          to: tool.gone.date,
          days: Math.max(0, days(tool.since.date, tool.gone.date)),
          commit: tool.gone.commit,
          commentedOut: tool.events.at(-1)?.type === 'commented-out',
          reason: tool.goneReason,
          replacedBy: [...new Set(replacedBy)],
        },
      ];
    })
    .sort((a, b) => byText(b.to, a.to) || byText(a.name, b.name));
}

/** The vision's sentences, with exact counts. */
function insights(output: Omit<PackageEvolution, 'insights'>): PackageEvolution['insights'] {
  const found: PackageEvolution['insights'] = [stability(output.activity)];
  const told = [...output.packages].sort((a, b) => byText(b.since.date, a.since.date) || byText(a.name, b.name));
  for (const one of told) {
    const why = one.purpose?.text ?? null;
    const age = one.since.atLeast ? `at least ${ageText(one.months)}` : ageText(one.months);
    const reason = one.reason === null ? '' : ` The commit says: “${one.reason.text}”.`;
    const stated = why === null ? (one.reason === null ? ': no stated reason.' : '.') : ` for “${why}”.`;
    found.push({
      kind: 'age and purpose',
      text: `You installed \`${one.name}\` ${age} ago${stated}${reason}`,
      commit: one.since.commit,
    });
  }
  for (const { from, to, date, commit, words } of output.migrations.slice(-shownSentences)) {
    const because = words === null ? '' : `: “${words}”`;
    found.push({ kind: 'replacement', text: `${code(from)} went ${date} for ${code(to)}${because}.`, commit });
  }
  for (const { name, times } of output.activity.comeAndGo.slice(0, shownSentences)) {
    found.push({ kind: 'come and go', text: `\`${name}\` was declared ${times} times.`, commit: null });
  }
  const { added, ended, medianDaysOfEnded, goneWithin30Days } = output.activity.life;
  if (medianDaysOfEnded !== null) {
    found.push({
      kind: 'usual life',
      text: `Of ${added} additions ${ended} were taken out again, half of those within ${medianDaysOfEnded} days, ${goneWithin30Days} within 30.`,
      commit: null,
    });
  }
  return found;
}

function stability(activity: GitHistory['activity']): PackageEvolution['insights'][number] {
  const { band, changesPerYear, changeDays, windowDays } = activity;
  const days = `changed on ${changeDays} of the last ${windowDays} days`;
  const text =
    band === 'too young'
      ? `Your config is ${windowDays} days old: too young to say how stable it is (${days}).`
      : band === 'experimenting'
        ? `Your config is experimental (${changesPerYear} changes a year; ${days}).`
        : `Your config has been ${band} (${changesPerYear} changes a year; ${days}).`;
  return { kind: 'stability', text, commit: null };
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

/** `14 months`, `1 month`, `less than a month`. */
export function ageText(months: number): string {
  return months === 0 ? 'less than a month' : months === 1 ? '1 month' : `${months} months`;
}

/** Whole months from one day to another. */
export function wholeMonths(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = from.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDay] = to.split('-').map(Number) as [number, number, number];
  return Math.max(0, (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0));
}

function days(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
