import { UserError } from '../errors.ts';
import { day as daySchema } from '../evidence/common.ts';
import type { Option } from './command.ts';

/** Options that every `snapshot` command has. */
export const snapshotOptions = {
  out: {
    type: 'string',
    value: 'DIR',
    help: 'folder for the snapshot (default: intelligence/<user> of the flake in this folder or $NH_FLAKE)',
  },
  'dry-run': { type: 'boolean', help: 'print what would be written, and write nothing' },
  'taken-on': { type: 'string', value: 'DAY', help: 'count ages to this day, not to today: 2026-11-21' },
} satisfies Record<string, Option>;

/** The day a snapshot counts to, UTC. */
export function takenOn(value: unknown): string {
  const day = typeof value === 'string' ? value : new Date().toISOString().slice(0, 10);
  if (!daySchema.safeParse(day).success) {
    throw new UserError('usage', `\`${day}\` is no day`, { hint: 'as in 2026-11-21' });
  }
  return day;
}
