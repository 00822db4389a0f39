import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { findOption } from '../lookup/options/find-option.ts';
import { optionCategories } from '../lookup/options/option-categories.ts';
import { optionAnswers } from '../lookup/options/option-json.ts';
import { askedOption } from '../lookup/options/option-name.ts';
import { optionText } from '../lookup/options/option-text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

export const command = defineCommand({
  name: 'option',
  usage: '[--all] [--live] [--json] [--dir DIR] [NAME…]',
  description: `
What an option is and what it is set to here: type, default, value, and the file and line that set it. Answers for
NixOS (system) and home-manager (home), for instances (users.users.me.shell), keys of attribute sets
(environment.variables.EDITOR), and old names. NAME. lists what is below it; without NAME, the first names.

Reads the output of the last rebuild; asks neither Nix nor the network, except with --live. Values whose type could
hold private text are not in it: --live prints them. Exit status 1: no such option; the most similar names are
printed.`,
  options: {
    all: { type: 'boolean', help: 'whole descriptions and lists' },
    live: { type: 'boolean', help: 'evaluate the value now, with nix eval, and print it' },
    flake: {
      type: 'string',
      value: 'FLAKE#HOST',
      help: 'with --live: the configuration (default: the one of the output)',
    },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'option',
  async run({ values, positionals }) {
    const output = await openOutput(values.dir);
    const table = output.table('options');
    if (positionals.length === 0) {
      const categories = optionCategories(table);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ categories }, null, 2)}\n`
          : `${categories.map(({ name, options, set }) => `${name} ${options}${set > 0 ? ` (${set} set)` : ''}`).join(', ')}\n`,
      );
      return 0;
    }
    const names = positionals.map(askedOption);
    if (names.some(({ names }) => names.length === 0)) {
      throw new UserError('usage', 'expected the NAME of an option', { hint: 'nixos-intelligence option --help' });
    }
    const found = names.map((asked) => findOption(table, () => output.read('renamed').options, asked));
    const answers = found.map(optionAnswers);
    const unknown = answers.flat().find((answer) => !answer.found);
    const { missingOptions } = output.source;
    if (unknown !== undefined && missingOptions.length > 0) {
      throw new UserError(
        'no-data',
        `the index lacks ${missingOptions.map(({ what }) => what).join(' and ')}: ${unknown.name} may be one of them`,
        { hint: missingOptions.map(({ what, why, advice }) => `${what}: ${why}; ${advice}`).join('\n  ') },
      );
    }
    if (values.live) {
      // Only here Nix is run: the other answers must not wait for the code that does.
      const { addLiveValues } = await import('../lookup/options/live-values.ts');
      await addLiveValues(answers.flat(), output.source, values.flake);
    }
    if (values.json) {
      const flat = answers.flat();
      process.stdout.write(`${JSON.stringify(flat.length === 1 ? flat[0] : flat, null, 2)}\n`);
    } else {
      process.stdout.write(answers.map((some) => optionText(some, values.all === true)).join(''));
    }
    return answers.every((some) => some.some(({ found }) => found)) ? 0 : 1;
  },
});
