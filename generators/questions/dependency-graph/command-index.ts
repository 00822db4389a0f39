import { at } from '../../at.ts';
import { expectedCommands } from '../../data/expected-commands.ts';
import type { EvidenceWith } from '../../evidence/evidence.ts';
import { parseStoreName } from '../../store-name.ts';
import type { DescribedStoreGraph } from '../closure-graph/store-graph.ts';

/** Which package and which store path has which commands. */
export interface CommandIndex {
  /** What a package, declared or base, puts on PATH. */
  ofPackage: (id: string) => readonly string[];
  /** What a store path has, on PATH or not. */
  ofStorePath: (node: number) => readonly string[];
  /** Where the commands of a store path are known from. */
  source: 'bin' | 'name';
}

/**
 * The commands of a package are those in commands.json, else those in the closure for its outputs and its
 * mainProgram. The commands of a store path are those in its `bin/`. A closure without commands has the well-known
 * commands of a package of that name, but only for its main output: `gcc-14.3.0-lib` is no compiler.
 */
export function commandIndex(
  { evaluated, closure, commands: installed }: EvidenceWith<'closure'>,
  { commands, names, nodeOf }: DescribedStoreGraph,
): CommandIndex {
  const ofStorePath = (node: number): readonly string[] =>
    commands === null ? commandsByName(at(names, node)) : at(commands, node);
  const ofPackage = new Map(
    evaluated.packages.map(({ id, mainProgram }) => {
      const inClosure = (closure.roots[id] ?? []).flatMap((path) => {
        const node = nodeOf.get(path);
        return node === undefined ? [] : ofStorePath(node);
      });
      const all = mainProgram === null ? inClosure : [...new Set([...inClosure, mainProgram])];
      return [id, installed?.packages[id] ?? all];
    }),
  );
  return {
    ofPackage: (id) => ofPackage.get(id) ?? [],
    ofStorePath,
    source: commands === null ? 'name' : 'bin',
  };
}

const commandsOf = new Map(expectedCommands.flatMap(({ names, commands }) => names.map((name) => [name, commands])));

function commandsByName(storeName: string): readonly string[] {
  const { name, output } = parseStoreName(storeName);
  return output === null || output === 'bin' ? (commandsOf.get(name) ?? []) : [];
}
