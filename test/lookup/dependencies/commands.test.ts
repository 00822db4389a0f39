import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../../generators/commands/command.ts';
import { command as cost } from '../../../generators/commands/cost.ts';
import { command as why } from '../../../generators/commands/why.ts';
import { costOfDeclared } from '../../../generators/lookup/dependencies/cost-of-declared.ts';
import { loadGraph } from '../../../generators/lookup/dependencies/load-graph.ts';
import { analyzeClosureGraph } from '../../../generators/questions/closure-graph/analyze.ts';
import { toolProfiles } from '../../../generators/tools/tool-profiles.ts';
import {
  declared,
  dependencyGraphOf,
  evidenceOf,
  randomEvidence,
  somePackage,
  storePath,
} from '../../questions/dependency-graph/closure-evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A small host: tools that share a library, an option with its package, a distribution. */
const host = evidenceOf(
  [
    somePackage('yazi', { version: '25.5', declarations: [declared(null, 'modules/tools.nix')] }),
    somePackage('ripgrep', { version: '14.1.1', declarations: [declared(null, 'modules/tools.nix')] }),
    somePackage('python313', { version: '3.13.1', declarations: [declared(null, 'modules/dev.nix')] }),
    somePackage('docker', { declarations: [declared('virtualisation.docker', 'host.nix')] }),
    somePackage('bash', { base: true }),
  ],
  {
    roots: {
      yazi: [storePath('yazi-25.5')],
      ripgrep: [storePath('ripgrep-14.1.1')],
      python313: [storePath('python3-3.13.1')],
      docker: [storePath('docker-28.5')],
      bash: [storePath('bash-5.3')],
    },
    services: { 'virtualisation.docker': [storePath('docker-28.5')], 'services.openssh': [storePath('openssh-10.2')] },
    paths: (
      [
        ['yazi-25.5', 40_000_000, ['ripgrep-14.1.1', 'glibc-2.40'], ['yazi', 'ya']],
        ['ripgrep-14.1.1', 6_000_000, ['pcre2-10.46'], ['rg']],
        ['pcre2-10.46', 2_000_000, ['glibc-2.40'], []],
        ['python3-3.13.1', 110_000_000, ['gcc-14.3.0', 'glibc-2.40'], ['python3']],
        ['gcc-14.3.0', 250_000_000, ['gcc-14.3.0-lib'], ['gcc']],
        ['gcc-14.3.0-lib', 9_000_000, ['glibc-2.40'], []],
        ['docker-28.5', 98_000_000, ['runc-1.3'], ['docker']],
        ['runc-1.3', 14_000_000, ['glibc-2.40'], ['runc']],
        ['openssh-10.2', 7_000_000, ['glibc-2.40'], ['ssh']],
        ['bash-5.3', 1_500_000, ['glibc-2.40'], ['bash']],
        ['glibc-2.40', 30_000_000, [], []],
      ] as [string, number, string[], string[]][]
    ).map(([name, narSize, references, commands]) => ({
      path: storePath(name),
      narSize,
      references: references.map((reference) => storePath(reference)),
      commands,
    })),
  },
);

beforeAll(() => {
  writeFileSync(join(folder, 'dependency_graph.json'), JSON.stringify(dependencyGraphOf(host)));
  writeFileSync(join(folder, 'closure_graph.json'), JSON.stringify(analyzeClosureGraph(host)));
  const added = { kind: 'reason', text: 'added 2025-05-01, “faster search”', pointer: '/packages/0' } as const;
  const tools = new Map([['ripgrep', [added]]]);
  const profiles = toolProfiles({ ...host, commands: { schemaVersion: 1, packages: { ripgrep: ['rg'] } } }, [
    { file: 'package_evolution', contribution: { tools } },
  ]);
  writeFileSync(join(folder, 'tool_profiles.json'), JSON.stringify(profiles));
});

async function run(command: Command, ...argv: string[]): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    const status = await command.run(['--dir', folder, ...argv]);
    return `${written.join('')}exit ${status}`;
  } finally {
    spy.mockRestore();
  }
}

describe('why', () => {
  it('shows the package that needs a dependency', async () => {
    expect(await run(why, 'gcc')).toMatchInlineSnapshot(`
      "gcc-14.3.0, 250 MB: needed by 1 of 4 declared packages
        python3-3.13.1 -> gcc-14.3.0

      gcc-14.3.0-lib, 9 MB: needed by 1 of 4 declared packages
        python3-3.13.1 -> gcc-14.3.0 -> gcc-14.3.0-lib
      exit 0"
    `);
  });

  it('shows where a package is declared, and what else needs it', async () => {
    expect(await run(why, 'ripgrep')).toMatchInlineSnapshot(`
      "ripgrep-14.1.1, 6 MB: needed by 1 of 4 declared packages
        declared: ripgrep, in modules/tools.nix
          added 2025-05-01, “faster search”
        yazi-25.5 -> ripgrep-14.1.1
      exit 0"
    `);
  });

  it('finds the package of a command', async () => {
    expect(await run(why, 'rg')).toBe(await run(why, 'ripgrep'));
  });

  it('finds a numbered name, and everything that needs a library', async () => {
    expect(await run(why, 'python')).toMatchInlineSnapshot(`
      "python3-3.13.1, 110 MB: declared; nothing else needs it
        declared: python313, in modules/dev.nix
      exit 0"
    `);
    expect(await run(why, '--all', 'glibc')).toMatchInlineSnapshot(`
      "glibc-2.40, 30 MB: needed by 4 of 4 declared packages, 1 option and the base system
        python3-3.13.1 -> glibc-2.40
        yazi-25.5 -> glibc-2.40
        docker-28.5 -> runc-1.3 -> glibc-2.40
        ripgrep-14.1.1 -> pcre2-10.46 -> glibc-2.40
        services.openssh: openssh-10.2 -> glibc-2.40
        the base system: bash-5.3 -> glibc-2.40
      exit 0"
    `);
  });

  it('finds the dependency that has a command which is not on PATH', async () => {
    const { system } = dependencyGraphOf(host);
    expect(system.commandsNotOnPath.map(({ commands }) => commands)).toEqual([['gcc'], ['ssh']]);
    expect(await run(why, 'gcc-14.3.0')).toContain('python3-3.13.1 -> gcc-14.3.0\n');
  });

  it('draws a tree', async () => {
    expect(await run(why, '--tree', 'glibc')).toMatchInlineSnapshot(`
      "glibc-2.40
      ├── python3-3.13.1  (declared: python313)
      ├── yazi-25.5  (declared: yazi)
      ├── runc-1.3
      │   └── docker-28.5  (declared: docker)
      ├── pcre2-10.46
      │   └── ripgrep-14.1.1  (declared: ripgrep)
      ├── openssh-10.2  (services.openssh)
      └── bash-5.3  (the base system)
      exit 0"
    `);
  });

  it('writes a graph for Graphviz', async () => {
    expect(await run(why, '--dot', 'pcre2')).toMatchInlineSnapshot(`
      "digraph why {
        rankdir=LR;
        node [shape=plaintext];
        n3 [label="pcre2-10.46", shape=box, penwidth=3];
        n4 [label="ripgrep-14.1.1", shape=box];
        n10 [label="yazi-25.5", shape=box];
        n4 -> n3;
        n10 -> n4;
      }
      exit 0"
    `);
  });

  it('ends with 1 and similar names when nothing has the name', async () => {
    expect(await run(why, 'pcr')).toMatchInlineSnapshot(`
      "nothing in the closure is named pcr; similar names: pcre2
      exit 1"
    `);
    expect(await run(why, 'nothing\u001b[31m')).toMatchInlineSnapshot(`
      "nothing in the closure is named nothing\\u{1b}[31m
      exit 1"
    `);
  });

  it.each([
    [[], 'expected one NAME, got 0'],
    [['a', 'b'], 'expected one NAME, got 2'],
    [[''], 'expected one NAME'],
  ])('rejects %j', async (argv, message) => {
    await expect(run(why, ...argv)).rejects.toThrow(message);
  });
});

describe('cost', () => {
  it('ranks by what a removal frees', async () => {
    expect(await run(cost)).toMatchInlineSnapshot(`
      "568 MB in 11 store paths: 528 MB needed by only one package or option,
      1.5 MB by only the base system, 38 MB shared.
      \`frees\`: what a removal frees, in \`paths\` store paths; \`needs\`: the whole closure.

        frees   needs  paths  name
       369 MB  399 MB      3  python313
       112 MB  142 MB      2  virtualisation.docker (docker)
        40 MB   78 MB      1  yazi
         7 MB   37 MB      1  services.openssh
      0 bytes   38 MB      0  ripgrep
      exit 0"
    `);
  });

  it('lists what the removal of a package or an option frees', async () => {
    expect(await run(cost, 'python313')).toMatchInlineSnapshot(`
      "python313 3.13.1, in modules/dev.nix
        needs 399 MB in 4 store paths
        frees 369 MB in 3 store paths when removed:
          gcc-14.3.0, 250 MB
          python3-3.13.1, 110 MB
          gcc-14.3.0-lib, 9 MB
        heaviest chain: python3-3.13.1 -> gcc-14.3.0 -> gcc-14.3.0-lib -> glibc-2.40, 399 MB
      exit 0"
    `);
    expect(await run(cost, 'docker')).toMatchInlineSnapshot(`
      "docker, by virtualisation.docker in host.nix
        needs 142 MB in 3 store paths
        frees 112 MB in 2 store paths when removed with its option:
          docker-28.5, 98 MB
          runc-1.3, 14 MB
        heaviest chain: docker-28.5 -> runc-1.3 -> glibc-2.40, 142 MB
      exit 0"
    `);
    expect(await run(cost, 'virtualisation.docker')).toMatchInlineSnapshot(`
      "virtualisation.docker
        adds docker
        needs 142 MB
        frees 112 MB in 2 store paths when removed:
          docker-28.5, 98 MB
          runc-1.3, 14 MB
      exit 0"
    `);
  });

  it('shows that removing a package frees nothing while another needs it', async () => {
    expect(await run(cost, 'ripgrep')).toMatchInlineSnapshot(`
      "ripgrep 14.1.1, in modules/tools.nix
        needs 38 MB in 3 store paths
        frees nothing when removed: all of it is needed by others
        also required by yazi
        heaviest chain: ripgrep-14.1.1 -> pcre2-10.46 -> glibc-2.40, 38 MB
      exit 0"
    `);
  });

  it('distinguishes dependencies from declared packages and unknown names', async () => {
    expect(await run(cost, 'glibc')).toMatchInlineSnapshot(`
      "glibc is only a dependency, not declared: nixos-intelligence why glibc
      exit 1"
    `);
    expect(await run(cost, 'blender')).toMatchInlineSnapshot(`
      "blender is neither declared nor in the closure. What adding it would pull: nixos-intelligence cost nixpkgs#blender
      exit 1"
    `);
  });

  it('passes no option to Nix', async () => {
    await expect(run(cost, '--', '--impure#x')).rejects.toThrow('expected a NAME or FLAKE#PACKAGE, got `--impure#x`');
  });

  it('rejects an unknown order', async () => {
    await expect(run(cost, '--by', 'name')).rejects.toThrow('--by: expected `exclusive` or `closure`, got `name`');
  });
});

describe('--json', () => {
  const json = async (command: Command, ...argv: string[]) => {
    const [, text = '', status] = /^(.*)exit (\d)$/s.exec(await run(command, '--json', ...argv)) ?? [];
    return { status, ...JSON.parse(text) };
  };

  it('of why has chains of store names', async () => {
    expect(await json(why, 'pcre2')).toEqual({
      status: '0',
      name: 'pcre2',
      found: true,
      storePaths: [
        {
          storeName: 'pcre2-10.46',
          size: 2_000_000,
          declared: [],
          requiredBy: {
            packages: [
              { name: 'ripgrep', referenceChain: ['ripgrep-14.1.1', 'pcre2-10.46'] },
              { name: 'yazi', referenceChain: ['yazi-25.5', 'ripgrep-14.1.1', 'pcre2-10.46'] },
            ],
            options: [],
            base: null,
          },
        },
      ],
      near: [],
    });
    expect(await json(why, 'pcr')).toEqual({ status: '1', name: 'pcr', found: false, storePaths: [], near: ['pcre2'] });
  });

  it('of cost has the figures', async () => {
    const { status, size, units } = await json(cost);
    expect([status, size, units.length, units[0].name]).toEqual(['0', 567_500_000, 5, 'python313']);
    expect(await json(cost, 'ripgrep')).toMatchObject({
      status: '0',
      found: true,
      packages: [{ id: 'ripgrep', exclusiveSize: 0, freed: [], requiredBy: { packages: ['yazi'] } }],
    });
    expect(await json(cost, 'glibc')).toMatchObject({ status: '1', found: false, isDependency: true, packages: [] });
  });
});

describe('without usable data', () => {
  const other = mkdtempSync(join(tmpdir(), 'no-data-'));
  afterAll(() => rmSync(other, { recursive: true }));
  const failure = { code: 'no-data', status: 2, hint: expect.stringContaining('nixos-rebuild switch') };

  it.each<[string, string | undefined, RegExp]>([
    ['a missing file', undefined, /cannot read `.*dependency_graph.json`/],
    ['another schemaVersion', '{ "schemaVersion": 2 }', /expected schemaVersion `1`, got `2`/],
    ['no schemaVersion', 'null', /expected schemaVersion `1`, got `nothing`/],
    ['no JSON', '{', /expected JSON, got something else/],
  ])('%s is an error with the command that writes the data', async (_, text, message) => {
    if (text !== undefined) writeFileSync(join(other, 'dependency_graph.json'), text);
    const error = expect.objectContaining({ ...failure, message: expect.stringMatching(message) });
    await expect(why.run(['--dir', other, 'gcc'])).rejects.toEqual(error);
    await expect(cost.run(['--dir', other])).rejects.toEqual(error);
  });
});

describe('the built files', () => {
  it('give the freed store paths whose number and size the analysis computed', () => {
    for (let seed = 0; seed < 20; seed++) {
      const evidence = randomEvidence(seed, { paths: 80, edges: 300, packages: 20, options: 4, base: 3 });
      const figures = dependencyGraphOf(evidence);
      const graph = loadGraph(figures, analyzeClosureGraph(evidence));
      const names = [...figures.packages.map(({ id }) => id), ...figures.options.map(({ option }) => option)];
      for (const name of names) {
        const { packages, options } = costOfDeclared(graph, name);
        expect(packages.length + options.length).toBe(1);
        for (const { freed, exclusivePaths, exclusiveSize } of [...packages, ...options]) {
          expect(freed).toHaveLength(exclusivePaths);
          expect(freed.reduce((sum, { size }) => sum + size, 0)).toBe(exclusiveSize);
        }
      }
    }
  });

  it('have no store hash', () => {
    expect(JSON.stringify(dependencyGraphOf(host))).not.toMatch(/[0-9a-df-np-sv-z]{32}-/);
  });
});
