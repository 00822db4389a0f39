import { expect, test } from 'vitest';
import { parse } from '../../../generators/lang/nix/parse.ts';
import { renamesIn } from '../../../generators/lang/nix/renames.ts';

/** `old -> new` of every rename in a module. */
const renames = (text: string): string[] =>
  renamesIn(parse(text)).map(({ from, to }) => `${from.join('.')} -> ${to?.join('.') ?? 'removed'}`);

test("home-manager's renames of settings below prefixes that are bound by let", () => {
  const text = `{ lib, ... }: let
    oldPrefix = [ "programs" "git" ];
    newPrefix = oldPrefix ++ [ "settings" ];
  in {
    imports = lib.hm.deprecations.mkSettingsRenamedOptionModules oldPrefix newPrefix { transform = x: x; } [
      { old = [ "userName" ]; new = [ "user" "name" ]; }
      "computedByTransform"
      { old = [ "aliases" ]; new = [ "alias" ]; }
    ];
  }`;
  expect(renames(text)).toEqual([
    'programs.git.userName -> programs.git.settings.user.name',
    'programs.git.aliases -> programs.git.settings.alias',
  ]);
});

test.each([
  ['a name bound twice', 'let a = [ "x" "y" ]; in let a = [ "z" ]; in lib.mkRenamedOptionModule a [ "b" "c" ]'],
  ['a name bound to itself', 'let a = a; in lib.mkRenamedOptionModule a [ "b" "c" ]'],
  ['an argument', 'a: lib.mkRenamedOptionModule a [ "b" "c" ]'],
])('%s: nothing is claimed', (_, text) => expect(renames(text)).toEqual([]));
