import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { costTable } from '../../../generators/lookup/dependencies/cost-table.ts';
import { findTargets } from '../../../generators/lookup/dependencies/find-targets.ts';
import { readGraph } from '../../../generators/lookup/dependencies/load-graph.ts';
import { whyOf } from '../../../generators/lookup/dependencies/why.ts';
import { whyText } from '../../../generators/lookup/dependencies/why-text.ts';
import { outputReader } from '../../../generators/lookup/read-output.ts';
import { removableUnits } from '../../../generators/questions/dependency-graph/removable-units.ts';
import { publicHostFlake, publicHostInputs, requiresPublicHost } from '../../nix/public-host.ts';
import { nix } from '../../nix/world.ts';

const { missing, why } = requiresPublicHost();
const scratch = mkdtempSync(join(tmpdir(), 'public-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Prints the figures of the packages at hand, which docs quote. */
test.skipIf(missing)(
  `jacopone/nixos-config: what its packages cost, and why dependencies are present${why}`,
  async () => {
    const build = ['build', '--no-link', '--print-out-paths', `${publicHostFlake(scratch)}#built`];
    const output = await nix(build, publicHostInputs);
    const graph = readGraph(outputReader(output));
    const { system, packages, options, incomplete } = graph.figures;
    const sizes = ['dependency_graph', 'closure_graph'].map(
      (file) => [file, statSync(join(output, `intelligence/${file}.json`)).size] as const,
    );
    console.log(`${sizes.map(([file, size]) => `${file}.json: ${size} bytes`).join(', ')}, ${system.paths} paths`);
    console.log(costTable(system, removableUnits(packages, options), 10));

    for (const [, size] of sizes) expect(size).toBeLessThan(1_000_000);
    expect(system.costliest.length).toBe(20);
    expect(incomplete).toMatchObject({
      packagesWithoutStorePaths: [],
      undescribedReferences: 0,
      commandsKnown: true,
    });
    for (const name of ['gcc', 'python', 'glibc']) {
      const answers = whyOf(graph, findTargets(graph, name).nodes);
      console.log(whyText(graph, answers, 5));
      expect(answers.length).toBeGreaterThan(0);
      for (const { node, declared, packages, options, base } of answers) {
        expect(declared.length + packages.length + options.length + (base?.length ?? 0)).toBeGreaterThan(0);
        for (const { nodes } of packages) {
          expect(nodes.at(-1)).toBe(node);
          nodes.slice(1).forEach((link, index) => {
            expect(graph.store.references[nodes[index] as number]).toContain(link);
          });
        }
      }
    }
  },
  600_000,
);
