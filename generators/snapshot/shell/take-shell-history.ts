import { statSync } from 'node:fs';
import { dayNumber, dayText } from '../../days.ts';
import { systemErrorCode, UserError } from '../../errors.ts';
import type { HistorySource, ShellHistory } from '../../evidence/shell-history.ts';
import type { Shell } from '../../lang/shell/shells.ts';
import type { Aliases } from './aliases.ts';
import { type Captured, readCaptureLog } from './capture-log.ts';
import { copyText, type Entry, type Sink, type SkipReason } from './entry.ts';
import type { HistoryFile } from './find-histories.ts';
import { type HistoryKind, histories } from './histories.ts';
import type { KnownNames } from './known-names.ts';
import { createRecorded } from './recorded.ts';
import { shellHistoryOf } from './shell-history-of.ts';
import { createTally, type Origin } from './tally.ts';
import { withoutLines } from './without-lines.ts';

export interface ShellHistoryRequest {
  histories: readonly HistoryFile[];
  known: KnownNames;
  aliases: Aliases;
  /** Lines that atuin recorded on another host are skipped; null: all are counted. */
  host: string | null;
  /** Shell of atuin's lines that do not name one. */
  loginShell: Shell;
  /** `YYYY-MM-DD`. */
  takenOn: string;
  since: string | null;
  captureLog: string | null;
}

/** A shorter history may repeat no line by chance. */
const minLinesToJudge = 50;
/** Number of lines that are searched for repetitions. */
const maxCompared = 5000;

/** State while one history is read. */
interface State {
  dated: number;
  from: number | null;
  to: number | null;
  /** The first lines, until one of them is repeated. */
  lines: Set<string>;
  /** Whether a line occurs twice, so that the history stores every use. */
  repeats: boolean;
}

function noteRepetition(state: State, text: string): void {
  if (state.repeats) return;
  state.repeats = state.lines.has(text);
  if (state.repeats) state.lines.clear();
  else if (state.lines.size < maxCompared) state.lines.add(copyText(text));
}

/** A time before this day, or after the day of the snapshot, is wrong. */
const firstPlausible = dayNumber('1990-01-01');

/** Reads all histories and reduces them to known names and counts. */
export async function takeShellHistory(request: ShellHistoryRequest): Promise<ShellHistory> {
  const today = dayNumber(request.takenOn);
  const since = request.since === null ? null : dayNumber(request.since);
  const { tally, add, addByAgent, endHistory } = createTally({ known: request.known, aliases: request.aliases, today });
  const recorded = createRecorded();
  const sources: HistorySource[] = [];
  const unread: ShellHistory['unread'] = [];
  // atuin first: uses that a shell's own history repeats are then recognised.
  const requested = [...request.histories].sort((a, b) => Number(b.kind === 'atuin') - Number(a.kind === 'atuin'));
  const othersFollow = requested.some(({ kind }) => kind !== 'atuin');
  for (const { kind, file } of requested) {
    const source = newSource(kind);
    const { read: readHistory, repeated, statuses } = histories[kind];
    const origin: Origin = {
      shell: kind === 'atuin' ? request.loginShell : kind,
      statusSource: statuses ? kind : null,
      distinctLines: repeated === 'stored once',
    };
    const state: State = { dated: 0, from: null, to: null, lines: new Set(), repeats: false };
    const sink = sinkFor(source, state, origin);
    try {
      await readHistory(file, sink, request.host);
      const why = withoutLines(source);
      if (why !== null) unread.push({ kind, why });
    } catch (error) {
      unread.push({ kind, why: reasonOf(error) });
    }
    if (repeated === 'by option' && !state.repeats && source.entries >= minLinesToJudge)
      source.counts = 'distinct lines';
    endHistory(source.counts === 'every use');
    source.times = state.dated === 0 ? 'none' : state.dated < source.entries ? 'some entries' : 'every entry';
    source.from = state.from === null ? null : dayText(state.from);
    source.to = state.to === null ? null : dayText(state.to);
    const read = source.entries + source.byAgents + Object.keys(source.skipped).length > 0;
    if (read) sources.push(source);
  }
  return shellHistoryOf({
    tally,
    takenOn: request.takenOn,
    since: request.since,
    sources,
    unread,
    captured: readCaptured(),
    foundIn: request.known.foundIn,
  });

  function sinkFor(source: HistorySource, state: State, origin: Origin): Sink {
    const skip = (reason: SkipReason): void => {
      source.skipped[reason] = (source.skipped[reason] ?? 0) + 1;
    };
    return {
      skip,
      entry: (entry: Entry) => {
        // No shell can read a line with this byte: the file is no history.
        if (entry.text.includes('\0')) return skip('malformed');
        let day = entry.time === null ? null : Math.floor(entry.time / 86_400);
        if (day !== null && !(day >= firstPlausible && day <= today + 1)) {
          day = null;
          entry.time = null;
        }
        // Without time an entry cannot be assigned to the window.
        if (since !== null && (day === null || day < since)) return skip('beforeWindow');
        if (source.kind !== 'atuin') {
          if (recorded.has(entry)) return skip('recordedElsewhere');
        } else if (othersFollow) recorded.note(entry);
        if (entry.byAgent) {
          source.byAgents += 1;
          addByAgent(entry, origin);
          return;
        }
        source.entries += 1;
        noteRepetition(state, entry.text);
        if (day === null) source.undated += 1;
        else {
          state.dated += 1;
          const first = entry.firstTime === undefined ? day : Math.floor(entry.firstTime / 86_400);
          const from = first >= firstPlausible && first <= day ? first : day;
          if (state.from === null || from < state.from) state.from = from;
          if (state.to === null || day > state.to) state.to = day;
        }
        if (!add(entry, day, origin)) source.notUnderstood += 1;
      },
    };
  }

  function readCaptured() {
    const { captureLog } = request;
    const logs = captureLog === null ? [] : [`${captureLog}.1`, captureLog].filter(isFile);
    if (logs.length === 0) return null;
    const commands = new Map<string, { uses: number; piped: number }>();
    let lines = 0;
    let from: number | null = null;
    let to: number | null = null;
    // atuin and the recorder record the statuses of the same lines: count them once.
    const counts = !tally.outcomes.sources.has('atuin');
    const count = ({ day, command, subcommand, status, piped }: Captured): void => {
      if (day > today + 1 || (since !== null && day < since)) return;
      lines += 1;
      const { uses, piped: before } = commands.get(command) ?? { uses: 0, piped: 0 };
      commands.set(command, { uses: uses + 1, piped: before + Number(piped) });
      if (from === null || day < from) from = day;
      if (to === null || day > to) to = day;
      if (!counts) return;
      tally.outcomes.addLine('capture', day);
      tally.outcomes.addAttempt({ command, subcommand, status, piped, day });
    };
    let read = 0;
    for (const log of logs) {
      try {
        readCaptureLog(log, request.known, count);
        read += 1;
      } catch (error) {
        unread.push({ kind: 'capture', why: reasonOf(error) });
      }
    }
    if (read === 0) return null;
    return { from, to, lines, commands };
  }
}

function newSource(kind: HistoryKind): HistorySource {
  return {
    kind,
    counts: histories[kind].repeated === 'stored once' ? 'distinct lines' : 'every use',
    times: 'none',
    entries: 0,
    undated: 0,
    notUnderstood: 0,
    byAgents: 0,
    from: null,
    to: null,
    skipped: {},
  };
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * A fixed text: the system's message may contain a path.
 * @throws the error itself if it is not about reading a file
 */
function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const code = systemErrorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'not readable by this user';
  if (error instanceof Error && 'syscall' in error) return 'no readable file';
  throw error;
}
