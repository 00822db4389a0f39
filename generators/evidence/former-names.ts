import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { optionPath } from '../lang/nix/declarations/package-lists.ts';
import { definitionsIn } from '../lang/nix/definitions.ts';
import { packageRenames } from '../lang/nix/package-renames.ts';
import { parse } from '../lang/nix/parse.ts';
import { byText } from '../order.ts';
import type { Evaluated } from './evaluated.ts';
import type { RenamedOption } from './option-docs.ts';
import type { SourceText } from './places.ts';

type FormerOption = NonNullable<Evaluated['formerOptions']>[number];

/**
 * The options that the files of the configuration set by a name that a module renamed. The module system evaluates
 * the new name; only the source text shows the former one, at the place where the new one is known to be set.
 */
export function formerOptions(
  { options, settings = [] }: Pick<Evaluated, 'options' | 'settings'>,
  sources: readonly SourceText[],
  renamed: readonly RenamedOption[],
): FormerOption[] {
  const set = new Map<string, string[]>();
  for (const { option, places } of [
    ...settings,
    ...options.map((one) => ({ ...one, option: `${one.option}.enable` })),
  ]) {
    for (const { file, line } of places) set.set(`${file}:${line}`, [...(set.get(`${file}:${line}`) ?? []), option]);
  }
  const byFirst = new Map<string, RenamedOption[]>();
  for (const one of renamed) {
    if (one.to === null || one.form !== undefined) continue;
    const first = one.name.split('.', 1)[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), one]);
  }
  const found = sources.flatMap(({ file, text }) =>
    definitionsIn(parse(text)).definitions.flatMap(({ path, line }): FormerOption[] => {
      const name = optionPath(path).join('.');
      const here = set.get(`${file}:${line}`) ?? [];
      return (byFirst.get(name.split('.', 1)[0] ?? '') ?? []).flatMap(({ name: former, to }) =>
        to !== null && isBelow(name, former) && here.some((option) => isBelow(option, to))
          ? [{ name: former, to, file, line }]
          : [],
      );
    }),
  );
  return found.sort((a, b) => byText(a.name, b.name) || byText(a.file, b.file) || a.line - b.line);
}

const isBelow = (name: string, prefix: string): boolean => `${name}.`.startsWith(`${prefix}.`);

/**
 * Adds the current name to declarations that name a package by a former one.
 *
 * @param modules the folder of NixOS' modules, whose nixpkgs lists the former names
 */
export async function withPackageRenames(evaluated: Evaluated, modules: string): Promise<Evaluated> {
  const text = await readFile(join(modules, '../../pkgs/top-level/aliases.nix'), 'utf8').catch(() => null);
  if (text === null) return evaluated;
  const renames = packageRenames(text);
  return {
    ...evaluated,
    packages: evaluated.packages.map((one) => ({
      ...one,
      declarations: one.declarations.map((declaration) => {
        const renamedTo = renames.get(declaration.attribute ?? '');
        // An overlay or an override may define the attribute.
        const isOfNixpkgs = one.overlay === undefined && one.origin === undefined;
        return renamedTo === undefined || !isOfNixpkgs ? declaration : { ...declaration, renamedTo };
      }),
    })),
  };
}
