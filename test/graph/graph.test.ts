import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condensation } from '../../generators/graph/condensation.ts';
import { reversed } from '../../generators/graph/digraph.ts';
import { dominatedSums, immediateDominators, unreached } from '../../generators/graph/dominators.ts';
import { heaviestChains } from '../../generators/graph/heaviest-chains.ts';
import { reachedBy, reachedSums, reachersOf } from '../../generators/graph/reach.ts';
import { pathFrom, shortestPathsTo } from '../../generators/graph/shortest-paths.ts';

type Rows = number[][];

const anyRows = fc.integer({ min: 1, max: 40 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 5 }), {
    minLength: size,
    maxLength: size,
  }),
);
/** As in a Condensation: every edge leads downwards. */
const dagRows = anyRows.map((rows) => rows.map((row, node) => row.filter((target) => target < node)));

/** What `start` reaches without passing `without`, by the simplest search. */
function reachable(rows: Rows, start: number, without = -1): Set<number> {
  const seen = new Set<number>();
  const visit = (node: number): void => {
    if (node === without || seen.has(node)) return;
    seen.add(node);
    for (const target of rows[node] as number[]) visit(target);
  };
  visit(start);
  return seen;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('digraph', () => {
  it('has every edge reversed, and reversed twice is the same graph', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const graph = rows.map((row) => row.toSorted((a, b) => a - b));
        const turned = reversed(graph);
        for (const node of numbers(rows.length)) {
          expect(turned[node]).toEqual(numbers(rows.length).filter((source) => rows[source]?.includes(node)));
        }
        expect(reversed(turned)).toEqual(graph);
      }),
    );
  });
});

describe('condensation', () => {
  it('contracts nodes that reach each other, and its edges lead downwards', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { component, dag } = condensation(rows);
        const from = rows.map((_, node) => reachable(rows, node));
        for (const a of numbers(rows.length)) {
          for (const b of numbers(rows.length)) {
            const mutual = from[a]?.has(b) && from[b]?.has(a);
            expect(component[a] === component[b]).toBe(mutual);
            if (rows[a]?.includes(b) && !mutual) {
              expect(component[a]).toBeGreaterThan(component[b] as number);
              expect(dag[component[a] as number]).toContain(component[b]);
            }
          }
        }
      }),
    );
  });

  it('handles a chain that is longer than the call stack', () => {
    const length = 200_000;
    const { dag } = condensation(numbers(length).map((node) => (node + 1 < length ? [node + 1] : [])));
    expect(dag).toHaveLength(length);
  });
});

describe('dominators', () => {
  it('are the nodes without which a node cannot be reached', () => {
    fc.assert(
      fc.property(dagRows, (rows) => {
        const root = rows.length - 1;
        const dominators = immediateDominators(rows, root);
        const all = reachable(rows, root);
        const weights = rows.map((_, node) => node + 1);
        const sums = dominatedSums(dominators, weights);
        for (const node of numbers(rows.length)) {
          const gone = [...all].filter((other) => !reachable(rows, root, node).has(other));
          expect(sums[node]).toBe(gone.reduce((sum, other) => sum + other + 1, 0));
          if (!all.has(node)) expect(dominators[node]).toBe(unreached);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('reach', () => {
  it('says who reaches what, over more marked nodes than a word has bits', () => {
    fc.assert(
      fc.property(dagRows, (rows) => {
        const marked = numbers(rows.length);
        const reach = reachedBy(rows, marked);
        const sums = reachedSums(
          reach,
          rows.map(() => 1),
        );
        for (const node of marked) {
          const expected = marked.filter((source) => reachable(rows, source).has(node));
          expect(reachersOf(reach, node)).toEqual(expected);
          expect(sums[node]).toBe(reachable(rows, node).size);
        }
      }),
    );
  });
});

describe('heaviest chains', () => {
  it('weigh as much as the heaviest of all chains', () => {
    fc.assert(
      fc.property(
        dagRows,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }),
        (rows, given) => {
          const weights = rows.map((_, node) => given[node] as number);
          const { weight, next } = heaviestChains(rows, weights);
          const heaviest = (node: number): number =>
            (weights[node] as number) + Math.max(0, ...(rows[node] as number[]).map(heaviest));
          for (const node of numbers(Math.min(rows.length, 15))) {
            expect(weight[node]).toBe(heaviest(node));
            let sum = 0;
            for (let link = node; ; link = next[link] as number) {
              sum += weights[link] as number;
              if (next[link] === link) break;
              expect(rows[link]).toContain(next[link]);
            }
            expect(sum).toBe(weight[node]);
          }
        },
      ),
    );
  });
});

describe('shortest paths', () => {
  it('follow edges, and no shorter path exists', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const paths = shortestPathsTo(reversed(rows), 0);
        const steps = (start: number): number => {
          for (let length = 0, front = new Set([start]); length <= rows.length; length++) {
            if (front.has(0)) return length;
            front = new Set([...front].flatMap((node) => rows[node] as number[]));
          }
          return Number.POSITIVE_INFINITY;
        };
        for (const node of numbers(rows.length)) {
          const path = pathFrom(paths, node);
          expect(paths.distance[node]).toBe(steps(node));
          expect(path.length).toBe(Number.isFinite(steps(node)) ? steps(node) + 1 : 0);
          path.slice(1).forEach((link, index) => {
            expect(rows[path[index] as number]).toContain(link);
          });
        }
      }),
    );
  });
});
