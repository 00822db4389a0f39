import { isAnswer } from '../../data/exit-statuses.ts';
import type { Entry } from './entry.ts';

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

export interface Outcomes {
  sources: Set<'atuin' | 'nushell' | 'capture'>;
  from: number | null;
  to: number | null;
  lines: number;
  notDecided: number;
  notFoundUnknown: number;
  commands: Map<string, OutcomeTally>;
  line: (source: 'atuin' | 'nushell' | 'capture', day: number | null) => void;
  undecided: () => void;
  /** @param command null: a name that is not known; only a count of it is kept */
  attempt: (
    command: string | null,
    subcommand: string | null,
    status: number,
    piped: boolean,
    day: number | null,
    times?: number,
  ) => void;
  /** Holds the last line, to see whether it is repeated with sudo. */
  remember: (
    entry: Entry,
    command: string | null,
    subcommand: string | null,
    status: number,
    day: number | null,
  ) => void;
  forget: () => void;
}

const recentDays = 30;
const together = 60;

/** Counts exit statuses by command and subcommand. */
export function createOutcomes(today: number): Outcomes {
  let failed: { text: string; end: number; session: string | null; tally: OutcomeTally } | null = null;
  const outcomes: Outcomes = {
    sources: new Set(),
    from: null,
    to: null,
    lines: 0,
    notDecided: 0,
    notFoundUnknown: 0,
    commands: new Map(),
    line: (source, day) => {
      outcomes.sources.add(source);
      outcomes.lines += 1;
      if (day === null) return;
      if (outcomes.from === null || day < outcomes.from) outcomes.from = day;
      if (outcomes.to === null || day > outcomes.to) outcomes.to = day;
    },
    undecided: () => {
      outcomes.notDecided += 1;
    },
    attempt: (command, subcommand, status, piped, day, times = 1) => {
      if (command === null) {
        if (status === 127) outcomes.notFoundUnknown += times;
        return;
      }
      const found = tallyOf(outcomes, command, subcommand);
      found.attempts += times;
      if (piped) found.piped += times;
      const recent = day !== null && day > today - recentDays;
      if (recent) found.recentAttempts += times;
      if (status === 0 || isAnswer(command, subcommand, status)) return;
      if (status >= 128) {
        found.interrupted += times;
        return;
      }
      found.failures += times;
      if (recent) found.recentFailures += times;
      if (status === 127) found.notFound += times;
      if (status === 126) found.permission += times;
      if (day !== null && (found.lastFailure === null || day > found.lastFailure)) found.lastFailure = day;
    },
    remember: (entry, command, subcommand, status, _day) => {
      if (
        failed !== null &&
        entry.time !== null &&
        entry.session === failed.session &&
        entry.time - failed.end >= 0 &&
        entry.time - failed.end <= together &&
        /^(sudo|doas)\s/.test(entry.text) &&
        entry.text.replace(/^(sudo|doas)\s+/, '').trim() === failed.text
      ) {
        failed.tally.permission += 1;
      }
      const failure = command !== null && status !== 0 && status < 126 && !isAnswer(command, subcommand, status);
      failed =
        failure && entry.time !== null
          ? {
              text: entry.text.trim(),
              end: entry.time + Math.max(0, entry.duration ?? 0),
              session: entry.session,
              tally: tallyOf(outcomes, command, subcommand),
            }
          : null;
    },
    forget: () => {
      failed = null;
    },
  };
  return outcomes;
}

function tallyOf({ commands }: Outcomes, command: string, subcommand: string | null): OutcomeTally {
  const key = `${command}\n${subcommand ?? ''}`;
  let found = commands.get(key);
  if (found === undefined) {
    found = {
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
    commands.set(key, found);
  }
  return found;
}
