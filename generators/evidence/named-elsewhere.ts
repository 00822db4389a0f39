import { declarations } from '../lang/nix/declarations/declarations.ts';
import { parse } from '../lang/nix/parse.ts';
import type { Commands } from './commands.ts';
import type { Place } from './common.ts';
import type { Evaluated } from './evaluated.ts';
import type { SourceText } from './places.ts';

const maxPlaces = 3;

/**
 * Adds to each package that a file of the user declares the other places in the flake's files that name it or one of
 * its commands: key bindings, scripts, aliases, `lib.getExe`. Such a tool may be used without being typed. Comments
 * count, too; lines that declare a package do not.
 */
export function addNamedElsewhere(
  evaluated: Evaluated,
  { packages: commands }: Commands,
  sources: readonly SourceText[],
): Evaluated {
  const places = placesOfWords(sources);
  return {
    ...evaluated,
    packages: evaluated.packages.map((one) => {
      if (one.base) return one;
      const declared = new Set(one.declarations.map(({ file, line }) => `${file}:${line}`));
      const attributes = one.declarations.flatMap(({ attribute }) => attribute?.split('.').at(-1) ?? []);
      const names = new Set([one.name, ...attributes, ...(commands[one.id] ?? [])]);
      const found = new Map(
        [...names].flatMap((name) => places.get(name) ?? []).map((place) => [`${place.file}:${place.line}`, place]),
      );
      const elsewhere = [...found].flatMap(([key, place]) => (declared.has(key) ? [] : [place]));
      return { ...one, namedElsewhere: elsewhere.slice(0, maxPlaces) };
    }),
  };
}

/** The first places of each word, without the lines that name a package in a list. */
function placesOfWords(sources: readonly SourceText[]): ReadonlyMap<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { file, text } of sources) {
    const listed = new Set(declarations(parse(text)).declarations.map(({ line }) => line));
    for (const [index, line] of text.split('\n').entries()) {
      if (listed.has(index + 1)) continue;
      for (const [word] of line.matchAll(/[A-Za-z0-9_][\w+-]*(?:\.[\w+-]+)*/g)) {
        // `pkgs.fd` names fd, and `foo.sh` may be the command.
        for (const name of new Set([word, ...word.split('.')])) {
          const found = places.get(name) ?? [];
          if (found.length < maxPlaces * 2) places.set(name, [...found, { file, line: index + 1 }]);
        }
      }
    }
  }
  return places;
}
