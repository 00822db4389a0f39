import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { findPackage } from '../lookup/packages/find-package.ts';
import { hiddenCommands } from '../lookup/packages/hidden-commands.ts';
import { packageText } from '../lookup/packages/package-text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

export const command = defineCommand({
  name: 'package',
  usage: '[--all] [--json] [--dir DIR] NAME…',
  description: `
Whether a package is installed here: for whom, declared in which file and line or added by which option, its version
and commands, how it differs from nixpkgs, when and why it was added. NAME is a package, an attribute
(kdePackages.okular) or a command (rg). Of a package that is not installed: what nixpkgs has, if
programs.nixos-intelligence.index.nixpkgs.enable is set.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: not installed; similar names
are printed.`,
  options: {
    all: { type: 'boolean', help: 'every attribute, command and note' },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'package',
  async run({ values, positionals }) {
    if (positionals.length === 0 || positionals.includes('')) {
      throw new UserError('usage', 'expected the NAME of a package', { hint: 'nixos-intelligence package --help' });
    }
    const output = await openOutput(values.dir);
    const { profiles } = output.read('tool_profiles');
    const { user } = output.source;
    const answers = positionals.map((name) =>
      findPackage(profiles, () => hiddenCommands(output), user, name, output.nixpkgs),
    );
    if (values.json) {
      process.stdout.write(`${JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2)}\n`);
    } else {
      process.stdout.write(answers.map((answer) => packageText(answer, values.all === true)).join(''));
    }
    return answers.every(({ found }) => found) ? 0 : 1;
  },
});
