import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { targetsOf } from '../../../generators/graph/digraph.ts';
import { costRows, costTable } from '../../../generators/lookup/dependencies/cost-table.ts';
import { findTargets } from '../../../generators/lookup/dependencies/find-targets.ts';
import { readGraph } from '../../../generators/lookup/dependencies/read-graph.ts';
import { whyOf } from '../../../generators/lookup/dependencies/why.ts';
import { whyText } from '../../../generators/lookup/dependencies/why-text.ts';
import { publicHostFlake, publicHostInputs, requiresPublicHost } from '../../nix/public-host.ts';
import { nix } from '../../nix/world.ts';

const { missing, why } = requiresPublicHost();
const scratch = mkdtempSync(join(tmpdir(), 'public-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Prints the figures that docs and notes quote: they are those of the packages at hand. */
test.skipIf(missing)(
  `jacopone/nixos-config: what its packages cost, and why what is there${why}`,
  async () => {
    const build = ['build', '--no-link', '--print-out-paths', `${publicHostFlake(scratch)}#built`];
    const output = await nix(build, publicHostInputs);
    const path = join(output, 'intelligence/dependency_graph.json');
    const loaded = readGraph(output);
    const { file, store } = loaded;
    const size = statSync(path).size;
    console.log(`dependency_graph.json: ${size} bytes, ${file.system.paths} paths, ${file.packages.length} packages`);
    console.log(costTable(file, costRows(file, 'exclusive'), 10));

    expect(size).toBeLessThan(1_000_000);
    expect(file.system.costliest.length).toBe(20);
    expect(file.incomplete).toMatchObject({ packagesWithoutPaths: [], unknownReferences: 0, commandsRead: true });
    for (const question of ['gcc', 'python', 'glibc']) {
      const answers = whyOf(loaded, findTargets(loaded, question).nodes);
      console.log(whyText(loaded, answers, 5));
      expect(answers.length).toBeGreaterThan(0);
      for (const { node, declared, packages, options, base } of answers) {
        expect(declared.length + packages.length + options.length + (base?.length ?? 0)).toBeGreaterThan(0);
        for (const { way } of packages) {
          expect(way.at(-1)).toBe(node);
          way.slice(1).forEach((link, index) => {
            expect(targetsOf(store.graph, way[index] as number)).toContain(link);
          });
        }
      }
    }
  },
  600_000,
);
