import { expect, test } from 'vitest';
import { packageLists } from '../../generators/evidence/package-lists.ts';
import { sampleEvaluated, samplePackage } from '../sample-evidence.ts';

const declared = (name: string, file: string, line?: number, by: string | null = null) => ({
  ...samplePackage({ name, mainProgram: null, description: null }),
  declarations: [{ list: 'home.packages', file, by, ...(line === undefined ? {} : { line }) }],
});

test('the largest list comes first, with its first line; what no file declares is no list', () => {
  const packages = [
    declared('a', 'flake.nix (inline or imported)'),
    declared('b', 'flake.nix (inline or imported)'),
    declared('c', 'flake.nix (inline or imported)'),
    declared('d', 'small.nix', 3),
    declared('e', 'large.nix', 9),
    declared('f', 'large.nix', 7),
    declared('g', 'small.nix', 4, 'programs.git'),
  ];
  expect(packageLists(sampleEvaluated({ packages }))).toEqual([
    { file: 'large.nix', line: 7, list: 'home.packages', count: 2, pointer: '/packages/4/declarations' },
    { file: 'small.nix', line: 3, list: 'home.packages', count: 1, pointer: '/packages/3/declarations' },
  ]);
});
