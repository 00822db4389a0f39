import { isBuiltin } from '../../lang/shell/shells.ts';
import type { Finding } from './finding.ts';
import type { KnownFacts } from './known-facts.ts';

/** Aliases and abbreviations with a command that the configuration does not install. */
export function checkAliases({ evaluated, commands, functions }: KnownFacts): Finding[] {
  if (commands === undefined) return [];
  const names = new Set(evaluated.aliases.map(({ name }) => name));
  return evaluated.aliases.flatMap(({ name, kind, shell, commands: used, files }) => {
    const shells = shell === 'all' ? (['bash', 'zsh', 'fish'] as const) : [shell];
    const missing = used.filter(
      (command) =>
        !commands.has(command) &&
        !names.has(command) &&
        !functions.has(command) &&
        !shells.some((each) => isBuiltin(each, command)),
    );
    return [...new Set(missing)].map(
      (command): Finding => ({
        file: files[0] ?? '(the configuration)',
        line: null,
        kind: 'not installed',
        message: `the ${kind} \`${name}\` runs \`${command}\`, which is not installed by the configuration`,
      }),
    );
  });
}
