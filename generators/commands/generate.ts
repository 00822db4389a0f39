import { UserError } from '../errors.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { budget, type Settings } from '../evidence/settings.ts';
import { buildOutput } from '../output/build-output.ts';
import { writeFolder } from '../output/write-folder.ts';
import { visible } from '../plain-text.ts';
import type { Arguments, Command } from './command.ts';

export const command: Command = {
  name: 'generate',
  usage: '--in DIR --out DIR',
  description: `Reads the evidence in one folder and writes CLAUDE.md, AGENTS.md and intelligence/*.json into another,
whole or not at all. Reads nothing else: no clock, no network, no home directory.

A snapshot that cannot be used is left out with a warning. Any other bad file is an error.`,
  options: {
    in: { type: 'string', value: 'DIR', help: 'evaluated.json, closure.json, commands.json, snapshots/, …' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write; an earlier output in it is replaced' },
    'max-lines': { type: 'string', value: 'N', help: 'lines of CLAUDE.md at most (settings.json, else 150)' },
    'max-tokens': {
      type: 'string',
      value: 'N',
      help: 'estimated tokens of CLAUDE.md at most (settings.json, else no limit)',
    },
  },
  async run({ values }) {
    if (typeof values.in !== 'string' || typeof values.out !== 'string') {
      throw new UserError('usage', 'expected --in DIR and --out DIR', { hint: 'nixos-intelligence generate --help' });
    }
    const read = readEvidence(values.in);
    const { files, manifest } = buildOutput({ ...read, settings: withBudget(read.settings, values) });
    writeFolder(values.out, files);
    for (const warning of warnings(manifest)) console.error(`nixos-intelligence: warning: ${warning}`);
    return 0;
  },
};

/** What the user should hear of: evidence that could not be used, questions that failed. */
export function warnings({ rejected, analyses }: Manifest): string[] {
  return [
    ...rejected.map(({ file, reason }) => `${file} is left out. ${reason}`),
    ...analyses
      .filter(({ status }) => status === 'failed')
      .map(({ file, because }) => `intelligence/${file}.json is left out: ${visible(because ?? '')}`),
  ];
}

/** @throws UserError `usage` for a budget that is no number, or too small for any text */
export function withBudget(chosen: Settings, values: Arguments['values']): Settings {
  const wanted = { ...chosen.budget };
  for (const [name, key] of [
    ['max-lines', 'lines'],
    ['max-tokens', 'tokens'],
  ] as const) {
    const value = values[name];
    if (value === undefined) continue;
    const parsed = budget.safeParse({ ...wanted, [key]: Number(value) });
    if (!parsed.success) {
      throw new UserError('usage', `--${name}: ${parsed.error.issues[0]?.message}, got \`${visible(String(value))}\``);
    }
    Object.assign(wanted, { [key]: parsed.data[key] });
  }
  return { ...chosen, budget: wanted };
}
