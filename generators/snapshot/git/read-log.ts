import { gitStream } from './git.ts';

/** One file that a commit changed, against its first parent. */
export interface FileChange {
  path: string;
  /** Blob before and after; null: no such file, or a link or a submodule. */
  before: string | null;
  after: string | null;
}

export interface LogEntry {
  hash: string;
  parents: readonly string[];
  /** Seconds since 1970, of the author. */
  time: number;
  /** The author's day, as `git log` shows it. */
  day: string;
  message: string;
  /** Only .nix files. */
  changes: readonly FileChange[];
  changesLock: boolean;
  /** Author and committer, as `Name <address>`. */
  people: readonly string[];
}

const format = '--format=%H%x00%P%x00%at%x00%as%x00%an <%ae>%n%cn <%ce>%x00%B%x00';

/**
 * Commits, each with the .nix files it changes against its first parent: those reachable from a commit,
 * parents before children, or just the ones named.
 *
 * @throws UserError `git` where commits or trees are missing
 */
export async function* readLog(repository: string, from: string | readonly string[]): AsyncGenerator<LogEntry> {
  const walk = typeof from === 'string' ? ['--topo-order', '--reverse', from] : ['--no-walk=unsorted', '--stdin'];
  const args = ['log', '-z', '--raw', '--no-abbrev', '--no-renames', '--diff-merges=first-parent', '--root'];
  args.push(
    '--no-show-signature',
    '--no-notes',
    '--no-mailmap',
    '--encoding=UTF-8',
    '--no-color',
    '--no-decorate',
    format,
    ...walk,
  );
  const fields = splitFields(
    gitStream(repository, args, typeof from === 'string' ? undefined : `${from.join('\n')}\n`),
  );
  let next = await fields.next();
  while (!next.done) {
    const header = [next.value];
    while (header.length < 7) header.push((await fields.next()).value ?? '');
    const [hash = '', parents = '', time, day = '', people = '', message = ''] = header;
    const changes: FileChange[] = [];
    let changesLock = false;
    next = await fields.next();
    while (!next.done && next.value.replace(/^\n/, '').startsWith(':')) {
      const [beforeMode, afterMode, before, after] = next.value.replace(/^\n?:/, '').split(' ');
      const path = (await fields.next()).value ?? '';
      if (path.endsWith('.nix')) {
        changes.push({ path, before: blob(beforeMode, before), after: blob(afterMode, after) });
      } else if (path === 'flake.lock' || path.endsWith('/flake.lock')) {
        changesLock = true;
      }
      next = await fields.next();
    }
    yield {
      hash,
      parents: parents === '' ? [] : parents.split(' '),
      time: Number(time),
      day,
      message: message.trimEnd(),
      changes,
      changesLock,
      people: people.split('\n'),
    };
  }
}

function blob(mode = '', hash = ''): string | null {
  return /^100(644|664|755)$/.test(mode) ? hash : null;
}

/** Splits at NUL. Invalid UTF-8 becomes replacement characters: git has converted known encodings. */
async function* splitFields(pieces: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  let rest: Buffer[] = [];
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(0); end !== -1; end = piece.indexOf(0, start)) {
      const part = piece.subarray(start, end);
      yield rest.length === 0 ? part.toString() : Buffer.concat([...rest, part]).toString();
      rest = [];
      start = end + 1;
    }
    if (start < piece.length) rest.push(piece.subarray(start));
  }
  return undefined;
}
