import type { Habit } from '../../data/habits.ts';
import type { Shell } from '../../lang/shell/builtins.ts';
import type { Pipeline, ShellLine } from '../../lang/shell/line.ts';
import type { Aliases } from './aliases.ts';
import type { Entry } from './entry.ts';
import { FormTable } from './form-table.ts';
import type { KnownNames } from './known-names.ts';
import { createLineCounter, type LineCounts, type Role } from './line-counts.ts';
import { verdictOf } from './line-facts.ts';
import { createLineForms } from './line-form.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';
import { maxStep, type SequenceCount, StepSequences } from './step-sequences.ts';

/** Uses by what fed the command, and where its output went. */
export type Roles = Record<Role, number>;

export interface Count {
  uses: number;
}

/** Counts of one known command, by the fields of the schema. */
export interface CommandTally extends Count {
  roles: Roles;
  /** Uses in the recent past, by role. */
  recent: Roles;
  days: Set<number>;
  lastDay: number;
  wrapped: number;
  sudo: number;
  throughAlias: number;
  nixShell: number;
  nixRun: number;
  subcommands: Map<string, Count>;
}

export interface Tally {
  commands: Map<string, CommandTally>;
  builtins: Map<string, Count>;
  /** By the stages joined with a newline, `?` for what is not known. */
  pipelines: Map<string, Shape>;
  /** What followed what within a minute, the steps by their names. */
  sequences: () => (Omit<SequenceCount, 'steps'> & { steps: string[] })[];
  habits: Map<Habit, HabitTally>;
  outcomes: Outcomes;
  lines: number;
  unknown: number;
  dynamic: number;
  remote: number;
}

/** A combination of commands. */
export interface Shape extends Count {
  /** Days with a use; one that comes after a later day is not seen. */
  days: number;
  lastDay: number;
}

export interface HabitTally extends Count {
  lastDay: number | null;
}

/** What a history's entries have in common. */
export interface Origin {
  shell: Shell;
  knowsStatus: 'atuin' | 'nushell' | null;
}

export interface Settings {
  known: KnownNames;
  aliases: Aliases;
  /** Days since 1970 of `takenOn`. */
  today: number;
  /** False: every line goes through the parser (for tests: the counts must be the same). */
  quick?: boolean;
}

/** `LineCounts` with the counters themselves in place of names: counting a line again looks nothing up. */
interface Counters {
  understood: boolean;
  uses: {
    command: CommandTally;
    subcommand: Count | null;
    role: Role;
    wrapped: number;
    sudo: number;
    throughAlias: number;
  }[];
  fetched: { command: CommandTally; how: 'nixRun' | 'nixShell' }[];
  builtins: Count[];
  unknown: number;
  dynamic: number;
  remote: number;
  pipelines: Shape[];
  /** Steps by number, 0 for what is not known. */
  steps: number[];
  habits: HabitTally[];
}

/** The end of the last line of a session, and its last two steps; 0 where there is none. */
interface Session {
  time: number;
  before: number;
  last: number;
}

/** Seconds within which one command counts as following another. */
const together = 60;
const recentDays = 90;

/**
 * Counts command lines. Nothing of a line is kept but names on the allow-list and shapes made of them;
 * the line before it is held until the next one, to see what follows what.
 */
export function createTally(settings: Settings): {
  tally: Tally;
  /** Counts one entry; `dayNumber` is null where its time is not known. Returns whether it was understood. */
  add: (entry: Entry, dayNumber: number | null, origin: Origin) => boolean;
  /** Forgets what came before: at the end of a history. */
  forget: () => void;
} {
  const { known, aliases, today, quick = true } = settings;
  const { parse, countsOf, lastCommand } = createLineCounter(known, aliases);
  const forms = new FormTable<Counters>(createLineForms(known.names(), aliases.names()));
  /** Steps by number: a sequence is then a few numbers, which costs a million lines less than joined texts. */
  const stepNumbers = new Map<string, number>();
  const stepNames: string[] = [''];
  const sequences = new StepSequences();
  const tally: Tally = {
    commands: new Map(),
    builtins: new Map(),
    pipelines: new Map(),
    sequences: () =>
      [...sequences.counts()].map((one) => ({ ...one, steps: one.steps.map((step) => stepNames[step] as string) })),
    habits: new Map(),
    outcomes: createOutcomes(today),
    lines: 0,
    unknown: 0,
    dynamic: 0,
    remote: 0,
  };
  let sessions = new Map<string | null, Session>();

  const numberOf = (step: string | null): number => {
    if (step === null) return 0;
    const number = found(stepNumbers, step, () => stepNames.push(step) - 1);
    return number > maxStep ? 0 : number;
  };

  const countersOf = (counts: LineCounts): Counters => ({
    ...counts,
    uses: counts.uses.map(({ name, role, subcommand, wrapped, sudo, throughAlias }) => {
      const command = found(tally.commands, name, newCommand);
      return {
        command,
        subcommand: subcommand === null ? null : found(command.subcommands, subcommand, newCount),
        role,
        wrapped: Number(wrapped),
        sudo: Number(sudo),
        throughAlias: Number(throughAlias),
      };
    }),
    fetched: counts.fetched.map(({ name, how }) => ({ command: found(tally.commands, name, newCommand), how })),
    builtins: counts.builtins.map((name) => found(tally.builtins, name, newCount)),
    pipelines: counts.pipelines.map((stages) => found(tally.pipelines, stages, newShape)),
    steps: counts.steps.map(numberOf),
    habits: counts.habits.map((habit) => found(tally.habits, habit, newHabit)),
  });

  /** The session that an entry goes on with: what came before, if it ended within a minute. */
  const sessionOf = (entry: Entry): Session => {
    const before = entry.time === null ? undefined : sessions.get(entry.session);
    if (entry.time === null || before === undefined) {
      const session: Session = { time: 0, before: 0, last: 0 };
      if (entry.time !== null) {
        sessions.set(entry.session, session);
        if (sessions.size > 1000) sessions = new Map([...sessions].slice(-500));
      }
      return session;
    }
    const gap = entry.time - before.time;
    if (gap < 0 || gap > together) {
      before.before = 0;
      before.last = 0;
    }
    return before;
  };

  const addStep = (session: Session, step: number, day: number | null): void => {
    const { before, last } = session;
    if (step === last && step !== 0) return;
    if (step !== 0 && last !== 0) {
      if (before !== 0) sequences.addTriple(before, last, step, day);
      sequences.addPair(last, step, day);
    }
    session.before = step === 0 ? 0 : last;
    session.last = step;
  };

  const addCounters = (counters: Counters, entry: Entry, day: number | null): void => {
    tally.unknown += counters.unknown;
    tally.dynamic += counters.dynamic;
    tally.remote += counters.remote;
    for (const builtin of counters.builtins) builtin.uses += 1;
    for (const { command, subcommand, role, wrapped, sudo, throughAlias } of counters.uses) {
      command.uses += 1;
      command.roles[role] += 1;
      if (day !== null) {
        addDay(command, day);
        if (day > today - recentDays) command.recent[role] += 1;
      }
      if (subcommand !== null) subcommand.uses += 1;
      command.wrapped += wrapped;
      command.sudo += sudo;
      command.throughAlias += throughAlias;
    }
    for (const { command, how } of counters.fetched) {
      command[how] += 1;
      // `nix run` runs it, `nix shell` need not.
      if (how === 'nixRun' && day !== null) addDay(command, day);
    }
    for (const pipeline of counters.pipelines) {
      pipeline.uses += 1;
      if (day !== null && day > pipeline.lastDay) {
        pipeline.days += 1;
        pipeline.lastDay = day;
      }
    }
    for (const habit of counters.habits) {
      habit.uses += 1;
      if (day !== null && (habit.lastDay === null || day > habit.lastDay)) habit.lastDay = day;
    }
    const session = sessionOf(entry);
    for (const step of counters.steps) addStep(session, step, day);
    if (entry.time !== null) session.time = entry.time + Math.max(0, Math.min(entry.duration ?? 0, 86_400));
  };

  const addOutcome = (entry: Entry, line: ShellLine, shell: Shell, day: number | null, origin: Origin): void => {
    const { outcomes } = tally;
    outcomes.line(origin.knowsStatus as 'atuin' | 'nushell', day);
    const verdict = entry.exit === null ? [] : verdictOf(line, entry.exit);
    if (verdict.length === 0) {
      outcomes.undecided();
      return;
    }
    for (const { pipeline, status } of verdict) {
      const run = line.pipelines[pipeline] as Pipeline;
      const command = lastCommand(line, run, shell);
      if (command === null) continue;
      outcomes.attempt(command.name, command.subcommand, status, run.stages.length > 1, day);
      if (verdict.length === 1) outcomes.remember(entry, command.name, command.subcommand, status, day);
    }
  };

  return {
    tally,
    add: (entry, day, origin) => {
      tally.lines += 1;
      const shell = entry.shell ?? origin.shell;
      if (origin.knowsStatus === null || entry.exit === null) {
        const read = (): Counters => countersOf(countsOf(parse(entry.text, shell), shell));
        const counters = quick ? forms.get(entry, shell, read) : read();
        addCounters(counters, entry, day);
        return counters.understood;
      }
      const line = parse(entry.text, shell);
      addCounters(countersOf(countsOf(line, shell)), entry, day);
      addOutcome(entry, line, shell, day, origin);
      return line.understood;
    },
    forget: () => {
      sessions = new Map();
      tally.outcomes.forget();
    },
  };
}

function addDay(command: CommandTally, day: number): void {
  if (day !== command.lastDay) command.days.add(day);
  command.lastDay = day;
}

function found<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const newCount = (): Count => ({ uses: 0 });
const newShape = (): Shape => ({ uses: 0, days: 0, lastDay: -1 });
const newHabit = (): HabitTally => ({ uses: 0, lastDay: null });
const newRoles = (): Roles => ({ alone: 0, feeds: 0, filters: 0 });
const newCommand = (): CommandTally => ({
  uses: 0,
  roles: newRoles(),
  recent: newRoles(),
  days: new Set(),
  lastDay: -1,
  wrapped: 0,
  sudo: 0,
  throughAlias: 0,
  nixShell: 0,
  nixRun: 0,
  subcommands: new Map(),
});
