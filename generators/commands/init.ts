import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { currentUser } from '../current-user.ts';
import { UserError } from '../errors.ts';
import { readSources } from '../evidence/read-sources.ts';
import { type InitPlan, initPlan } from '../lookup/init/init-steps.ts';
import { readSetup } from '../lookup/init/setup.ts';
import { plainText, visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { jsonOption } from './look-up-options.ts';

export const command = defineCommand({
  name: 'init',
  usage: '[--json] [DIR]',
  description: `
Prints the lines that add nixos-intelligence to your configuration, each with the file and line where it belongs: for a
flake (NixOS, home-manager alone or inside NixOS), for npins, and for channels. It reads the .nix files of DIR (default:
the current folder), evaluates nothing and changes nothing.`,
  options: { ...jsonOption },
  completes: 'folder',
  async run({ values, positionals }) {
    const [dir = '.', ...more] = positionals;
    if (more.length > 0) throw new UserError('usage', 'expected one DIR', { hint: 'nixos-intelligence init --help' });
    const sources = existsSync(dir) ? await readSources(resolve(dir)) : [];
    if (sources.length === 0) {
      throw new UserError(
        'no-data',
        `\`${visible(dir)}\`: expected the folder of your configuration, got no .nix file`,
        {
          hint: 'nixos-intelligence init ~/nixos-config; for a first flake: nix flake init -t github:nixos-intelligence/nixos-intelligence',
        },
      );
    }
    const plan = initPlan(readSetup(sources), currentUser().username, hostname().split('.', 1)[0] ?? '');
    process.stdout.write(values.json ? `${JSON.stringify(plan, null, 2)}\n` : planText(plan));
    return 0;
  },
});

function planText({ enabled, steps, next }: InitPlan): string {
  if (enabled !== null) {
    return `programs.nixos-intelligence is set already: ${plainText(enabled.file)}:${enabled.line}\n`;
  }
  return [
    ...steps.flatMap(({ places, where, lines }) => [
      `# ${[...placesText(places), where].join(', ')}`,
      ...lines.map((text) => plainText(text)),
      '',
    ]),
    '# Then look at the result; this activates nothing:',
    ...next,
    '',
  ].join('\n');
}

/** `flake.nix:108 (atlas), 115 (maia)`, one text for each file. */
function placesText(places: InitPlan['steps'][number]['places']): string[] {
  return places.map(({ file, line, name }, index) => {
    const at = `${line === null ? '' : `${line}`}${name === undefined ? '' : ` (${plainText(name)})`}`;
    const isSameFile = places[index - 1]?.file === file;
    if (isSameFile) return at;
    return `${plainText(file)}${at === '' ? '' : ':'}${at}`;
  });
}
