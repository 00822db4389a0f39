import { bashCompletion } from './bash-completion.ts';
import { documentedCommands } from './documented-commands.ts';
import { fishCompletion } from './fish-completion.ts';
import { manPage } from './man-page.ts';
import { zshCompletion } from './zsh-completion.ts';

/** The files of `share/` in the package: path -> content. `generators/bundle.mjs` writes them. */
export async function shareFiles(version: string): Promise<Record<string, string>> {
  const commands = await documentedCommands();
  return {
    'bash-completion/completions/nixos-intelligence': bashCompletion(commands),
    'zsh/site-functions/_nixos-intelligence': zshCompletion(commands),
    'fish/vendor_completions.d/nixos-intelligence.fish': fishCompletion(commands),
    'man/man1/nixos-intelligence.1': manPage(commands, version),
  };
}
