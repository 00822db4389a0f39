import { UserError } from '../errors.ts';
import { outputReader } from '../lookup/read-output.ts';
import { toCall } from '../policy/call-table.ts';
import { explain } from '../policy/explain.ts';
import { explainText } from '../policy/explain-text.ts';
import { defineCommand } from './command.ts';
import { policyOptions, worldAt } from './policy-options.ts';

export const command = defineCommand({
  name: 'policy explain',
  usage: "[--cwd DIR] [--json] [--dir DIR] 'COMMAND'",
  description: `
What the hook understands of a command line (each command, what it reads, writes and runs), what it decides, by which
rule and why. Runs nothing. COMMAND is one argument: quote it. A call of another tool is written with its input:

  policy explain 'git -C ../repo push --force'
  policy explain 'Read {"file_path": "/home/ann/.env"}'`,
  options: policyOptions,
  async run({ values, positionals }) {
    const [text, ...more] = positionals;
    if (text === undefined || more.length > 0) {
      throw new UserError('usage', `expected one COMMAND, got ${positionals.length}`, {
        hint: "quote it: nixos-intelligence policy explain 'rm -rf build'",
      });
    }
    const policies = outputReader(values.dir).read('policies');
    const explanation = explain(toCall(text), policies, worldAt(values.cwd));
    process.stdout.write(values.json ? `${JSON.stringify(explanation, null, 2)}\n` : explainText(explanation));
    return 0;
  },
});
