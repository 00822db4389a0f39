import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPackage, removePackage } from '../../generators/edit/package-changes.ts';
import { isRefusal, type Plan, type Refusal } from '../../generators/edit/plan.ts';
import { readSourceTree, type SourceTree } from '../../generators/edit/source-tree.ts';
import { applyEdits } from '../../generators/edit/text-edit.ts';
import { type Generated, generated, namesOf, render, without } from './generated.ts';

const anywhere = { scope: null, host: null, file: null };
const file = 'configuration.nix';

const treeOf = (text: string): SourceTree => readSourceTree([{ file, text }]);

function edited(text: string, result: Plan | Refusal): string {
  if (isRefusal(result)) throw new Error(`refused: ${result.refused}\n${text}`);
  return applyEdits(text, result.edits);
}

/** Every package that our reader sees, with its list and whether a condition decides about it. */
function read(text: string): string[] {
  const [source] = treeOf(text).files;
  expect(source?.tree.problems).toEqual([]);
  return (source?.packages.entries ?? []).map(
    ({ list, names, conditional }) => `${list} ${names.join()} ${conditional}`,
  );
}

/** The same text, except for blank space where a whole `inherit`, or the last element of an inline list, was. */
const withoutBlanks = (text: string): string => text.replace(/[ \t]+/g, ' ');

test('removing a package leaves the text that was never to have it', () => {
  fc.assert(
    fc.property(generated, fc.nat(), (configuration, pick) => {
      const names = namesOf(configuration);
      const name = names[pick % names.length];
      fc.pre(name !== undefined);
      const text = render(configuration);
      const after = edited(text, removePackage(treeOf(text), name as string, anywhere));
      expect(withoutBlanks(after)).toBe(withoutBlanks(render(without(configuration, name as string))));
    }),
    { numRuns: 500 },
  );
});

test('adding a package adds one element and changes no other byte', () => {
  fc.assert(
    fc.property(
      generated,
      fc.option(fc.constantFrom('because', 'ends */ here'), { nil: null }),
      (configuration, why) => {
        const text = render(configuration);
        const result = addPackage(treeOf(text), 'added', anywhere, why);
        if (isRefusal(result)) {
          expect(result.refused).toMatch(/has a condition|does not take|is an argument of/);
          return;
        }
        const after = edited(text, result);
        const [edit] = result.edits;
        expect(result.edits).toHaveLength(1);
        expect(edit?.start).toBe(edit?.end);
        expect(read(after).toSorted()).toEqual([...read(text), addedTo(configuration)].toSorted());
        // And back: the same bytes.
        expect(edited(after, removePackage(treeOf(after), 'added', anywhere))).toBe(text);
      },
    ),
    { numRuns: 500 },
  );
});

function addedTo({ path }: Generated): string {
  const list =
    { home: 'home.packages', user: 'users.users.ann.packages' }[path as string] ?? 'environment.systemPackages';
  return `${list} added false`;
}

test.each([
  ['zigpkgs.0.15.2', 'a name that needs quotes'],
  ['a b', 'two names'],
])('%s is not added: %s', (name) => {
  const result = addPackage(treeOf('{ pkgs, ... }: { home.packages = [ pkgs.a ]; }'), name, anywhere, null);
  expect(result).toMatchObject({ refused: 'configuration.nix:1 does not take its names from pkgs' });
});
