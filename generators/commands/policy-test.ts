import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { outputReader } from '../lookup/read-output.ts';
import { asExpected, readCallTable } from '../policy/call-table.ts';
import { decide } from '../policy/decide.ts';
import { visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { policyOptions, worldAt } from './policy-options.ts';

export const command = defineCommand({
  name: 'policy test',
  usage: '[--cwd DIR] [--json] [--dir DIR] FILE',
  description: `
Checks a table of calls against the policies, for rules of your own. Runs none of the calls. One call a line:

  block | no-apply | terraform apply
  pass  |          | terraform plan
  ask   | secrets  | Read {"file_path": "/home/ann/.env"}

The first word is none (no answer), pass (not stopped), stop (ask or block), advise, ask or block; the rule may be left
out. Prints what differs. Exit status 1: a call is decided differently.`,
  options: policyOptions,
  completes: 'file',
  async run({ values, positionals }) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) {
      throw new UserError('usage', `expected one FILE, got ${positionals.length}`, {
        hint: 'nixos-intelligence policy test --help',
      });
    }
    const text = await readFile(file, 'utf8').catch((cause) => {
      throw new UserError('input', `cannot read \`${visible(file)}\``, { cause });
    });
    const rows = readCallTable(text, file);
    const policies = outputReader(values.dir).read('policies');
    const world = worldAt(values.cwd);
    const failed = rows.flatMap((row) => {
      const verdict = decide(row.call, policies, world);
      if (asExpected(row, verdict)) return [];
      const { rule = null, reason = null } = verdict.findings[0] ?? {};
      const { line, expected, text: call } = row;
      return [
        { line, call, expected, expectedRule: row.rule || null, decision: verdict.decision ?? 'none', rule, reason },
      ];
    });
    if (values.json) process.stdout.write(`${JSON.stringify({ calls: rows.length, failed }, null, 2)}\n`);
    else {
      for (const { line, call, expected, expectedRule, decision, rule } of failed) {
        const by = (name: string | null): string => (name === null ? '' : ` by ${visible(name)}`);
        console.log(
          `${visible(file)}:${line}: expected ${expected}${by(expectedRule)}, got ${decision}${by(rule)}: ${visible(call)}`,
        );
      }
      console.log(`${rows.length} calls, ${failed.length} decided differently`);
    }
    return failed.length > 0 ? 1 : 0;
  },
});
