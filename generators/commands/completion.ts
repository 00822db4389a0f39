import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { shippedFile } from '../shipped-file.ts';
import { defineCommand } from './command.ts';

const files = new Map([
  ['bash', 'bash-completion/completions/nixos-intelligence'],
  ['zsh', 'zsh/site-functions/_nixos-intelligence'],
  ['fish', 'fish/vendor_completions.d/nixos-intelligence.fish'],
]);
const shells = [...files.keys()];

export const command = defineCommand({
  name: 'completion',
  usage: shells.join(' | '),
  description: `
Prints the completion of this command line. The Nix package installs it together with a manual page; elsewhere:

    source <(nixos-intelligence completion bash)
    nixos-intelligence completion zsh > FOLDER_OF_FPATH/_nixos-intelligence
    nixos-intelligence completion fish > ~/.config/fish/completions/nixos-intelligence.fish`,
  options: {},
  completes: shells,
  async run({ positionals }) {
    const file = positionals.length === 1 ? files.get(positionals[0] ?? '') : undefined;
    if (file === undefined) {
      throw new UserError('usage', `expected one of ${shells.join(', ')}`, {
        hint: 'nixos-intelligence completion --help',
      });
    }
    process.stdout.write(readFileSync(shippedFile(`share/${file}`)));
    return 0;
  },
});
