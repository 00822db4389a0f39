import type { Evaluated } from '../../evidence/evaluated.ts';
import type { Evidence } from '../../evidence/evidence.ts';

/** What old text is held against. */
export interface Facts {
  evaluated: Evaluated;
  /** Lower-case names of what is installed or enabled: commands, packages, options. */
  installed: ReadonlySet<string>;
  /** Names of installed commands, as typed; undefined where the packages' commands are not known. */
  commands: ReadonlySet<string> | undefined;
  /** Functions of fish that the configuration puts in place, by their files. */
  functions: ReadonlySet<string>;
  /** Whether a path, relative to the configuration's root, exists; `*` and `<name>` stand for anything. */
  exists: (path: string) => boolean;
}

/** One thing that a text says and that is not so. */
export interface ContextFinding {
  file: string;
  /** From 1; null where it is no line of a text (an alias). */
  line: number | null;
  kind: 'not installed' | 'no such file' | 'wrong count';
  /** What is said, and what was found. */
  message: string;
}

export function factsOf(
  { evaluated, commands, policies }: Pick<Evidence, 'evaluated' | 'commands' | 'policies'>,
  exists: Facts['exists'],
): Facts {
  const typed = commands && new Set(Object.values(commands.packages).flat());
  const installed = new Set<string>();
  for (const { name, mainProgram } of evaluated.packages) {
    installed.add(name.toLowerCase());
    if (mainProgram) installed.add(mainProgram.toLowerCase());
  }
  for (const command of typed ?? []) installed.add(command.toLowerCase());
  for (const { option } of evaluated.options) installed.add(option.slice(option.lastIndexOf('.') + 1).toLowerCase());
  for (const { name } of evaluated.agents) installed.add(name.toLowerCase());
  const functions = new Set(
    (policies?.generated ?? []).flatMap(({ target }) => /fish\/functions\/([^/]+)\.fish$/.exec(target)?.[1] ?? []),
  );
  return { evaluated, installed, commands: typed, functions, exists };
}
