import { isBuiltin } from '../lang/shell/shells.ts';
import type { Evaluated } from './evaluated.ts';
import type { Evidence } from './evidence.ts';

/** An alias with a command that the configuration does not install. */
export interface DeadAlias {
  alias: Evaluated['aliases'][number];
  /** The position of the alias in `aliases`. */
  index: number;
  command: string;
}

/** Aliases and abbreviations that run commands of no package; empty where the commands are not known. */
export function deadAliases({
  evaluated,
  commands,
  policies,
}: Pick<Evidence, 'evaluated' | 'commands' | 'policies'>): DeadAlias[] {
  if (commands === undefined) return [];
  const known = new Set([
    ...Object.values(commands.packages).flat(),
    ...evaluated.aliases.map(({ name }) => name),
    ...fishFunctions(policies),
  ]);
  return evaluated.aliases.flatMap((alias, index) => {
    const shells = alias.shell === 'all' ? (['bash', 'zsh', 'fish'] as const) : [alias.shell];
    const missing = alias.commands.filter(
      (command) => !known.has(command) && !shells.some((shell) => isBuiltin(shell, command)),
    );
    return [...new Set(missing)].map((command) => ({ alias, index, command }));
  });
}

/** The names of the fish functions that the configuration installs. */
function fishFunctions(policies: Evidence['policies']): string[] {
  return (policies?.generated ?? []).flatMap(({ target }) => /fish\/functions\/([^/]+)\.fish$/.exec(target)?.[1] ?? []);
}
