import type { Closure } from '../../../generators/evidence/closure.ts';
import type { Declaration, Evaluated, EvaluatedPackage } from '../../../generators/evidence/evaluated.ts';
import type { Evidence, EvidenceWith } from '../../../generators/evidence/evidence.ts';
import { analyzeDependencyGraph } from '../../../generators/questions/dependency-graph/analyze.ts';
import type { OtherEvidence } from '../../../generators/questions/dependency-graph/other-evidence.ts';
import { dependencyInsights } from '../../../generators/questions/dependency-graph/present.ts';
import { type DependencyGraph, dependencyGraph } from '../../../generators/questions/dependency-graph/schema.ts';
import { samplePackage } from '../../sample-evidence.ts';

/** The content of `dependency_graph.json`, checked against its schema. */
export function dependencyGraphOf(evidence: EvidenceWith<'closure'>, other?: OtherEvidence): DependencyGraph {
  const figures = analyzeDependencyGraph(evidence, other);
  return dependencyGraph.parse({ ...figures, insights: dependencyInsights(figures, evidence) });
}

/** A repeatable source of numbers in [0, 1). */
type Random = () => number;

/** Mulberry32: small, and the same everywhere. */
function random(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `<hash>-<name>` with a hash computed from the name. */
export function storePath(name: string, salt = 0): string {
  let hash = salt + 7;
  const digits = '0123456789abcdfghijklmnpqrsvwxyz';
  const text = Array.from({ length: 32 }, (_, index) => {
    hash = Math.imul(hash ^ name.charCodeAt(index % name.length), 0x01000193) + index;
    return digits[(hash >>> 9) & 31];
  });
  return `${text.join('')}-${name}`;
}

/** An evaluated package with defaults. */
export function somePackage(id: string, more: Partial<EvaluatedPackage> = {}): EvaluatedPackage {
  return samplePackage({ id, name: id, version: null, declarations: more.base ? [] : [declared()], ...more });
}

export function declared(by: string | null = null, file = 'packages.nix'): Declaration {
  return { list: 'environment.systemPackages', file, by };
}

export function evidenceOf(
  packages: readonly EvaluatedPackage[],
  closure: Omit<Closure, 'schemaVersion'>,
  more: Partial<Evidence> = {},
): EvidenceWith<'closure'> {
  const evaluated: Evaluated = {
    schemaVersion: 1,
    platform: 'nixos',
    host: { name: 'box', system: 'x86_64-linux', stateVersion: '25.05', release: '25.05', kernel: '6.12', desktop: [] },
    user: { name: 'ann', home: '/home/ann', shell: 'fish', groups: [], homeManager: false },
    nixpkgs: { release: '25.05', revision: null },
    nixVersion: null,
    flake: { used: true, checkout: null, attribute: null, inputs: [] },
    packages: [...packages],
    options: [],
    aliases: [],
    agents: [],
    mcpServers: [],
    skipped: [],
  };
  return { evaluated, closure: { schemaVersion: 1, ...closure }, ...more };
}

/**
 * A closure shaped like a real closure: few paths to which nearly all others refer, long tails, packages with
 * several outputs, options that add packages, a base system.
 *
 * @param size.whole every path is retained by something
 */
export function randomEvidence(
  seed: number,
  size: { paths: number; edges: number; packages: number; options?: number; base?: number; whole?: boolean },
): EvidenceWith<'closure'> {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const names = Array.from({ length: size.paths }, (_, index) =>
    storePath(`some-package${index}-${1 + below(20)}.${below(30)}${next() < 0.2 ? '-lib' : ''}`, index),
  );
  const rows = names.map(() => new Set<number>());
  for (let edge = 0, attempts = 0; edge < size.edges && attempts < size.edges * 20; attempts++) {
    const from = 1 + below(size.paths - 1);
    // Squaring prefers low numbers, which stand for the C library and the like.
    const to = Math.floor(next() ** 2 * from);
    const row = rows[from] as Set<number>;
    if (row.has(to)) continue;
    row.add(to);
    edge++;
  }
  const pick = (): string => names[below(size.paths)] as string;
  const some = (count: number): string[] => [...new Set(Array.from({ length: count }, pick))];
  const options = Array.from({ length: size.options ?? 0 }, (_, index) => `services.option${index}`);
  const option = (): string => options[below(options.length)] as string;
  const packages = Array.from({ length: size.packages }, (_, index) => {
    const declarations = [];
    const kind = options.length > 0 ? next() : 0;
    if (kind < 0.8) declarations.push(declared());
    if (kind > 0.7) declarations.push(declared(option()));
    if (kind > 0.95) declarations.push(declared(option()));
    return somePackage(`package${String(index).padStart(4, '0')}`, { declarations });
  });
  const base = Array.from({ length: size.base ?? 0 }, (_, index) => somePackage(`base${index}`, { base: true }));
  const all = [...packages, ...base];
  const roots = Object.fromEntries(all.map(({ id }) => [id, some(1 + below(2))]));
  if (size.whole) {
    const mentioned = new Set(rows.flatMap((row) => [...row]));
    names.forEach((path, index) => {
      if (!mentioned.has(index)) roots[(all[index % all.length] as EvaluatedPackage).id]?.push(path);
    });
  }
  return evidenceOf(all, {
    roots,
    services: Object.fromEntries(options.filter(() => next() < 0.6).map((name) => [name, some(1 + below(2))])),
    paths: names.map((path, index) => ({
      path,
      references: [...(rows[index] as Set<number>)].map((target) => names[target] as string),
      narSize: 100 + below(10_000_000),
    })),
  });
}
