import { UserError } from '../errors.ts';
import { type Budget, budget } from '../evidence/settings.ts';
import { visible } from '../text.ts';
import type { Options, Values } from './command.ts';

/** Options of the commands that write CLAUDE.md. */
export const budgetOptions = {
  'max-lines': {
    type: 'string',
    value: 'N',
    help: 'maximum number of lines of CLAUDE.md (default: settings.json, 60 to 100)',
  },
  'max-tokens': {
    type: 'string',
    value: 'N',
    help: 'maximum number of estimated tokens of CLAUDE.md (default: settings.json, 1000 to 2000)',
  },
} as const satisfies Options;

/**
 * The budget that the options set; without an option the settings hold.
 *
 * @throws UserError `usage` for a value that is not a number, or too small for any text
 */
export function budgetFrom(values: Values<typeof budgetOptions>): Partial<Budget> {
  return { ...limitFrom('lines', values['max-lines']), ...limitFrom('tokens', values['max-tokens']) };
}

function limitFrom(key: keyof Budget, value: string | undefined): Partial<Budget> {
  if (value === undefined) return {};
  const parsed = budget.partial().safeParse({ [key]: Number(value) });
  if (parsed.success) return { [key]: parsed.data[key] };
  throw new UserError('usage', `--max-${key}: ${parsed.error.issues[0]?.message}, got \`${visible(value)}\``);
}
