import { expectedCommands } from '../../data/expected-commands.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { parseStoreName } from '../../store-name.ts';
import type { ReadStoreGraph } from './store-graph.ts';

/** Who offers which commands. */
export interface Offers {
  /** What a package (declared or base) puts on PATH. */
  ofPackage: (id: string) => readonly string[];
  /** What a store path offers, on PATH or not. */
  ofPath: (node: number) => readonly string[];
  /** Where the commands of a store path are known from. */
  readFrom: 'bin' | 'name';
}

/**
 * A package's commands are those in commands.json, else what the closure read off its outputs, else
 * its mainProgram. A store path's are those of its `bin/`; where the closure came without, the well-known
 * ones of a package of that name, and then only of its main output: `gcc-14.3.0-lib` is no compiler.
 */
export function offers(evidence: Evidence, store: ReadStoreGraph): Offers {
  const { commands } = store;
  const mainPrograms = new Map(evidence.evaluated.packages.map(({ id, mainProgram }) => [id, mainProgram]));
  const ofPath =
    commands === null
      ? remembered((node: number) => commandsByName(store.labels[node] as string))
      : (node: number) => commands[node] as readonly string[];
  return {
    ofPath,
    readFrom: commands === null ? 'name' : 'bin',
    ofPackage: remembered((id) => {
      const known = evidence.commands?.packages[id];
      if (known !== undefined) return known;
      const read = (evidence.closure?.roots[id] ?? []).flatMap((path) => {
        const node = store.nodeOf.get(path);
        return node === undefined ? [] : ofPath(node);
      });
      const main = mainPrograms.get(id) ?? null;
      return main === null || read.includes(main) ? read : [...read, main];
    }),
  };
}

const commandsOf = new Map(expectedCommands.flatMap(({ names, commands }) => names.map((name) => [name, commands])));

function commandsByName(label: string): readonly string[] {
  const { name, output } = parseStoreName(label);
  return output === null || output === 'bin' ? (commandsOf.get(name) ?? []) : [];
}

function remembered<Key, Value>(ask: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return (key) => {
    if (!answers.has(key)) answers.set(key, ask(key));
    return answers.get(key) as Value;
  };
}
