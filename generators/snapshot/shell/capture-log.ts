import path from 'node:path';
import { subcommandTools } from '../../data/subcommands.ts';
import type { KnownNames } from './known-names.ts';
import { readLines } from './read-lines.ts';

/** One line of the recorder's log. */
export interface Captured {
  day: number;
  command: string;
  subcommand: string | null;
  status: number;
  piped: boolean;
}

/** The file that the recorder of `capture.enable` writes. */
export function captureLog(home: string, environment: Readonly<Record<string, string | undefined>>): string {
  const state = environment.XDG_STATE_HOME || path.join(home, '.local/state');
  return path.join(state, 'nixos-intelligence/commands.log');
}

/**
 * Reads the recorder's log: day since 1970, command, subcommand, status, milliseconds, stages of the pipeline. The
 * user may have changed the file, so names are checked against the allow-list again.
 */
export function readCaptureLog(file: string, known: KnownNames, onLine: (line: Captured) => void): void {
  readLines(file, 'utf8', (raw) => {
    const columns = raw.split('\t');
    if (columns.length !== 6) return;
    const [day = '', command = '', subcommand = '', status = '', , stages = ''] = columns;
    if (!/^\d{5}$/.test(day) || !/^\d{1,3}$/.test(status) || !known.has(command)) return;
    const listed = subcommandTools.get(command)?.names.has(subcommand) ?? false;
    onLine({
      day: Number(day),
      command,
      subcommand: listed ? subcommand : null,
      status: Number(status),
      piped: /^\d+$/.test(stages) && Number(stages) > 1,
    });
  });
}
