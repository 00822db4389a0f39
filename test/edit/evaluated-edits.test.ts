import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPackage, removePackage } from '../../generators/edit/package-changes.ts';
import { isRefusal } from '../../generators/edit/plan.ts';
import { readSourceTree } from '../../generators/edit/source-tree.ts';
import { applyEdits } from '../../generators/edit/text-edit.ts';
import { requiresNix } from '../nix/world.ts';
import { plant } from '../tree.ts';
import { generated, namesOf, render } from './generated.ts';

const nix = requiresNix('nixpkgs');
const anywhere = { scope: null, host: null, file: null };
const file = 'configuration.nix';

/** The packages of every list of a module, as Nix evaluates it, with the option `x.enable` on and off. */
const evaluation = `
let
  inherit ((builtins.getFlake "flake:nixpkgs").lib) evalModules genAttrs mkOption types;
  package = name: { inherit name; override = _: package name; };
  names = [ NAMES ];
  pkgs = genAttrs names package // {
    kdePackages.okular = package "kdePackages.okular";
    gnome.nautilus = package "gnome.nautilus";
  };
  packages = mkOption { type = types.listOf types.raw; default = [ ]; };
  read = file: enable:
    let
      inherit ((evalModules {
        specialArgs = { inherit pkgs; y = false; };
        modules = [
          file
          {
            options = {
              environment.systemPackages = packages;
              home.packages = packages;
              users.users = mkOption { type = types.attrsOf (types.submodule { options.packages = packages; }); };
              x.enable = mkOption { type = types.bool; };
            };
            config = { x = { inherit enable; }; users.users.ann = { }; };
          }
        ];
      }).config) environment home users;
    in
    map (map (one: one.name)) [ environment.systemPackages home.packages users.users.ann.packages ];
in
builtins.genList (
  index: map (side: map (read (./. + "/\${side}-\${toString index}.nix")) [ true false ]) [ "before" "after" ]
) COUNT`;

const count = 100;

test.skipIf(nix.missing)(`Nix sees what an edit claims, and nothing else${nix.why}`, () => {
  const samples = fc.sample(generated, { numRuns: count, seed: Number(process.env.FUZZ_SEED ?? 1) });
  const folder = mkdtempSync(join(tmpdir(), 'evaluated-'));
  const names = new Set(['first', 'early', 'late', 'other', 'added']);
  const edits = samples.map((configuration, index) => {
    for (const name of namesOf(configuration)) names.add(name);
    const text = render(configuration);
    const tree = readSourceTree([{ file, text }]);
    const name = namesOf(configuration)[index % namesOf(configuration).length] ?? '';
    const added = addPackage(tree, 'added', anywhere, 'why');
    const isAdded = index % 2 === 1 && !isRefusal(added);
    const plan = isAdded ? added : removePackage(tree, name, anywhere);
    if (isRefusal(plan)) throw new Error(plan.refused);
    plant(folder, { [`before-${index}.nix`]: text, [`after-${index}.nix`]: applyEdits(text, plan.edits) });
    return { isAdded, name: isAdded ? 'added' : name };
  });
  const quoted = [...names].filter((name) => !name.includes('.')).map((name) => JSON.stringify(name));
  plant(folder, { 'all.nix': evaluation.replace('NAMES', quoted.join(' ')).replace('COUNT', String(count)) });
  const args = ['eval', '--offline', '--impure', '--json', '--file', join(folder, 'all.nix')];
  const results: string[][][][][] = JSON.parse(execFileSync('nix', args, { encoding: 'utf8', maxBuffer: 1 << 26 }));
  rmSync(folder, { recursive: true });
  for (const [index, { isAdded, name }] of edits.entries()) {
    const [before = [], after = []] = results[index] ?? [];
    const all = (lists: string[][][]): string[] => lists.flatMap((lists) => lists.flat()).toSorted();
    // A condition may be off in one of the two evaluations; an added package is in both.
    const own = all(before).filter((one) => one === name);
    if (!isAdded) expect(own.length).toBeGreaterThan(0);
    const expected = isAdded ? [...all(before), name, name] : all(before).filter((one) => one !== name);
    expect(all(after), samples[index] && render(samples[index])).toEqual(expected.toSorted());
  }
  expect(results).toHaveLength(count);
});
