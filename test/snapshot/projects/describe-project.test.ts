import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectToolNames, projectTools, toolKinds } from '../../../generators/data/project-tools.ts';
import { projectTypeNames } from '../../../generators/data/project-types.ts';
import { describeProject } from '../../../generators/snapshot/projects/describe-project.ts';
import { listFiles } from '../../../generators/snapshot/projects/list-files.ts';
import { requirement, requiresClone } from '../../requires.ts';
import { projectTrees } from './project-trees.ts';

function describeTree(tree: Readonly<Record<string, string>>) {
  return describeProject({ paths: Object.keys(tree).sort(), read: (path) => tree[path] ?? null });
}

test('the table of tools names known kinds and types', () => {
  for (const name of projectToolNames) {
    const { kinds, types } = projectTools[name];
    expect(kinds.length, name).toBeGreaterThan(0);
    expect(toolKinds, name).toEqual(expect.arrayContaining([...kinds]));
    expect(projectTypeNames, name).toEqual(expect.arrayContaining([...types]));
  }
});

test.each(projectTrees)(
  '$name: types, tools and counts as a reader finds them',
  ({ tree, types, tools, dependencies }) => {
    const facts = describeTree(tree);
    expect(facts.types).toEqual(types);
    expect(facts.tools).toEqual(tools);
    expect(facts.dependencies).toEqual(
      Object.entries(dependencies ?? {}).map(([type, [direct, dev]]) => ({ type, direct, dev })),
    );
    expect(facts.unreadable).toBe(0);
  },
);

test('vendored folders, fixtures and documents are not the project’s', () => {
  const facts = describeTree({
    'go.mod': 'module example.org/x\n',
    'vendor/github.com/a/b/package.json': '{}',
    'node_modules/x/package.json': '{}',
    'docs/package.json': '{}',
    'tests/fixtures/Cargo.toml': '[package]\nname = "x"\n',
    'a/b/c/d/pom.xml': '<project/>',
  });
  expect(facts.types).toEqual(['go']);
});

test('pyproject.toml that only configures a tool makes no Python project', () => {
  expect(describeTree({ 'go.mod': 'module x', 'pyproject.toml': '[tool.codespell]\nskip = "x"\n' })).toMatchObject({
    types: ['go'],
    tools: ['codespell'],
  });
});

test('files that cannot be parsed are counted', () => {
  const facts = describeTree({
    'package.json': '{',
    'Cargo.toml': '[',
    'pyproject.toml': '=',
    '.gitlab-ci.yml': ': :\n\t- [',
  });
  expect(facts).toMatchObject({ types: ['node', 'python', 'rust'], unreadable: 4 });
});

test('a word is a tool only at a command position', () => {
  const facts = describeTree({
    'package.json': JSON.stringify({
      scripts: { x: 'echo eslint && rm -rf jest # mocha', y: './prettier --x', z: 'npx vitest' },
    }),
  });
  expect(facts.tools).toEqual(['vitest']);
});

test('no text makes a reader throw', () => {
  const names = [
    'pyproject.toml',
    'Cargo.toml',
    'package.json',
    'flake.nix',
    'Makefile',
    'justfile',
    '.pre-commit-config.yaml',
    '.github/workflows/x.yml',
    'go.mod',
    'mix.exs',
    'Gemfile',
    'tox.ini',
    'pom.xml',
    'requirements.txt',
  ];
  const piece = fc.constantFrom(
    '[tool.ruff]',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\n',
    '\t',
    '- run: ',
    'x = 1',
    '__proto__',
    '&a',
    '*a',
    ': ',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(fc.constantFrom(...names), text, (name, content) => {
      describeTree({ [name]: content });
    }),
  );
});

/** Found by reading these repositories at these commits. */
const publicProjects = [
  {
    name: 'zoxide',
    commit: 'e3ef7c9b41e3',
    types: ['rust'],
    tools: [
      'cargo test',
      'cargo-nextest',
      'clippy',
      'direnv',
      'just',
      'markdownlint',
      'nix develop',
      'nixfmt',
      'rustfmt',
      'shellcheck',
      'shfmt',
      'yamlfmt',
    ],
  },
  {
    name: 'starship',
    commit: '6f33dcec91b7',
    types: ['rust'],
    tools: ['cargo-deny', 'clippy', 'dprint', 'rustfmt', 'shellcheck', 'shfmt', 'taplo', 'typos'],
  },
  {
    name: 'atuin',
    commit: '824c8716d82b',
    types: ['rust'],
    tools: [
      'Dockerfile',
      'cargo-deny',
      'cargo-nextest',
      'clippy',
      'codespell',
      'devcontainer',
      'nix flake check',
      'nix fmt',
      'nixfmt',
      'rustfmt',
      'shellcheck',
    ],
  },
  {
    name: 'direnv',
    commit: 'b00e451f547f',
    types: ['go'],
    tools: ['go test', 'gofmt', 'golangci-lint', 'make', 'nix develop', 'shellcheck', 'shfmt'],
  },
  {
    name: 'nixos-config',
    commit: 'ad6afc12ce75',
    types: ['nix'],
    tools: [
      'bats',
      'deadnix',
      'devenv',
      'direnv',
      'gitleaks',
      'markdownlint',
      'nix flake check',
      'nixpkgs-fmt',
      'pre-commit',
      'shellcheck',
      'trivy',
    ],
  },
  {
    name: 'flask',
    commit: '2ac89889f4cc',
    types: ['python'],
    tools: ['codespell', 'devcontainer', 'mypy', 'pre-commit', 'pyright', 'pytest', 'ruff', 'tox', 'uv'],
  },
  {
    name: 'ofetch',
    commit: 'dfbe3ca4ef8a',
    types: ['node'],
    tools: ['eslint', 'pnpm', 'prettier', 'typescript', 'vitest'],
  },
  { name: 'plug', commit: 'a898c454a04c', types: ['elixir'], tools: ['mix format', 'mix test'] },
  { name: 'minima', commit: 'b3385fe64e9d', types: ['ruby'], tools: [] },
  { name: 'shellcheck', commit: '764802b7c023', types: ['haskell'], tools: ['Dockerfile', 'cabal', 'stack'] },
  { name: 'cobra', commit: 'adbc8813901b', types: ['go'], tools: ['go test', 'gofmt', 'golangci-lint', 'make'] },
  {
    name: 'flysystem',
    commit: '072735c56cc0',
    types: ['php'],
    tools: ['docker compose', 'php-cs-fixer', 'phpstan', 'phpunit'],
  },
  { name: 'moshi', commit: '889013ec2edb', types: ['jvm'], tools: ['gradle', 'junit', 'spotless'] },
  // Ninja is a value in the matrix of its CI, which is not read.
  { name: 'fmt', commit: '60ccad511fd6', types: ['c'], tools: ['clang-format', 'clang-tidy', 'cmake', 'ctest'] },
];

describe.each(publicProjects)('the public repository $name', ({ name, commit, types, tools }) => {
  const clone = requiresClone(name);
  const head = spawnSync('git', ['-C', clone.path, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout ?? '';
  const needed = clone.missing ? clone : requirement(head.startsWith(commit) ? null : `the clone is not at ${commit}`);
  test.skipIf(needed.missing)(`types and tools as a reader finds them${needed.why}`, async () => {
    const facts = describeProject(await listFiles({ folder: clone.path, isRepository: true }));
    expect(facts).toMatchObject({ types, tools, unreadable: 0 });
  });
});
