import { expect, test } from 'vitest';
import { analyzeUsageAlignment } from '../../../generators/questions/usage-alignment/analyze.ts';
import { presentUsageAlignment } from '../../../generators/questions/usage-alignment/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { evidenceOf, fishText } from '../shell-world.ts';

/** What CLAUDE.md says of use, as text. */
async function told(lines: Parameters<typeof fishText>[0]) {
  const evidence = await evidenceOf({ packages: { git: ['git'] } }, fishText(lines));
  const output = usageAlignment.parse(analyzeUsageAlignment(evidence));
  const { sections } = presentUsageAlignment(output, evidence);
  return {
    insights: output.insights.map(({ text }) => text),
    items: (sections ?? []).flatMap(({ items }) =>
      items.map((item) => item.map((part) => (typeof part === 'string' ? part : Object.values(part)[0])).join('')),
    ),
  };
}

test('what is used and not declared is one line of CLAUDE.md for each place it comes from', async () => {
  const { items, insights } = await told([
    ['git status a%', 60],
    ['nix-shell -p jq --run "jq x%"', 142],
    ['nix-shell -p hyperfine --run "hyperfine x%"', 30],
    ['nix run nixpkgs#cowsay x%', 40],
  ]);
  expect(items).toEqual([
    'Used and not in the configuration, fetched with nix-shell: jq (140 uses), hyperfine (30)',
    'Used and not in the configuration, fetched with nix run: cowsay (40 uses)',
  ]);
  expect(insights).toContain(
    "You frequently use `jq` (142 times) but it's not in your nix config: it came from `nix-shell` (142 times).",
  );
});

test('what the shell has itself is not missing from the configuration', async () => {
  const { items, insights } = await told([
    ['sudo kill %', 60],
    ['nix-shell -p coreutils --run "env printf x%"', 60],
  ]);
  expect({ items, insights }).toEqual({ items: [], insights: [] });
});
