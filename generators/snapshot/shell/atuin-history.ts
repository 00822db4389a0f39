import { shellOfProgram, shells } from '../../lang/shell/shells.ts';
import { maxEntryLength, type Sink } from './entry.ts';
import { sqliteColumns, sqliteRows } from './sqlite-rows.ts';

/** Author names that are agents in rows without `author_kind`. From atuin's `history.rs`. */
const agents = ['claude-code', 'codex', 'copilot', 'opencode', 'pi'];

/**
 * Reads atuin's `history.db`: every use in all shells, with exit status, duration and session. Deleted rows are not
 * read. Rows that atuin synchronised from other hosts are skipped. `exit` is -1, that is unknown, for commands that
 * are still running and for imported ones.
 *
 * @param host name of this machine, or null to read the rows of all hosts
 * @throws UserError `sqlite` if the database cannot be read
 */
export async function readAtuinHistory(file: string, sink: Sink, host: string | null): Promise<void> {
  const columns = await sqliteColumns(file, 'history');
  const agent = columns.has('author_kind')
    ? `case when author_kind in (1, 2) then author_kind = 2 else coalesce(author, '') in (${quoted(agents)}) end`
    : columns.has('author')
      ? `coalesce(author, '') in (${quoted(agents)})`
      : '0';
  const live = columns.has('deleted_at') ? 'where deleted_at is null' : '';
  const shell = columns.has('shell')
    ? `case when shell in (${quoted(Object.values(shells).map(({ program: name }) => name))}) then shell end`
    : 'null';
  const query = `select timestamp / 1000000000, duration / 1000000, exit, hex(session), hex(hostname), ${agent}, ${shell}, length(command) > ${maxEntryLength}, case when length(command) > ${maxEntryLength} then '' else hex(command) end from history ${live} order by timestamp, id`;
  const here = host?.toLowerCase() ?? null;
  await sqliteRows(
    file,
    query,
    ([time, duration, exit, session = '', hostname = '', byAgent, program = '', tooLong, command]) => {
      if (command === undefined) return sink.skip('malformed');
      if (tooLong === '1') return sink.skip('tooLong');
      // `host:user`
      if (here !== null && unhex(hostname).split(':')[0]?.toLowerCase() !== here) return sink.skip('otherHost');
      const text = unhex(command);
      if (text.trim() === '') return sink.skip('malformed');
      const status = Number(exit);
      sink.entry({
        text,
        time: time === '' ? null : Number(time),
        exit: exit === '' || status < 0 ? null : status,
        duration: Number(duration) < 0 ? null : Number(duration) / 1000,
        session,
        shell: shellOfProgram(program),
        byAgent: byAgent === '1',
      });
    },
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function unhex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}
