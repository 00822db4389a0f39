import { parse } from '../lang/nix/parse.ts';
import { unusedInputs } from '../lang/nix/unused-inputs.ts';
import type { Evaluated } from './evaluated.ts';
import type { SourceText } from './places.ts';

/** Adds to each input of the flake that no expression of its files names where flake.nix declares it. */
export function addUnusedInputs(evaluated: Evaluated, sources: readonly SourceText[]): Evaluated {
  const flake = sources.find(({ file }) => file === 'flake.nix');
  if (flake === undefined) return evaluated;
  const others = sources.filter((source) => source !== flake).map(({ text }) => parse(text));
  const unused = new Map(unusedInputs(parse(flake.text), others).map(({ name, line }) => [name, line]));
  const inputs = evaluated.flake.inputs.map((input) => {
    const line = unused.get(input.name);
    return line === undefined ? input : { ...input, unused: { file: flake.file, line } };
  });
  return { ...evaluated, flake: { ...evaluated.flake, inputs } };
}
