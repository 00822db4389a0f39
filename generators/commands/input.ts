import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Source } from '../lookup/index/source.ts';
import { nearNames } from '../lookup/near-names.ts';
import { openOutput } from '../lookup/open-output.ts';
import { plainText, visible } from '../text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

const defaultLines = 40;
const shownEntries = 60;

export const command = defineCommand({
  name: 'input',
  usage: '[--lines N] [--flake FLAKE] [--json] [--dir DIR] [NAME [PATH]]',
  description: `
The inputs of the configuration's flake with their revisions. With NAME: its files; with PATH: those of a folder in
it, or the text of a file. Nix is asked for the store path of the input; without NAME it is not.

Exit status 1: no such input or path; similar names are printed.`,
  options: {
    lines: { type: 'string', value: 'N', help: `at most N lines of a file (default: ${defaultLines})` },
    flake: { type: 'string', value: 'FLAKE', help: 'the flake (default: the checkout of the configuration)' },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'input',
  async run({ values, positionals }) {
    const [name, path, ...more] = positionals;
    if (name === '' || path === '' || more.length > 0) {
      throw new UserError('usage', 'expected NAME and PATH at most, none of them empty', {
        hint: 'nixos-intelligence input --help',
      });
    }
    const limit = values.lines ?? String(defaultLines);
    if (!/^[1-9]\d{0,5}$/.test(limit)) {
      throw new UserError('usage', `--lines: expected a number from 1, got \`${visible(limit)}\``);
    }
    const { source } = await openOutput(values.dir);
    const { inputs } = source.flake;
    if (name === undefined) {
      process.stdout.write(values.json ? `${JSON.stringify({ inputs }, null, 2)}\n` : inputs.map(line).join(''));
      return 0;
    }
    const input = inputs.find((one) => one.name === name);
    if (input === undefined) {
      const near = nearNames(name, inputs, 3).map((one) => one.name);
      const shown = plainText(name, 100);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ name, found: false, near })}\n`
          : `no input ${shown}; there are ${inputs.map((one) => one.name).join(', ')}\n`,
      );
      return 1;
    }
    // Only here Nix is run: the list must not wait for the code that does.
    const { readInputPath } = await import('../lookup/inputs/input-path.ts');
    const found = await readInputPath(flakeOf(source, values.flake), name, path ?? '.');
    if (values.json) process.stdout.write(`${JSON.stringify({ ...input, ...found }, null, 2)}\n`);
    else if ('text' in found) process.stdout.write(first(found.text, Number(limit)));
    else process.stdout.write(entries(found.entries));
    return 0;
  },
});

function line({ name, revision, lastModified }: Source['flake']['inputs'][number]): string {
  const day = lastModified === null ? '' : ` of ${new Date(lastModified * 1000).toISOString().slice(0, 10)}`;
  return `${name} ${revision?.slice(0, 12) ?? 'no revision'}${day}\n`;
}

function flakeOf({ flake }: Source, named: string | undefined): string {
  const found = named ?? flake.checkout;
  // `builtins.getFlake` takes no relative path.
  if (found !== null) return /^\.{0,2}\//.test(`${found}/`) ? resolve(found) : found;
  throw new UserError('usage', 'the output does not say where the configuration lies', {
    hint: '--flake FLAKE, or set programs.nixos-intelligence.flake.path',
  });
}

function first(text: string, limit: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const rest = lines.length - limit;
  return `${lines.slice(0, limit).map(visibleLine).join('\n')}\n${rest > 0 ? `${rest} more lines: --lines ${lines.length}\n` : ''}`;
}

const visibleLine = (text: string): string => text.split('\t').map(visible).join('\t');

function entries(names: readonly string[]): string {
  const rest = names.length - shownEntries;
  return `${names.slice(0, shownEntries).map(visible).join('  ')}${rest > 0 ? `  and ${rest} more` : ''}\n`;
}
