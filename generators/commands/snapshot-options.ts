import { UserError } from '../errors.ts';
import { day as daySchema } from '../evidence/common.ts';
import type { Options } from './command.ts';

/** Options of every `snapshot` command. */
export const snapshotOptions = {
  out: {
    type: 'string',
    value: 'DIR',
    help: 'folder for the snapshot (default: intelligence/<user> in the flake of this folder, else of $NH_FLAKE)',
  },
  'dry-run': { type: 'boolean', help: 'print the snapshot and write nothing' },
  'taken-on': { type: 'string', value: 'DAY', help: 'count ages to this day instead of today: 2026-11-21' },
} as const satisfies Options;

/**
 * A day of the command line; default: today, UTC.
 *
 * @throws UserError `usage` for a text that is not a day
 */
export function dayOrToday(value: string | undefined): string {
  const day = value ?? new Date().toISOString().slice(0, 10);
  if (!daySchema.safeParse(day).success) {
    throw new UserError('usage', `expected a day as 2026-11-21, got \`${day}\``);
  }
  return day;
}
