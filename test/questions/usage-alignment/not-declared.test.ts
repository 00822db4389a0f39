import { expect, test } from 'vitest';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { sentencesOf } from '../plain.ts';
import { evidenceOfCase, type Lines } from '../shell-world.ts';

async function outputOf(lines: Lines) {
  const evidence = await evidenceOfCase({ world: { packages: { git: ['git'] } }, lines });
  return usageAlignment.parse(analyzeUsageAlignment(evidence));
}

test('commands that are used and not declared are one sentence for each origin, with exact figures in the file', async () => {
  const output = await outputOf([
    ['git status a%', 60],
    ['nix-shell -p jq --run "jq x%"', 142],
    ['nix-shell -p hyperfine --run "hyperfine x%"', 30],
    ['nix run nixpkgs#cowsay x%', 40],
  ]);
  expect(sentencesOf(presentUsageAlignment(output))).toEqual([
    'You frequently use `jq` (100+ distinct lines) and `hyperfine` (20+) but they are not in your nix config: fetched with `nix-shell`.',
    "You frequently use `cowsay` (20+ distinct lines) but it's not in your nix config: fetched with `nix run`.",
  ]);
  expect(output.insights).toEqual([
    { kind: 'not declared', command: 'jq', uses: 142, from: 'nix-shell', evidence: ['/notDeclared/1'] },
    { kind: 'not declared', command: 'cowsay', uses: 40, from: 'nix run', evidence: ['/notDeclared/2'] },
    { kind: 'not declared', command: 'hyperfine', uses: 30, from: 'nix-shell', evidence: ['/notDeclared/4'] },
  ]);
});

test.each([
  [
    'home folder',
    "you frequently use `jq` (50+ distinct lines) but it's not in your nix config - did you install it manually?",
  ],
  ['other folder', 'Found in a folder outside Nix.'],
  ['nix profile', 'installed with `nix profile` or `nix-env`.'],
  ['language installer', "installed by a language's package manager."],
] as const)('a command from a %s', async (from, part) => {
  const output = await outputOf([['git status a%', 60]]);
  const insight = { kind: 'not declared' as const, command: 'jq', uses: 60, from, evidence: ['/notDeclared/0'] };
  const [sentence] = sentencesOf(presentUsageAlignment({ ...output, insights: [insight] }));
  expect(sentence?.toLowerCase()).toContain(part.toLowerCase());
});

test('a builtin of the shell is not missing from the configuration', async () => {
  const output = await outputOf([
    ['sudo kill %', 60],
    ['nix-shell -p coreutils --run "env printf x%"', 60],
  ]);
  expect(output.insights).toEqual([]);
});
