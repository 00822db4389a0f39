import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBuiltin } from '../../../lang/shell/shells.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, counted } from '../machine.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const deadAliases: Check = {
  id: 'dead-aliases',
  severity: 'warning',
  reads: 'the aliases of the configuration, the commands of its packages, and PATH',
  run(machine) {
    const { output } = machine;
    if (output === null) return notApplicable(machine.noOutput);
    const { aliases } = output.source;
    if (aliases.length === 0) return notApplicable('the configuration has no aliases');
    const { profiles } = output.read('tool_profiles');
    if (!profiles.some(({ commands }) => commands !== null)) {
      return notApplicable('the commands of the packages are not known');
    }
    const folders = (machine.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
    const fishFunctions = ['.config/fish/functions', '.local/share/fish/vendor_functions.d'];
    const names = new Set([...profiles.flatMap(({ commands }) => commands ?? []), ...aliases.map(({ name }) => name)]);
    const runs = (shell: (typeof aliases)[number]['shell'], command: string): boolean =>
      names.has(command) ||
      (shell === 'all' ? shells : [shell]).some((each) => isBuiltin(each, command)) ||
      folders.some((folder) => existsSync(at(machine, join(folder, command)))) ||
      fishFunctions.some((folder) => existsSync(at(machine, join(machine.home, folder, `${command}.fish`))));
    const dead = aliases.flatMap(({ name, kind, shell, commands, files }) =>
      [...new Set(commands)]
        .filter((command) => !runs(shell, command))
        .map((command) => ({ command, text: `${kind} ${name} runs ${command}${files[0] ? ` (${files[0]})` : ''}` })),
    );
    if (dead.length === 0) return ok(`the commands of ${counted(aliases.length, 'alias', 'aliases')} exist`);
    return finding(
      `${dead.length === 1 ? 'an alias runs a command' : `${dead.length} aliases run commands`} that nothing provides`,
      dead.map(({ text }) => text),
      `nixos-intelligence search ${[...new Set(dead.map(({ command }) => command))].slice(0, 5).join(' ')}`,
    );
  },
};
