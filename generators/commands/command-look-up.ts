import { UserError } from '../errors.ts';
import { openOutput } from '../lookup/open-output.ts';
import { packagesWithCommand } from '../lookup/packages/available-packages.ts';
import { commandText } from '../lookup/packages/command-text.ts';
import { findCommand } from '../lookup/packages/find-command.ts';
import { hiddenCommands } from '../lookup/packages/hidden-commands.ts';
import type { NixpkgsPackages } from '../lookup/read-output.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

/** The packages of nixpkgs whose main program it is; undefined where the index has none. */
function providers(nixpkgs: NixpkgsPackages | null, name: string): string[] | undefined {
  const found = nixpkgs === null ? [] : packagesWithCommand(nixpkgs, name).map(({ attribute }) => attribute);
  return found.length > 0 ? found : undefined;
}

export const command = defineCommand({
  name: 'command',
  usage: '[--json] [--dir DIR] NAME…',
  description: `
What runs when NAME is typed: an alias, or the command of an installed package. A command that is not on PATH is
looked for among the dependencies of what is installed; --locate asks nix-locate which package would provide it.

Reads the output of the last rebuild; asks neither Nix nor the network. Exit status 1: no such command.`,
  options: {
    locate: { type: 'boolean', help: 'ask nix-locate, if it and its database are installed' },
    ...jsonOption,
    ...dirOption,
  },
  completes: 'command',
  async run({ values, positionals }) {
    if (positionals.length === 0 || positionals.includes('')) {
      throw new UserError('usage', 'expected the NAME of a command', { hint: 'nixos-intelligence command --help' });
    }
    const output = await openOutput(values.dir);
    const { profiles } = output.read('tool_profiles');
    const { aliases } = output.source;
    const ask = values.locate ? (await import('../lookup/packages/nix-locate.ts')).nixLocate : undefined;
    const answers = positionals.map((name) => {
      const answer = findCommand(profiles, aliases, () => hiddenCommands(output), name);
      if (answer.found) return answer;
      const provided = ask === undefined ? providers(output.nixpkgs(), name) : ask(name);
      return provided === undefined ? answer : { ...answer, provided };
    });
    if (values.json) {
      process.stdout.write(`${JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2)}\n`);
    } else {
      process.stdout.write(answers.map(commandText).join(''));
    }
    return answers.every(({ found }) => found) ? 0 : 1;
  },
});
