import { homedir, userInfo } from 'node:os';
import { publicTools } from '../data/public-tools.ts';
import { machine } from '../evidence/machine.ts';
import { takeMachine } from '../snapshot/machine/take-machine.ts';
import { saveSnapshot } from '../snapshot/save-snapshot.ts';
import { defineCommand } from './command.ts';
import { dayOrToday, snapshotOptions } from './snapshot-options.ts';

export const command = defineCommand({
  name: 'snapshot machine',
  usage: '[--out DIR] [--dry-run]',
  description: `
Looks through PATH and the folders of installers and writes machine.json: programs that come from outside the
configuration (pip, npm, cargo, go, nix profile, ~/.local/bin, …), how many packages each installer has installed, the
generations by month.

Names are written only if they are publicly known or also in the configuration's profiles. No program is run.`,
  options: {
    ...snapshotOptions,
    deny: { type: 'string', multiple: true, value: 'NAME', help: 'never write this program name' },
  },
  async run({ values }) {
    const denied = new Set(values.deny);
    const snapshot = takeMachine({
      home: homedir(),
      user: userInfo().username,
      path: process.env.PATH ?? '',
      isPublic: (name) => publicTools.has(name),
      isDenied: (name) => denied.has(name),
      takenOn: dayOrToday(values['taken-on']),
    });
    saveSnapshot('machine', machine, snapshot, { out: values.out, dryRun: values['dry-run'] ?? false });
    return 0;
  },
});
