import { UserError } from '../errors.ts';
import { checks } from '../lookup/doctor/checks.ts';
import { doctorText } from '../lookup/doctor/doctor-text.ts';
import { examine } from '../lookup/doctor/examine.ts';
import { machineToExamine } from '../lookup/doctor/machine-to-examine.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';
import { withProgress } from './progress.ts';

export const command = defineCommand({
  name: 'doctor',
  usage: '[--only ID]… [--list] [--json] [--root DIR] [--dir DIR]',
  description: `
Checks this system: the configuration and its inputs, what is linked for agents, what is installed. Each finding has
its evidence and the command that fixes it; nothing is changed. A check that does not apply says why.

Reads files, and runs git, systemctl, nix path-info and the policy hook; asks no network. Exit status 0: no findings;
1: findings; 2: there is no output of the configuration and nothing was found.`,
  options: {
    only: { type: 'string', multiple: true, value: 'ID', help: 'run only this check' },
    list: { type: 'boolean', help: 'print the checks and what they read' },
    root: { type: 'string', value: 'DIR', help: 'the root of another system, for instance /mnt' },
    ...jsonOption,
    ...dirOption,
  },
  async run({ values, positionals }) {
    const unknown = values.only?.find((id) => !checks.some((check) => check.id === id));
    if (positionals.length > 0 || unknown !== undefined) {
      throw new UserError('usage', unknown === undefined ? 'expected no argument' : `no check \`${unknown}\``, {
        hint: 'nixos-intelligence doctor --list',
      });
    }
    if (values.list) {
      process.stdout.write(checks.map(({ id, severity, reads }) => `${id} (${severity}): ${reads}\n`).join(''));
      return 0;
    }
    const machine = machineToExamine(values.root, values.dir);
    const chosen = checks.filter(({ id }) => values.only?.includes(id) ?? true);
    const checked = await withProgress('checking this system', (report) => examine(machine, chosen, report));
    process.stdout.write(values.json ? `${JSON.stringify({ checks: checked }, null, 2)}\n` : doctorText(checked));
    if (checked.some(({ status }) => status === 'finding')) return 1;
    if (machine.output === null) console.error(`nixos-intelligence: ${machine.noOutput}`);
    return machine.output === null ? 2 : 0;
  },
});
