import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Closure, closure as closureSchema } from '../../../generators/evidence/closure.ts';
import { loadGraph } from '../../../generators/lookup/dependencies/load-graph.ts';
import { whyOf } from '../../../generators/lookup/dependencies/why.ts';
import { analyzeClosureGraph } from '../../../generators/questions/closure-graph/analyze.ts';
import {
  declared,
  dependencyGraphOf,
  evidenceOf,
  somePackage,
} from '../../questions/dependency-graph/closure-evidence.ts';
import { requiresSmallNixpkgs } from './requires-small-nixpkgs.ts';

/** Packages with overlapping closures and several outputs; some are dependencies of others. */
const packages = [
  'ripgrep',
  'git',
  'gh',
  'neovim',
  'gcc',
  'python313',
  'nodejs_22',
  'docker',
  'pandoc',
  'ffmpeg',
  'curl',
];
const base = ['coreutils', 'bash'];
const services = { 'services.openssh': ['openssh'] };

const nix = requiresSmallNixpkgs();

describe.skipIf(nix.missing !== null)(`a closure that Nix built${nix.why}`, () => {
  let roots: Record<string, string[]>;
  let closure: Closure;

  beforeAll(() => {
    roots = outputs();
    closure = graphOf([...packages, ...base, ...Object.values(services).flat()], roots);
  });

  const evidence = () => {
    const entries = [
      ...packages.map((id) => somePackage(id, { declarations: [declared()] })),
      ...base.map((id) => somePackage(id, { base: true })),
    ];
    return evidenceOf(entries, closure);
  };

  it('has the closure sizes that `nix path-info -S` gives', () => {
    for (const { id, closureSize } of dependencyGraphOf(evidence()).packages) {
      const outputs = roots[id] as string[];
      const info = pathInfo(['-S', ...outputs]);
      const whole = pathInfo(['-r', ...outputs]);
      const total = Object.values(whole).reduce((sum, { narSize }) => sum + narSize, 0);
      expect([id, closureSize]).toEqual([id, total]);
      if (outputs.length === 1) expect([id, closureSize]).toEqual([id, info[outputs[0] as string]?.closureSize]);
    }
  });

  it('has the references that `nix-store -q --references` gives', () => {
    for (const { path, references } of closure.paths) {
      const asked = run('nix-store', ['-q', '--references', `/nix/store/${path}`]).split('\n');
      const expected = asked
        .map((line) => line.slice('/nix/store/'.length))
        .filter((name) => name !== '' && name !== path);
      expect([path, references.toSorted()]).toEqual([path, expected.toSorted()]);
    }
  });

  it('has reference chains as long as those of `nix why-depends`', () => {
    const graph = loadGraph(dependencyGraphOf(evidence()), analyzeClosureGraph(evidence()));
    const { names, references } = graph.store;
    let compared = 0;
    for (const [node, label] of names.entries()) {
      const [why] = whyOf(graph, [node]);
      for (const { name, nodes } of why?.packages ?? []) {
        nodes.slice(1).forEach((link, index) => {
          expect(references[nodes[index] as number]).toContain(link);
        });
        if (compared >= 40) continue;
        compared++;
        const path = closure.paths.find((entry) => entry.path.endsWith(`-${label}`))?.path;
        const from = (roots[name] as string[]).find((root) => root.endsWith(`-${names[nodes[0] as number]}`));
        const shown = run('nix', ['why-depends', '--offline', from as string, `/nix/store/${path}`]);
        const chain = stripVTControlCharacters(shown)
          .split('\n')
          .flatMap((line) => /\/nix\/store\/[0-9a-z]{32}-(\S+)/.exec(line)?.[1] ?? []);
        expect([name, chain.length, chain.at(-1)]).toEqual([name, nodes.length, label]);
      }
    }
    expect(compared).toBe(40);
  });

  it.each(packages.slice(0, 10))('frees what a build without %s does not have', (gone) => {
    const rest = [...packages.filter((id) => id !== gone), ...base, ...Object.values(services).flat()];
    const size = ({ paths }: Closure): number => paths.reduce((sum, { narSize }) => sum + narSize, 0);
    const freed = size(closure) - size(graphOf(rest, roots));
    expect(dependencyGraphOf(evidence()).packages.find(({ id }) => id === gone)?.exclusiveSize).toBe(freed);
  });
});

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
}

function pathInfo(args: readonly string[]): Record<string, { narSize: number; closureSize?: number }> {
  return JSON.parse(run('nix', ['path-info', '--offline', '--json', '--json-format', '1', ...args]));
}

/** package -> the store paths of its installed outputs */
function outputs(): Record<string, string[]> {
  const names = [...packages, ...base, ...Object.values(services).flat()];
  const apply = `p: builtins.listToAttrs (map (n: { name = n; value = map (o: p.\${n}.\${o}.outPath) p.\${n}.meta.outputsToInstall; }) ${JSON.stringify(names).replaceAll(',', ' ')})`;
  return JSON.parse(
    run('nix', ['eval', '--offline', '--json', 'nixpkgs#legacyPackages.x86_64-linux', '--apply', apply]),
  );
}

/** The reference graph of these packages as Nix exports it, built as the module builds it. */
function graphOf(names: readonly string[], roots: Record<string, string[]>): Closure {
  const expression = `
    let
      pkgs = (builtins.getFlake "flake:nixpkgs").legacyPackages.x86_64-linux;
      outputs = n: map (o: pkgs.\${n}.\${o}) pkgs.\${n}.meta.outputsToInstall;
    in
    pkgs.runCommand "graph" {
      __structuredAttrs = true;
      unsafeDiscardReferences.out = true;
      exportReferencesGraph.closure = builtins.concatMap outputs [ ${names.map((name) => `"${name}"`).join(' ')} ];
    } ''cp "$NIX_ATTRS_JSON_FILE" "''\${outputs[out]}"''
  `;
  const out = run('nix', [
    'build',
    '--offline',
    '--impure',
    '--no-link',
    '--print-out-paths',
    '--expr',
    expression,
  ]).trim();
  const attributes: { closure: { path: string; references: string[]; narSize: number }[] } = JSON.parse(
    readFileSync(out, 'utf8'),
  );
  const name = (path: string): string => path.slice('/nix/store/'.length);
  const rootsOf = (ids: readonly string[]): string[] => ids.flatMap((id) => (roots[id] as string[]).map(name));
  return closureSchema.parse({
    schemaVersion: 1,
    roots: Object.fromEntries([...packages, ...base].map((id) => [id, rootsOf([id])])),
    services: Object.fromEntries(Object.entries(services).map(([option, ids]) => [option, rootsOf(ids)])),
    paths: attributes.closure.map(({ path, references, narSize }) => ({
      path: name(path),
      references: references.filter((reference) => reference !== path).map(name),
      narSize,
    })),
  });
}
