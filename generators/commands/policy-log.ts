import { readFileSync } from 'node:fs';
import { dayNumber, dayText } from '../days.ts';
import { UserError } from '../errors.ts';
import { outcomesFile } from '../policy/count.ts';
import { countedOutcomes } from '../policy/outcomes.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { jsonOption } from './look-up-options.ts';
import { worldAt } from './policy-options.ts';

export const command = defineCommand({
  name: 'policy log',
  usage: '[--days N] [--json]',
  description: `
How often each rule advised, asked or blocked, and on which days. The hook counts while
programs.nixos-intelligence.policies.count is true; it stores no text of a call. Exit status 1: nothing was counted in
that time.`,
  options: { days: { type: 'string', value: 'N', help: 'only the last N days' }, ...jsonOption },
  async run({ values, positionals }) {
    if (positionals.length > 0 || (values.days !== undefined && !/^\d+$/.test(values.days))) {
      throw new UserError('usage', 'expected no argument, and a number after --days', {
        hint: 'nixos-intelligence policy log --help',
      });
    }
    const file = outcomesFile(worldAt(undefined));
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (cause) {
      throw new UserError('no-data', `cannot read \`${visible(file)}\``, {
        hint: 'the hook writes it while programs.nixos-intelligence.policies.count = true',
        cause,
      });
    }
    const today = new Date().toISOString().slice(0, 10);
    const since = values.days === undefined ? '' : dayText(dayNumber(today) - Number(values.days));
    const outcomes = countedOutcomes(text, since);
    if (values.json) process.stdout.write(`${JSON.stringify({ outcomes }, null, 2)}\n`);
    else if (outcomes.length === 0) console.log('nothing was counted');
    else {
      for (const { rule, decision, count, first, last } of outcomes) {
        console.log(`${String(count).padStart(6)}  ${decision.padEnd(6)}  ${visible(rule)}  (${first} to ${last})`);
      }
    }
    return outcomes.length > 0 ? 0 : 1;
  },
});
