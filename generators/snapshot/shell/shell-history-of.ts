import { dayText, wholeMonths } from '../../days.ts';
import type { CommandUse, HistorySource, Outcome, ShellHistory } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { FoundIn } from './known-names.ts';
import type { Tally } from './tally.ts';

export interface Parts {
  tally: Tally;
  takenOn: string;
  since: string | null;
  sources: HistorySource[];
  unread: ShellHistory['unread'];
  captured: {
    from: number | null;
    to: number | null;
    lines: number;
    commands: Map<string, { uses: number; piped: number }>;
  } | null;
  foundIn: (name: string) => FoundIn | null;
}

/** The most used ones are enough for every question. */
const maxPipelines = 500;
const maxSequences = 300;
const minSequence = 3;
const maxMonths = 24;

/** The counts in the shape of the schema. Their order depends on nothing but the counts. */
export function shellHistoryOf({ tally, takenOn, since, sources, unread, captured, foundIn }: Parts): ShellHistory {
  const { outcomes } = tally;
  const commands = [...tally.commands].map(([name, found]): CommandUse => {
    const days = [...found.days];
    return {
      name,
      uses: found.uses,
      roles: found.roles,
      recent: found.recent,
      ...(Object.values(found.counted.all).every((uses) => uses === 0) ? {} : { counted: found.counted }),
      days: days.length,
      firstDay: days.length === 0 ? null : dayText(min(days)),
      lastDay: days.length === 0 ? null : dayText(max(days)),
      months: monthsOf(days, takenOn),
      fetched: { nixShell: found.nixShell, nixRun: found.nixRun },
      foundIn: foundIn(name),
      subcommands: byUses(
        [...found.subcommands].map(([sub, uses]) => ({ name: sub, uses })),
        ({ name: sub }) => sub,
      ),
    };
  });
  const known = commands.reduce((sum, { uses }) => sum + uses, 0);
  const builtins = byUses(
    [...tally.builtins].map(([name, uses]) => ({ name, uses })),
    ({ name }) => name,
  );
  const builtinUses = builtins.reduce((sum, { uses }) => sum + uses, 0);
  return {
    schemaVersion: 1,
    takenOn,
    since,
    sources,
    unread,
    totals: {
      lines: tally.lines,
      invocations: known + builtinUses + tally.unknown,
      known,
      builtins: builtinUses,
      unknown: tally.unknown,
      dynamic: tally.dynamic,
      remote: tally.remote,
    },
    commands: byUses(commands, ({ name }) => name),
    usedByAgents: [...tally.usedByAgents].sort(byText),
    builtins,
    pipelines: byUses(
      [...tally.pipelines].map(([key, { uses, days, lastDay }]) => ({
        stages: key.split('\n').map((stage) => (stage === '?' ? null : stage)),
        uses,
        days,
        lastDay: lastDay === null ? null : dayText(lastDay),
      })),
      ({ stages }) => stages.map((stage) => stage ?? '?').join('\n'),
    ).slice(0, maxPipelines),
    sequences: byUses(
      [...sequencesOf(tally)].filter(({ uses }) => uses >= minSequence),
      ({ steps }) => steps.join('\n'),
    ).slice(0, maxSequences),
    habits: byUses(
      [...tally.habits].map(([habit, { uses, lastDay }]) => ({
        habit,
        uses,
        lastDay: lastDay === null ? null : dayText(lastDay),
      })),
      ({ habit }) => habit,
    ),
    outcomes: {
      sources: [...outcomes.sources].sort(),
      from: outcomes.from === null ? null : dayText(outcomes.from),
      to: outcomes.to === null ? null : dayText(outcomes.to),
      lines: outcomes.lines,
      undecided: outcomes.undecided,
      notFoundUnknown: outcomes.notFoundUnknown,
      commands: [...outcomes.commands.values()]
        .map(
          (found): Outcome => ({
            ...found,
            lastFailure: found.lastFailure === null ? null : dayText(found.lastFailure),
          }),
        )
        .sort((a, b) => b.attempts - a.attempts || byText(outcomeKey(a), outcomeKey(b))),
    },
    captured:
      captured === null
        ? null
        : {
            from: captured.from === null ? null : dayText(captured.from),
            to: captured.to === null ? null : dayText(captured.to),
            lines: captured.lines,
            commands: byUses(
              [...captured.commands].map(([name, counts]) => ({ name, ...counts })),
              ({ name }) => name,
            ),
          },
  };
}

const outcomeKey = ({ command, subcommand }: Outcome): string => `${command} ${subcommand ?? ''}`;

function* sequencesOf({ sequences }: Tally): Generator<ShellHistory['sequences'][number]> {
  for (const [first, followers] of sequences) {
    for (const [second, { uses, days, thirds }] of followers) {
      yield { steps: [first, second], uses, days };
      for (const [third, combination] of thirds) {
        yield { steps: [first, second, third], uses: combination.uses, days: combination.days };
      }
    }
  }
}

function byUses<Item extends { uses: number }>(items: Item[], name: (item: Item) => string): Item[] {
  return items.sort((a, b) => b.uses - a.uses || byText(name(a), name(b)));
}

/** How many of the days each of the latest months has, oldest first. */
function monthsOf(days: readonly number[], takenOn: string): CommandUse['months'] {
  const counts = new Map<string, number>();
  for (const month of days.map((day) => dayText(day).slice(0, 7)).sort(byText)) {
    if (wholeMonths(`${month}-01`, takenOn) < maxMonths) counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

function min(days: readonly number[]): number {
  return days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
}

function max(days: readonly number[]): number {
  return days.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
}
