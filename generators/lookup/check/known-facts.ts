import type { Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';

/** What existing docs are checked against. */
export interface KnownFacts {
  evaluated: { packages: readonly { base: boolean }[]; aliases: Evaluated['aliases'] };
  /** Lower-case names of what is installed or enabled: commands, packages, options, agents. */
  installed: ReadonlySet<string>;
  /** Names of installed commands, as typed; undefined when the commands of the packages are not known. */
  commands: ReadonlySet<string> | undefined;
}

export function knownFacts({ evaluated, commands }: Pick<Evidence, 'evaluated' | 'commands'>): KnownFacts {
  const { packages, options, agents } = evaluated;
  const typed = commands && new Set(Object.values(commands.packages).flat());
  const names = [
    ...packages.flatMap(({ name, mainProgram }) => [name, mainProgram ?? name]),
    ...(typed ?? []),
    ...options.map(({ option }) => option.slice(option.lastIndexOf('.') + 1)),
    ...agents.map(({ name }) => name),
  ];
  return {
    evaluated,
    installed: new Set(names.map((name) => name.toLowerCase())),
    commands: typed,
  };
}
