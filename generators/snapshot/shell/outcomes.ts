import { isAnswer } from '../../data/exit-statuses.ts';
import type { Entry } from './entry.ts';
import type { HistoryKind } from './histories.ts';

export type StatusSource = HistoryKind | 'capture';

export interface OutcomeTally {
  command: string;
  subcommand: string | null;
  attempts: number;
  failures: number;
  notFound: number;
  permission: number;
  interrupted: number;
  piped: number;
  recentAttempts: number;
  recentFailures: number;
  lastFailure: number | null;
}

/** One command with a known exit status. */
export interface Attempt {
  /** Null for a name that is not known: it is only counted. */
  command: string | null;
  subcommand: string | null;
  status: number;
  /** The last stage of a pipeline of several. */
  piped: boolean;
  day: number | null;
}

export interface Outcomes {
  sources: Set<StatusSource>;
  from: number | null;
  to: number | null;
  lines: number;
  undecided: number;
  notFoundUnknown: number;
  commands: Map<string, OutcomeTally>;
  addLine: (source: StatusSource, day: number | null) => void;
  addAttempt: (attempt: Attempt) => void;
  /** Notes the one command of a line, to recognise the next line as its repetition with sudo. */
  compareWithNext: (entry: Entry, attempt: Attempt) => void;
  endHistory: () => void;
}

const recentDays = 30;
const secondsUntilRepetition = 60;

/** Counts exit statuses by command and subcommand. Days are numbered from 1970. */
export function createOutcomes(today: number): Outcomes {
  let failed: { text: string; end: number; session: string | null; tally: OutcomeTally } | null = null;
  const outcomes: Outcomes = {
    sources: new Set(),
    from: null,
    to: null,
    lines: 0,
    undecided: 0,
    notFoundUnknown: 0,
    commands: new Map(),
    addLine: (source, day) => {
      outcomes.sources.add(source);
      outcomes.lines += 1;
      if (day === null) return;
      if (outcomes.from === null || day < outcomes.from) outcomes.from = day;
      if (outcomes.to === null || day > outcomes.to) outcomes.to = day;
    },
    addAttempt: ({ command, subcommand, status, piped, day }) => {
      if (command === null) {
        if (status === 127) outcomes.notFoundUnknown += 1;
        return;
      }
      const tally = tallyOf(outcomes, command, subcommand);
      tally.attempts += 1;
      if (piped) tally.piped += 1;
      const recent = day !== null && day > today - recentDays;
      if (recent) tally.recentAttempts += 1;
      if (status === 0 || isAnswer(command, subcommand, status)) return;
      if (status >= 128) {
        tally.interrupted += 1;
        return;
      }
      tally.failures += 1;
      if (recent) tally.recentFailures += 1;
      if (status === 127) tally.notFound += 1;
      if (status === 126) tally.permission += 1;
      if (day !== null && (tally.lastFailure === null || day > tally.lastFailure)) tally.lastFailure = day;
    },
    compareWithNext: ({ text, time, duration, session }, { command, subcommand, status }) => {
      if (
        failed !== null &&
        time !== null &&
        session === failed.session &&
        time - failed.end >= 0 &&
        time - failed.end <= secondsUntilRepetition &&
        /^(sudo|doas)\s/.test(text) &&
        text.replace(/^(sudo|doas)\s+/, '').trim() === failed.text
      ) {
        failed.tally.permission += 1;
      }
      failed = null;
      if (command === null || time === null || status === 0 || status >= 126) return;
      if (isAnswer(command, subcommand, status)) return;
      const end = time + Math.max(0, duration ?? 0);
      failed = { text: text.trim(), end, session, tally: tallyOf(outcomes, command, subcommand) };
    },
    endHistory: () => {
      failed = null;
    },
  };
  return outcomes;
}

function tallyOf({ commands }: Outcomes, command: string, subcommand: string | null): OutcomeTally {
  const key = `${command}\n${subcommand ?? ''}`;
  let tally = commands.get(key);
  if (tally === undefined) {
    tally = {
      command,
      subcommand,
      attempts: 0,
      failures: 0,
      notFound: 0,
      permission: 0,
      interrupted: 0,
      piped: 0,
      recentAttempts: 0,
      recentFailures: 0,
      lastFailure: null,
    };
    commands.set(key, tally);
  }
  return tally;
}
