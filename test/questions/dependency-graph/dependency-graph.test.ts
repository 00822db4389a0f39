import { describe, expect, it } from 'vitest';
import type { EvaluatedPackage } from '../../../generators/evidence/evaluated.ts';
import type { Evidence, EvidenceWith } from '../../../generators/evidence/evidence.ts';
import { analyzeClosureGraph } from '../../../generators/questions/closure-graph/analyze.ts';
import { closureGraph } from '../../../generators/questions/closure-graph/schema.ts';
import { dependencyGraphOf, randomEvidence } from './closure-evidence.ts';

/** The closure of some store paths, by the simplest search: path -> bytes. */
function closureOf({ closure }: Evidence, roots: readonly string[]): Map<string, number> {
  const described = new Map(closure?.paths.map((path) => [path.path, path]));
  const seen = new Map<string, number>();
  const visit = (path: string): void => {
    const found = described.get(path);
    if (found === undefined || seen.has(path)) return;
    seen.set(path, found.narSize);
    found.references.forEach(visit);
  };
  roots.forEach(visit);
  return seen;
}

const sum = (sizes: Iterable<number>): number => [...sizes].reduce((total, size) => total + size, 0);
const named = ({ declarations }: EvaluatedPackage): boolean => declarations.some(({ by }) => by === null);
const addedBy = ({ declarations }: EvaluatedPackage): string[] => declarations.flatMap(({ by }) => by ?? []);

/** The system after the removal of one package, or one option, from the configuration. */
function without(evidence: Evidence, gone: { package?: string; option?: string }): Map<string, number> {
  const { closure, evaluated } = evidence;
  const onlyBy = (entry: EvaluatedPackage, option: string): boolean =>
    !named(entry) && addedBy(entry).every((by) => by === option);
  const packages = evaluated.packages.filter(
    (entry) => entry.id !== gone.package && !(gone.option !== undefined && !entry.base && onlyBy(entry, gone.option)),
  );
  // A package that an option adds too stays when the line of the file is removed.
  const staying = evaluated.packages.filter(
    (entry) =>
      entry.id === gone.package && (named(entry) ? addedBy(entry).length > 0 : new Set(addedBy(entry)).size > 1),
  );
  const ownOf = new Set(
    evaluated.packages.filter((entry) => entry.id === gone.package && !named(entry)).map((entry) => addedBy(entry)[0]),
  );
  const services = Object.entries(closure?.services ?? {})
    .filter(([option]) => option !== gone.option)
    .flatMap(([option, paths]) =>
      ownOf.has(option) ? paths.filter((path) => !closure?.roots[gone.package ?? '']?.includes(path)) : paths,
    );
  return closureOf(evidence, [...[...packages, ...staying].flatMap(({ id }) => closure?.roots[id] ?? []), ...services]);
}

describe('over 200 random closures', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index))(
    'agrees with simple searches and removals, batch %i',
    (batch) => {
      for (let seed = batch * 10; seed < batch * 10 + 10; seed++) {
        const paths = 5 + ((seed * 7) % 60);
        const evidence = randomEvidence(seed, {
          paths,
          edges: Math.floor(paths * (0.5 + (seed % 5))),
          packages: 1 + (seed % 40),
          options: seed % 6,
          base: seed % 4,
        });
        const output = dependencyGraphOf(evidence);
        const whole = without(evidence, {});
        expect(output.system.size).toBe(sum(whole.values()));
        expect(output.system.paths).toBe(whole.size);
        for (const cost of output.packages) {
          const own = closureOf(evidence, evidence.closure?.roots[cost.id] ?? []);
          expect([cost.closureSize, cost.closurePaths]).toEqual([sum(own.values()), own.size]);
          const rest = without(evidence, { package: cost.id });
          expect([cost.id, cost.exclusiveSize, cost.exclusivePaths]).toEqual([
            cost.id,
            output.system.size - sum(rest.values()),
            whole.size - rest.size,
          ]);
        }
        for (const cost of output.options) {
          const rest = without(evidence, { option: cost.option });
          expect([cost.option, cost.exclusiveSize]).toEqual([cost.option, output.system.size - sum(rest.values())]);
        }
        const { exclusive, shared } = output.system;
        expect(exclusive.base + exclusive.packagesAndOptions + shared.size).toBe(output.system.size);
      }
    },
  );
});

it('gives the same bytes whatever the order of the evidence', () => {
  const evidence = randomEvidence(5, { paths: 300, edges: 1500, packages: 40, options: 5, base: 4 });
  const { closure, evaluated } = evidence;
  const turned: EvidenceWith<'closure'> = {
    ...evidence,
    evaluated: { ...evaluated, packages: evaluated.packages.toReversed() },
    closure: {
      ...closure,
      roots: Object.fromEntries(
        Object.entries(closure.roots)
          .reverse()
          .map(([id, paths]) => [id, paths.toReversed()]),
      ),
      services: Object.fromEntries(Object.entries(closure.services).reverse()),
      paths: closure.paths.toReversed().map((path) => ({ ...path, references: path.references.toReversed() })),
    },
  };
  for (const output of [dependencyGraphOf, analyzeClosureGraph]) {
    expect(JSON.stringify(output(turned))).toBe(JSON.stringify(output(evidence)));
  }
});

it('writes a closure graph that agrees with its schema', () => {
  const evidence = randomEvidence(7, { paths: 50, edges: 200, packages: 10, options: 3, base: 2 });
  const output = analyzeClosureGraph(evidence);
  expect(closureGraph.parse(output)).toEqual(output);
  expect(JSON.stringify(output)).not.toMatch(/[0-9a-df-np-sv-z]{32}-/);
});
