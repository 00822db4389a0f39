import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { HistorySource } from '../../evidence/shell-history.ts';
import { readAtuinHistory } from './atuin-history.ts';
import { readBashHistory } from './bash-history.ts';
import type { Sink } from './entry.ts';
import { readFishHistory } from './fish-history.ts';
import { readNushellHistory } from './nushell-history.ts';
import { readZshHistory } from './zsh-history.ts';

export type HistoryKind = HistorySource['kind'];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The folders in which shells store histories. */
export interface HistoryFolders {
  home: string;
  data: string;
  config: string;
  state: string;
  cache: string;
}

interface History {
  /** Files that may be the history, most likely first. */
  files: (folders: HistoryFolders, environment: Environment) => (string | undefined)[];
  /** @param host name of this machine: entries from other machines are skipped; null: no entry is */
  read: (file: string, sink: Sink, host: string | null) => void | Promise<void>;
  /** What becomes of a repeated line. `by option`: the shell can be configured to store it once. */
  repeated: 'stored' | 'stored once' | 'by option';
  statuses: boolean;
}

/** Every kind of history. Atuin is first: uses that a shell's own history repeats are then recognised. */
export const histories: Readonly<Record<HistoryKind, History>> = {
  atuin: {
    files: ({ home, data }, { ATUIN_DB_PATH }) => [
      ATUIN_DB_PATH,
      path.join(data, 'atuin/history.db'),
      path.join(home, '.local/share/atuin/history.db'),
      path.join(home, '.atuin/data/history.db'),
    ],
    read: readAtuinHistory,
    repeated: 'stored',
    statuses: true,
  },
  fish: {
    files: ({ data }) => filesIn(path.join(data, 'fish'), '_history'),
    read: readFishHistory,
    repeated: 'stored once',
    statuses: false,
  },
  bash: {
    files: ({ home, state, data, config }) => [
      path.join(home, '.bash_history'),
      path.join(state, 'bash/history'),
      path.join(state, 'bash_history'),
      path.join(data, 'bash/history'),
      path.join(config, 'bash/history'),
    ],
    read: readBashHistory,
    repeated: 'by option',
    statuses: false,
  },
  zsh: {
    files: ({ home, data, config, state, cache }, { ZDOTDIR }) => [
      ...[ZDOTDIR || home, home, path.join(config, 'zsh'), path.join(home, '.zsh')].flatMap((folder) =>
        ['.zsh_history', '.zhistory', '.histfile'].map((name) => path.join(folder, name)),
      ),
      ...[path.join(config, 'zsh'), path.join(home, '.zsh')].flatMap((folder) =>
        ['history', '.history'].map((name) => path.join(folder, name)),
      ),
      ...[data, state, cache].flatMap((folder) =>
        ['zsh/history', 'zsh/zsh_history', 'zsh/.zsh_history', 'zsh_history'].map((name) => path.join(folder, name)),
      ),
    ],
    read: readZshHistory,
    repeated: 'by option',
    statuses: false,
  },
  nushell: {
    files: ({ config }) => [path.join(config, 'nushell/history.txt'), path.join(config, 'nushell/history.sqlite3')],
    read: readNushellHistory,
    repeated: 'stored',
    statuses: true,
  },
};

function filesIn(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
