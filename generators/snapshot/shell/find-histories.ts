import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { keysOf } from '../../keys-of.ts';
import { visible } from '../../text.ts';
import { type Environment, type HistoryFolders, type HistoryKind, histories } from './histories.ts';

const historyKinds = keysOf(histories);

export interface HistoryFile {
  kind: HistoryKind;
  file: string;
}

/** The histories of a user that exist, atuin first, without links to the same file. */
export function findHistories(home: string, environment: Environment): HistoryFile[] {
  const folders: HistoryFolders = {
    home,
    data: environment.XDG_DATA_HOME || path.join(home, '.local/share'),
    config: environment.XDG_CONFIG_HOME || path.join(home, '.config'),
    state: environment.XDG_STATE_HOME || path.join(home, '.local/state'),
    cache: environment.XDG_CACHE_HOME || path.join(home, '.cache'),
  };
  const found: HistoryFile[] = [];
  const seen = new Set<string>();
  for (const kind of historyKinds) {
    for (const file of histories[kind].files(folders, environment)) {
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

/** Device and inode of a regular file that is not empty; null otherwise. */
function identityOf(file: string): string | null {
  try {
    const { dev, ino, size } = statSync(file);
    return statSync(file).isFile() && size > 0 ? `${dev}:${ino}` : null;
  } catch {
    return null;
  }
}
