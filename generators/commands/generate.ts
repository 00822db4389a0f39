import { UserError } from '../errors.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { withBudget } from '../evidence/settings.ts';
import { buildOutput } from '../output/build-output.ts';
import { warnings } from '../output/warnings.ts';
import { writeFolder } from '../output/write-folder.ts';
import { budgetFrom, budgetOptions } from './budget-options.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'generate',
  usage: '--in DIR --out DIR',
  description: `
Reads the evidence in one folder and writes CLAUDE.md, AGENTS.md and intelligence/*.json into another, completely or
not at all. Reads nothing else: no clock, no network, no home directory.

A bad snapshot is left out with a warning. Any other bad file is an error.`,
  options: {
    in: { type: 'string', value: 'DIR', help: 'evaluated.json, closure.json, commands.json, snapshots/, …' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write; an earlier output in it is replaced' },
    ...budgetOptions,
  },
  async run({ values }) {
    if (values.in === undefined || values.out === undefined) {
      throw new UserError('usage', 'expected --in DIR and --out DIR', { hint: 'nixos-intelligence generate --help' });
    }
    const read = readEvidence(values.in);
    const { files, manifest } = buildOutput({ ...read, settings: withBudget(read.settings, budgetFrom(values)) });
    writeFolder(values.out, files);
    for (const warning of warnings(manifest)) console.error(`nixos-intelligence: warning: ${warning}`);
    return 0;
  },
});
