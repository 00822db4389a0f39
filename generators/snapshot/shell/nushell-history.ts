import { closeSync, openSync, readSync } from 'node:fs';
import { maxEntryLength, type Sink } from './entry.ts';
import { readLines } from './read-lines.ts';
import { sqliteRows } from './sqlite-rows.ts';

/**
 * Reads a history of nushell in either of its formats.
 * @throws UserError `sqlite` if a database cannot be read
 */
export function readNushellHistory(file: string, sink: Sink): void | Promise<void> {
  return isDatabase(file) ? readNushellDatabase(file, sink) : readNushellText(file, sink);
}

/** By its first bytes: a history that is named to the command may have any name. */
function isDatabase(file: string): boolean {
  const head = Buffer.alloc(6);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head);
  } finally {
    closeSync(descriptor);
  }
  return head.toString('latin1') === 'SQLite';
}

/** Reads nushell's `history.txt`: one entry per line, newlines as `<\n>`, no times. */
export function readNushellText(file: string, sink: Sink): void {
  readLines(file, 'utf8', (raw, _complete, tooLong) => {
    const text = raw.replaceAll('<\\n>', '\n').trim();
    if (tooLong || text.length > maxEntryLength) sink.skip('tooLong');
    else if (text !== '') sink.entry({ text, time: null, exit: null, duration: null, session: null, byAgent: false });
  });
}

/**
 * Reads nushell's `history.sqlite3`: times in milliseconds, exit status, duration, session.
 * @throws UserError `sqlite` if the database cannot be read
 */
export async function readNushellDatabase(file: string, sink: Sink): Promise<void> {
  const query = `select start_timestamp / 1000, duration_ms, exit_status, session_id, length(command_line) > ${maxEntryLength}, case when length(command_line) > ${maxEntryLength} then '' else hex(command_line) end from history order by start_timestamp, id`;
  await sqliteRows(file, query, ([time, duration, exit, session = '', tooLong, command]) => {
    if (command === undefined) return sink.skip('malformed');
    if (tooLong === '1') return sink.skip('tooLong');
    const text = Buffer.from(command, 'hex').toString('utf8');
    if (text.trim() === '') return sink.skip('malformed');
    sink.entry({
      text,
      time: time === '' ? null : Number(time),
      exit: exit === '' ? null : Number(exit),
      duration: duration === '' ? null : Number(duration) / 1000,
      session: session === '' ? null : session,
      byAgent: false,
    });
  });
}
