import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { visible } from '../../text.ts';

export const historyKinds = ['atuin', 'fish', 'bash', 'zsh', 'nushell'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export interface HistoryFile {
  kind: HistoryKind;
  file: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The histories of a user that exist, atuin first, without links to the same file. */
export function findHistories(home: string, environment: Environment): HistoryFile[] {
  const data = environment.XDG_DATA_HOME || path.join(home, '.local/share');
  const config = environment.XDG_CONFIG_HOME || path.join(home, '.config');
  const state = environment.XDG_STATE_HOME || path.join(home, '.local/state');
  const zdotdir = environment.ZDOTDIR || home;
  const candidates: Record<HistoryKind, (string | undefined)[]> = {
    atuin: [
      environment.ATUIN_DB_PATH,
      path.join(data, 'atuin/history.db'),
      path.join(home, '.local/share/atuin/history.db'),
      path.join(home, '.atuin/data/history.db'),
    ],
    fish: fishFiles(path.join(data, 'fish')),
    bash: [
      path.join(home, '.bash_history'),
      path.join(state, 'bash/history'),
      path.join(state, 'bash_history'),
      path.join(data, 'bash/history'),
      path.join(config, 'bash/history'),
    ],
    zsh: [
      ...[zdotdir, home, path.join(config, 'zsh'), path.join(home, '.zsh')].flatMap((folder) =>
        ['.zsh_history', '.zhistory', '.histfile'].map((name) => path.join(folder, name)),
      ),
      ...[path.join(config, 'zsh'), path.join(home, '.zsh')].flatMap((folder) =>
        ['history', '.history'].map((name) => path.join(folder, name)),
      ),
      ...[data, state, environment.XDG_CACHE_HOME || path.join(home, '.cache')].flatMap((folder) =>
        ['zsh/history', 'zsh/zsh_history', 'zsh/.zsh_history', 'zsh_history'].map((name) => path.join(folder, name)),
      ),
    ],
    nushell: [path.join(config, 'nushell/history.txt'), path.join(config, 'nushell/history.sqlite3')],
  };
  const found: HistoryFile[] = [];
  const seen = new Set<string>();
  for (const kind of historyKinds) {
    for (const file of candidates[kind]) {
      const identity = file === undefined ? null : identityOf(file);
      if (file === undefined || identity === null || seen.has(identity)) continue;
      seen.add(identity);
      found.push({ kind, file });
    }
  }
  // HISTFILE of the calling shell, which may be any.
  const own = environment.HISTFILE;
  if (own !== undefined && own !== '') {
    const identity = identityOf(own);
    if (identity !== null && !seen.has(identity)) found.push({ kind: isZshHistory(own) ? 'zsh' : 'bash', file: own });
  }
  return found;
}

/**
 * Reads `fish=FILE` as given on the command line.
 * @throws UserError `usage` if the kind is unknown or the file is not a regular file with content
 */
export function namedHistory(value: string): HistoryFile {
  const equals = value.indexOf('=');
  const kind = historyKinds.find((one) => one === value.slice(0, equals));
  if (equals < 0 || kind === undefined) {
    throw new UserError('usage', `\`${value}\` names no history: expected KIND=FILE`, {
      hint: `KIND is one of ${historyKinds.join(', ')}`,
    });
  }
  const file = value.slice(equals + 1);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UserError('usage', `--history: there is no file \`${visible(file)}\``);
  if (!found.isFile())
    throw new UserError('usage', `--history: expected a file, got a folder, pipe or device: \`${visible(file)}\``);
  if (found.size === 0) throw new UserError('usage', `--history: \`${visible(file)}\` is empty`);
  return { kind, file };
}

/** zsh's times decide, and bash's; a history without times belongs to zsh if its path names zsh. */
function isZshHistory(file: string): boolean {
  const head = Buffer.alloc(64 * 1024);
  try {
    const descriptor = openSync(file, 'r');
    const length = readSync(descriptor, head);
    closeSync(descriptor);
    const text = head.toString('latin1', 0, length);
    if (/^: \d{9,11}:\d+;/m.test(text)) return true;
    return !/^#\d{9,11}$/m.test(text) && /zsh|zhist/.test(file);
  } catch {
    return /zsh|zhist/.test(file); // the reader reports it
  }
}

function fishFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('_history'))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

/** Device and inode of a regular file that is not empty; null otherwise. */
function identityOf(file: string): string | null {
  try {
    const { dev, ino, size } = statSync(file);
    return statSync(file).isFile() && size > 0 ? `${dev}:${ino}` : null;
  } catch {
    return null;
  }
}
