import { describe, expect, it } from 'vitest';
import type { EvaluatedPackage } from '../../../generators/evidence/evaluated.ts';
import type { EvidenceWith } from '../../../generators/evidence/evidence.ts';
import type { GitHistory } from '../../../generators/evidence/git-history.ts';
import { earlierOutputs } from '../../../generators/evidence/question.ts';
import { analyzeDependencyGraph } from '../../../generators/questions/dependency-graph/analyze.ts';
import { otherEvidence, type Usage } from '../../../generators/questions/dependency-graph/other-evidence.ts';
import { presentDependencyGraph } from '../../../generators/questions/dependency-graph/present.ts';
import { usageAlignment } from '../../../generators/questions/usage-alignment/schema.ts';
import { declared, dependencyGraphOf, evidenceOf, somePackage, storePath } from './closure-evidence.ts';

/** store name -> [size, references, commands] */
type Paths = Record<string, [size: number, references?: string[], commands?: string[]]>;

function world(
  packages: readonly (EvaluatedPackage & { out: string[] })[],
  paths: Paths,
  services: Record<string, string[]> = {},
): EvidenceWith<'closure'> {
  return evidenceOf(
    packages.map(({ out: _, ...entry }) => entry),
    {
      roots: Object.fromEntries(packages.map(({ id, out }) => [id, out.map((name) => storePath(name))])),
      services: Object.fromEntries(
        Object.entries(services).map(([id, out]) => [id, out.map((name) => storePath(name))]),
      ),
      paths: Object.entries(paths).map(([name, [narSize, references = [], commands]]) => ({
        path: storePath(name),
        references: references.map((reference) => storePath(reference)),
        narSize,
        ...(commands ? { commands } : {}),
      })),
    },
  );
}

const nothingEarlier = earlierOutputs(new Map());
const entry = (id: string, out: string[], more: Partial<EvaluatedPackage> = {}) => ({ ...somePackage(id, more), out });
const sentences = (evidence: EvidenceWith<'closure'>, usage?: Usage): string[] =>
  dependencyGraphOf(evidence, usage ? { usage } : {}).insights.map(({ text }) => text);
const inContext = (evidence: EvidenceWith<'closure'>): string[] =>
  (presentDependencyGraph(analyzeDependencyGraph(evidence), evidence).sections ?? []).flatMap(({ items }) =>
    items.map((item) =>
      item.content.map((part) => (typeof part === 'string' ? part : Object.values(part)[0])).join(''),
    ),
  );

describe('a compiler that is present only as a dependency of an interpreter', () => {
  const python = entry('python313', ['python3-3.13.1']);
  const paths: Paths = {
    'python3-3.13.1': [100, ['gcc-14.3.0', 'glibc-2.40'], ['python3', 'python']],
    'gcc-14.3.0': [900, ['glibc-2.40'], ['gcc', 'g++', 'cc']],
    'glibc-2.40': [30],
  };
  const sentence = "You need gcc for Python native modules. It's already installed via python313.";

  it('is reported with the references to it', () => {
    const output = dependencyGraphOf(world([python], paths));
    expect(output.insights).toEqual([
      {
        kind: 'present-as-dependency',
        text: sentence,
        packages: ['python313'],
        evidence: ['python3-3.13.1 -> gcc-14.3.0', 'no declared package puts gcc on PATH'],
      },
    ]);
    expect(inContext(world([python], paths))).toEqual([
      'gcc (gcc, g++, cc): not declared, present through python313; do not rely on it in PATH',
    ]);
  });

  it('is recognised by its name when the closure has no commands', () => {
    const bare = Object.fromEntries(
      Object.entries(paths).map(([name, [size, references]]) => [name, [size, references]]),
    );
    const python = entry('python313', ['python3-3.13.1'], { mainProgram: 'python3' });
    expect(sentences(world([python], bare as Paths))).toEqual([sentence]);
  });

  it.each<[string, EvidenceWith<'closure'>]>([
    ['the compiler is declared', world([python, entry('gcc', ['gcc-14.3.0'])], paths)],
    ['the base system puts it on PATH', world([python, entry('base-gcc', ['gcc-14.3.0'], { base: true })], paths)],
    [
      'only its library is present',
      world([python], {
        'python3-3.13.1': [100, ['gcc-14.3.0-lib'], ['python3']],
        'gcc-14.3.0-lib': [9],
      }),
    ],
    [
      'only its library is present, in a closure without commands',
      world([entry('python313', ['python3-3.13.1'], { mainProgram: 'python3' })], {
        'python3-3.13.1': [100, ['gcc-14.3.0-lib']],
        'gcc-14.3.0-lib': [9],
      }),
    ],
    [
      'another package depends on it, not Python',
      world([python, entry('ghc', ['ghc-9.8'])], {
        'python3-3.13.1': [100, [], ['python3']],
        'ghc-9.8': [500, ['gcc-14.3.0'], ['ghci']],
        'gcc-14.3.0': [900, [], ['gcc']],
      }),
    ],
    [
      'Python itself is only a dependency',
      world([entry('anki', ['anki-25'])], { ...paths, 'anki-25': [10, ['python3-3.13.1'], ['anki']] }),
    ],
    ['Python belongs to the base system', world([{ ...python, base: true, declarations: [] }], paths)],
  ])('is not reported when %s', (_, evidence) => {
    expect(sentences(evidence)).toEqual([]);
  });

  it('is not in the context of a home whose system is unknown', () => {
    const evidence = world([python], paths);
    expect(inContext({ ...evidence, evaluated: { ...evidence.evaluated, platform: 'home-manager' } })).toEqual([]);
  });

  it('is not in the context when its command is on PATH', () => {
    expect(inContext(world([python, entry('gcc', ['gcc-14.3.0'])], paths))).toEqual([]);
  });
});

const window = { since: '2025-01-01', days: 200 };

describe('packages without dependents and without use', () => {
  const paths: Paths = {
    'dust-1.0': [10, ['libduo-1'], ['dust']],
    'procs-1.0': [10, ['libduo-1', 'ripgrep-14.1'], ['procs']],
    'libduo-1': [5],
    'ripgrep-14.1': [20, [], ['rg']],
    'yazi-25': [40, ['ripgrep-14.1'], ['yazi']],
  };
  const packages = [
    entry('dust', ['dust-1.0']),
    entry('procs', ['procs-1.0']),
    entry('ripgrep', ['ripgrep-14.1']),
    entry('yazi', ['yazi-25']),
  ];

  it('are counted, without packages to which another package refers', () => {
    const unused = ['dust', 'procs', 'ripgrep'];
    const output = dependencyGraphOf(world(packages, paths), { usage: { unused, shells: ['fish'], ...window } });
    expect(output.insights).toEqual([
      {
        kind: 'unused',
        text: 'These 2 packages are unused (no dependents, not in Fish history).',
        packages: ['dust', 'procs'],
        evidence: [
          'no other declared package, no enabled option and nothing in the base system refers to them',
          'no use in 200 days of history, since 2025-01-01',
          // Each alone frees 10 bytes: the shared library is needed as long as one of the two is present.
          'removed together, they free 25 bytes',
        ],
      },
    ]);
    expect(output.packages.slice(0, 2).map(({ exclusiveSize }) => exclusiveSize)).toEqual([10, 10]);
  });

  it.each<[string, EvidenceWith<'closure'>, Usage | undefined]>([
    ['there is no history', world(packages, paths), undefined],
    ['no history was read', world(packages, paths), { unused: ['dust'], shells: [], ...window }],
    ['all are used', world(packages, paths), { unused: [], shells: ['fish'], ...window }],
    [
      'a service needs them',
      world(packages, paths, { 'services.x': ['dust-1.0'] }),
      { unused: ['dust'], shells: ['fish'], ...window },
    ],
    [
      'the base system has them too',
      world([...packages, entry('base', ['dust-1.0'], { base: true })], paths),
      { unused: ['dust'], shells: ['fish'], ...window },
    ],
  ])('are not reported when %s', (_, evidence, usage) => {
    expect(sentences(evidence, usage)).toEqual([]);
  });
});

describe('a removed package that is still present', () => {
  const paths: Paths = {
    'devenv-1.0': [10, ['nodejs-20.18.1', 'gcc-14.3.0-lib'], ['devenv']],
    'nodejs-20.18.1': [90, [], ['node']],
    'gcc-14.3.0-lib': [9],
  };
  const evidence = world([entry('devenv', ['devenv-1.0'])], paths);
  const gone = (name: string) => ({ name, removedOn: '2026-05-01', commit: 'abc1234' });

  it('is reported with the references that retain it', () => {
    const output = dependencyGraphOf(evidence, { removed: [gone('nodejs_20')] });
    expect(output.removedButPresent).toEqual([
      {
        name: 'nodejs_20',
        removedOn: '2026-05-01',
        commit: 'abc1234',
        storeName: 'nodejs-20.18.1',
        size: 90,
        retainedBy: { kind: 'package', name: 'devenv' },
        referenceChain: ['devenv-1.0', 'nodejs-20.18.1'],
      },
    ]);
    expect(output.insights[0]?.text).toBe(
      'nodejs_20 was removed on 2026-05-01, but nodejs-20.18.1 is still in the closure, retained by devenv.',
    );
  });

  it.each(['nodejs_22', 'gcc', 'node', 'devenv'])('is not %s', (name) => {
    expect(dependencyGraphOf(evidence, { removed: [gone(name)] }).removedButPresent).toEqual([]);
  });

  it('is not known without git history', () => {
    expect(dependencyGraphOf(evidence).removedButPresent).toBeNull();
  });
});

it('counts packages that only an option adds to the option', () => {
  const docker = entry('docker', ['docker-28'], { declarations: [declared('virtualisation.docker')] });
  const evidence = world(
    [docker, entry('git', ['git-2.51'])],
    { 'docker-28': [50, ['runc-1']], 'runc-1': [7], 'git-2.51': [20] },
    { 'virtualisation.docker': ['docker-28'] },
  );
  const { packages, options, system } = dependencyGraphOf(evidence);
  expect(packages.map(({ id, exclusiveSize, requiredBy }) => [id, exclusiveSize, requiredBy.options])).toEqual([
    ['docker', 57, []],
    ['git', 20, []],
  ]);
  expect(options.map(({ option, exclusiveSize }) => [option, exclusiveSize])).toEqual([['virtualisation.docker', 57]]);
  expect(system.costliest.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'option virtualisation.docker',
    'package git',
  ]);
});

it('reports several versions of one package, and what requires each', () => {
  const evidence = world([entry('a', ['a-1']), entry('b', ['b-1'])], {
    'a-1': [1, ['openssl-3.0.13', 'zlib-1.3']],
    'b-1': [
      1,
      [
        'openssl-3.4.0',
        'openssl-3.0.13-dev',
        'zlib-1.3',
        'patch-2.diff',
        'patch-1.diff',
        'unit-9-a.link',
        'unit-8-b.link',
      ],
    ],
    'openssl-3.0.13': [5],
    'openssl-3.0.13-dev': [5],
    'openssl-3.4.0': [6],
    'zlib-1.3': [2],
    'patch-1.diff': [1],
    'unit-8-b.link': [1],
    'unit-9-a.link': [1],
    'patch-2.diff': [1],
  });
  expect(
    dependencyGraphOf(evidence).system.multipleVersions.map(({ name, versions }) => [
      name,
      versions.map(({ storeName, requiredBy }) => [storeName, requiredBy.packages]),
    ]),
  ).toEqual([
    [
      'openssl',
      [
        ['openssl-3.0.13', ['a']],
        ['openssl-3.4.0', ['b']],
      ],
    ],
  ]);
});

it('skips what a damaged closure does not describe, and counts it', () => {
  const evidence = evidenceOf([somePackage('a'), somePackage('b')], {
    roots: { a: [storePath('a-1')], b: [storePath('b-1')], stranger: [storePath('c-1')] },
    services: {},
    paths: [
      { path: storePath('a-1'), references: [storePath('gone-1'), storePath('c-1'), storePath('a-1')], narSize: 5 },
      { path: storePath('c-1'), references: [storePath('a-1')], narSize: 3 },
    ],
  });
  const { packages, incomplete, system } = dependencyGraphOf(evidence);
  expect(incomplete).toEqual({
    packagesWithoutStorePaths: ['b'],
    undescribedReferences: 1,
    unevaluatedPackages: 1,
    commandsKnown: false,
  });
  expect(
    packages.map(({ id, closureSize, exclusiveSize, requiredBy }) => [id, closureSize, exclusiveSize, requiredBy.base]),
  ).toEqual([['a', 8, 0, true]]);
  expect(system.size).toBe(8);
});

describe('other evidence', () => {
  const evidence = world([entry('a', ['a-1'])], { 'a-1': [1] });
  const gone = (date: string) => ({ commit: '0123456789ab', date });
  const history = {
    tools: [
      { name: 'ripgrep', kind: 'package', present: true, gone: gone('2025-01-01') },
      { name: 'nodejs_20', kind: 'package', present: false, gone: gone('2025-02-01') },
      { name: 'gcc', kind: 'package', present: false, gone: gone('2025-03-01') },
      { name: 'programs.git', kind: 'option', present: false, gone: gone('2025-03-01') },
    ],
  };
  const alignment = (enough: boolean) => ({
    window: { enough, sources: ['fish'], from: window.since, days: window.days },
    unused: [{ package: 'dust' }],
  });

  it('has packages removed for good, the latest first', () => {
    const gitHistory = history as unknown as GitHistory;
    expect(otherEvidence({ ...evidence, gitHistory }, nothingEarlier)).toEqual({
      removed: [
        { name: 'gcc', removedOn: '2025-03-01', commit: '0123456789ab' },
        { name: 'nodejs_20', removedOn: '2025-02-01', commit: '0123456789ab' },
      ],
    });
  });

  it('has unused packages when the history is long enough', () => {
    expect(otherEvidence(evidence, earlierOutputs(new Map([[usageAlignment, alignment(true)]])))).toEqual({
      usage: { unused: ['dust'], shells: ['fish'], ...window },
    });
    expect(otherEvidence(evidence, earlierOutputs(new Map([[usageAlignment, alignment(false)]])))).toEqual({});
  });

  it('is empty without snapshots', () => {
    expect(otherEvidence(evidence, nothingEarlier)).toEqual({});
  });
});
