import type { Habit } from '../../data/habits.ts';
import type { Shell } from '../../lang/shell/shells.ts';
import type { Aliases } from './aliases.ts';
import { copyText, type Entry } from './entry.ts';
import type { KnownNames } from './known-names.ts';
import { pipelinesWithStatus } from './known-status.ts';
import { createLineCounter, type LineCounts, type ListedPipeline, type Role } from './line-counts.ts';
import { createOutcomes, type Outcomes, type StatusSource } from './outcomes.ts';

/** Uses by what fed the command, and where its output went. */
type Roles = Record<Role, number>;

/** Counts of one known command, by the fields of the schema. */
interface CommandTally {
  uses: number;
  roles: Roles;
  /** Uses in the recent past, by role. */
  recent: Roles;
  days: Set<number>;
  nixShell: number;
  nixRun: number;
  subcommands: Map<string, number>;
  /** Dated uses in histories that store every use. */
  counted: { all: Roles; recent: Roles };
}

/** Counts of a combination of commands. */
interface CombinationTally {
  uses: number;
  /** Days with a use, without uses that come after one of a later day. */
  days: number;
  lastDay: number | null;
}

interface PairTally extends CombinationTally {
  /** By the command that followed the pair. */
  thirds: Map<string, CombinationTally>;
}

export interface Tally {
  commands: Map<string, CommandTally>;
  builtins: Map<string, number>;
  usedByAgents: Set<string>;
  /** By the stages joined with a newline, `?` for a name that is not known. */
  pipelines: Map<string, CombinationTally>;
  /** Commands that followed each other within a minute: by the first, then the second. */
  sequences: Map<string, Map<string, PairTally>>;
  habits: Map<Habit, CombinationTally>;
  outcomes: Outcomes;
  lines: number;
  unknown: number;
  dynamic: number;
  remote: number;
}

/** What the entries of a history have in common. */
export interface Origin {
  shell: Shell;
  /** Set if the history records exit statuses. */
  statusSource: StatusSource | null;
  /** The history stores each line once, so that caching the counts of a line is useless. */
  distinctLines: boolean;
}

export interface Settings {
  known: KnownNames;
  aliases: Aliases;
  /** Days since 1970 of `takenOn`. */
  today: number;
}

/** The end of a terminal's last line, and the sequences that its last commands start. */
interface Session {
  time: number;
  last: { step: string; followers: Map<string, PairTally> } | null;
  lastTwo: PairTally | null;
}

/** How lines count: a line that is not typed again is forgotten when both maps have been filled once more. */
interface Remembered {
  recent: Map<string, LineCounts>;
  older: Map<string, LineCounts>;
}

/** Maximum time in seconds between a command and the one that follows it. */
const sequenceSeconds = 60;
const roleNames: readonly Role[] = ['alone', 'feeds', 'filters'];
const recentDays = 90;
/** Lines in each map of remembered counts, and their length in characters: longer lines are rarely typed twice. */
const maxRemembered = { lines: 100_000, length: 200 };
const maxSessions = 1000;

/**
 * Counts command lines: only names on the allow-list and combinations of them. The text of a line stays in memory only,
 * to recognise the same line again.
 */
export function createTally({ known, aliases, today }: Settings): {
  tally: Tally;
  /** Counts one entry; `day` is null if its time is not known. Returns whether the line was understood. */
  add: (entry: Entry, day: number | null, origin: Origin) => boolean;
  /** Notes the commands of a line that a coding agent ran: they are not uses of the user. */
  addByAgent: (entry: Entry, origin: Origin) => void;
  /**
   * Must be called after each history: nothing of the next one follows a line of this one.
   *
   * @param keepsEveryUse whether its counts can be compared
   */
  endHistory: (keepsEveryUse: boolean) => void;
} {
  const countLine = createLineCounter(known, aliases);
  const remembered = new Map<Shell, Remembered>();
  const distinctCounts = new Map<string, LineCounts>();
  const sessions = new Map<string | null, Session>();
  /** Dated uses in the current history. */
  const current = new Map<string, CommandTally['counted']>();
  const tally: Tally = {
    commands: new Map(),
    builtins: new Map(),
    usedByAgents: new Set(),
    pipelines: new Map(),
    sequences: new Map(),
    habits: new Map(),
    outcomes: createOutcomes(today),
    lines: 0,
    unknown: 0,
    dynamic: 0,
    remote: 0,
  };

  /** People type the same lines over and over: each is parsed once. */
  const countsOf = (text: string, shell: Shell, distinctLines: boolean): LineCounts => {
    if (distinctLines || text.length > maxRemembered.length) return countLine(text, shell);
    const lines = getOrAdd(remembered, shell, newRemembered);
    const found = lines.recent.get(text);
    if (found !== undefined) return found;
    const counts = lines.older.get(text) ?? shared(countLine(text, shell));
    if (lines.recent.size >= maxRemembered.lines) {
      lines.older = lines.recent;
      lines.recent = new Map();
    }
    lines.recent.set(copyText(text), counts);
    return counts;
  };

  /** Most lines have the same counts as another line: `git commit -m a`, `git commit -m b`. Equal counts are shared. */
  const shared = (counts: LineCounts): LineCounts => {
    const key = JSON.stringify(counts);
    const equal = distinctCounts.get(key);
    if (equal !== undefined) return equal;
    if (distinctCounts.size >= maxRemembered.lines) distinctCounts.clear();
    distinctCounts.set(key, counts);
    return counts;
  };

  /** The session of an entry, without its commands if the last one ended more than a minute ago. */
  const sessionOf = ({ session: id, time }: Entry): Session => {
    const before = time === null ? undefined : sessions.get(id);
    if (time === null || before === undefined) {
      const session: Session = { time: 0, last: null, lastTwo: null };
      if (time !== null) {
        sessions.set(id, session);
        if (sessions.size > maxSessions) for (const old of [...sessions.keys()].slice(0, -500)) sessions.delete(old);
      }
      return session;
    }
    const gap = time - before.time;
    if (gap < 0 || gap > sequenceSeconds) {
      before.last = null;
      before.lastTwo = null;
    }
    return before;
  };

  const addStep = (session: Session, step: string | null, day: number | null): void => {
    if (step === null) {
      session.last = null;
      session.lastTwo = null;
      return;
    }
    const { last, lastTwo } = session;
    if (last?.step === step) return;
    if (lastTwo !== null) addTo(getOrAdd(lastTwo.thirds, step, newCombination), day);
    session.lastTwo = last === null ? null : getOrAdd(last.followers, step, newPair);
    if (session.lastTwo !== null) addTo(session.lastTwo, day);
    session.last = { step, followers: getOrAdd(tally.sequences, step, newFollowers) };
  };

  const addCounts = (counts: LineCounts, entry: Entry, day: number | null): void => {
    tally.unknown += counts.unknown;
    tally.dynamic += counts.dynamic;
    tally.remote += counts.remote;
    for (const builtin of counts.builtins) addUse(tally.builtins, builtin);
    for (const { name, role, subcommand } of counts.uses) {
      const command = getOrAdd(tally.commands, name, newCommand);
      command.uses += 1;
      command.roles[role] += 1;
      if (day !== null) {
        command.days.add(day);
        const isRecent = day > today - recentDays;
        const { all, recent } = getOrAdd(current, name, newCounted);
        all[role] += 1;
        if (isRecent) {
          recent[role] += 1;
          command.recent[role] += 1;
        }
      }
      if (subcommand !== null) addUse(command.subcommands, subcommand);
    }
    for (const { name, how } of counts.fetched) {
      const command = getOrAdd(tally.commands, name, newCommand);
      command[how] += 1;
      // `nix run` runs the command, `nix shell` need not.
      if (how === 'nixRun' && day !== null) command.days.add(day);
    }
    for (const pipeline of counts.pipelines) addTo(getOrAdd(tally.pipelines, pipeline, newCombination), day);
    for (const habit of counts.habits) addTo(getOrAdd(tally.habits, habit, newCombination), day);
    const session = sessionOf(entry);
    for (const { first } of counts.list) addStep(session, first, day);
    if (entry.time !== null) session.time = entry.time + Math.max(0, Math.min(entry.duration ?? 0, 86_400));
  };

  const addOutcome = (
    entry: Entry,
    list: readonly ListedPipeline[],
    day: number | null,
    source: StatusSource,
  ): void => {
    if (entry.exit === null) return;
    const { outcomes } = tally;
    outcomes.addLine(source, day);
    const ended = pipelinesWithStatus(list, entry.exit);
    if (ended.length === 0) outcomes.undecided += 1;
    for (const { last, piped } of ended) {
      if (last === null) continue;
      const attempt = { command: last.name, subcommand: last.subcommand, status: entry.exit, piped, day };
      outcomes.addAttempt(attempt);
      if (ended.length === 1) outcomes.compareWithNext(entry, attempt);
    }
  };

  return {
    tally,
    add: (entry, day, origin) => {
      tally.lines += 1;
      const counts = countsOf(entry.text, entry.shell ?? origin.shell, origin.distinctLines);
      addCounts(counts, entry, day);
      if (origin.statusSource !== null) addOutcome(entry, counts.list, day, origin.statusSource);
      return counts.understood;
    },
    addByAgent: ({ text, shell }, origin) => {
      for (const { name } of countsOf(text, shell ?? origin.shell, origin.distinctLines).uses) {
        tally.usedByAgents.add(name);
      }
    },
    endHistory: (keepsEveryUse) => {
      for (const [name, { all, recent }] of keepsEveryUse ? current : []) {
        const { counted } = getOrAdd(tally.commands, name, newCommand);
        for (const role of roleNames) {
          counted.all[role] += all[role];
          counted.recent[role] += recent[role];
        }
      }
      current.clear();
      sessions.clear();
      tally.outcomes.endHistory();
    },
  };
}

function addUse(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function addTo(combination: CombinationTally, day: number | null): void {
  combination.uses += 1;
  if (day !== null && (combination.lastDay === null || day > combination.lastDay)) {
    combination.days += 1;
    combination.lastDay = day;
  }
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const newCombination = (): CombinationTally => ({ uses: 0, days: 0, lastDay: null });
const newPair = (): PairTally => ({ ...newCombination(), thirds: new Map() });
const newRemembered = (): Remembered => ({ recent: new Map(), older: new Map() });
const newFollowers = (): Map<string, PairTally> => new Map();
const newRoles = (): Roles => ({ alone: 0, feeds: 0, filters: 0 });
const newCounted = (): CommandTally['counted'] => ({ all: newRoles(), recent: newRoles() });
const newCommand = (): CommandTally => ({
  uses: 0,
  roles: newRoles(),
  recent: newRoles(),
  days: new Set(),
  nixShell: 0,
  nixRun: 0,
  subcommands: new Map(),
  counted: newCounted(),
});
