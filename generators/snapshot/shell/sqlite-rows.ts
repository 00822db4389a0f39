import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { systemErrorCode, UserError } from '../../errors.ts';

/**
 * Runs one query on a database that another process may be writing to, and calls `onRow` with the columns of each row
 * as text. Null becomes the empty text; the query must select free text as `hex(…)`.
 *
 * The database is opened read-only together with its write-ahead log, which has atuin's latest rows; `immutable` would
 * ignore that log. If the folder does not allow it, a private copy of both is read and removed. Uses the `sqlite3`
 * command, else Node's own module (from Node 22).
 *
 * @throws UserError `sqlite` if neither exists, or if the file is not such a database
 */
export async function sqliteRows(file: string, query: string, onRow: (columns: string[]) => void): Promise<void> {
  try {
    await run(file, query, onRow);
    return;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'sqlite-open') throw error;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'nixos-intelligence-'));
  try {
    const copy = path.join(folder, 'history.db');
    for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
    await run(copy, query, onRow);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The names of a table's columns: they depend on the version of the program that wrote it. */
export async function sqliteColumns(file: string, table: string): Promise<Set<string>> {
  const found = new Set<string>();
  await sqliteRows(file, `select name from pragma_table_info('${table}')`, ([name]) => found.add(name ?? ''));
  return found;
}

async function run(file: string, query: string, onRow: (columns: string[]) => void): Promise<void> {
  const child = spawn('sqlite3', ['-batch', '-readonly', '-init', '/dev/null', '-list', '-separator', '|', file], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let problem = '';
  let rows = 0;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (problem.length < 4000) problem += text;
  });
  child.stdin.on('error', () => {}); // the process may end before it has read the query
  child.stdin.end(`.timeout 2000\n${query};\n`);
  const status = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  status.catch(() => {});
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
      rows += 1;
      onRow(line.split('|'));
    }
    const code = await status;
    if (code !== 0 || /^(Parse |Runtime )?Error/im.test(problem)) {
      const cannotOpen = rows === 0 && /unable to open|readonly|locked/i.test(problem);
      throw new UserError(cannotOpen ? 'sqlite-open' : 'sqlite', 'the database cannot be read', {
        cause: problem.trim(),
      });
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    await runInNode(file, query, onRow);
  }
}

async function runInNode(file: string, query: string, onRow: (columns: string[]) => void): Promise<void> {
  const name = 'node:sqlite'; // not known to the types of Node 20
  const sqlite = await import(name).catch(() => null);
  if (sqlite === null) {
    throw new UserError('sqlite', 'neither the command `sqlite3` nor Node 22 is here to read the database', {
      hint: 'add sqlite to the packages, or leave this history out',
    });
  }
  try {
    const database = new sqlite.DatabaseSync(file, { readOnly: true });
    for (const row of database.prepare(query).iterate()) {
      onRow(Object.values(row).map((value) => (value === null ? '' : String(value))));
    }
    database.close();
  } catch (error) {
    throw new UserError('sqlite-open', 'the database cannot be read', { cause: error });
  }
}
