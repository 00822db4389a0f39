import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projects as projectsSchema } from '../../../generators/evidence/projects.ts';
import { type ProjectsRequest, takeProjects } from '../../../generators/snapshot/projects/take-projects.ts';
import { plant } from '../../tree.ts';
import { leaked, secretsOf } from '../secrets.ts';
import { makeProject, me } from './make-project.ts';

const scratch = mkdtempSync(join(tmpdir(), 'projects-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const take = (folders: readonly string[], more: Partial<ProjectsRequest> = {}) =>
  takeProjects({
    folders,
    depth: 4,
    time: 60_000,
    minShare: 0.2,
    names: 'none',
    takenOn: '2026-11-20',
    ...more,
  }).then((snapshot) => projectsSchema.parse(snapshot));

const source = join(scratch, 'src');
beforeAll(() => {
  makeProject(
    join(source, 'mine'),
    { 'Cargo.toml': '', '.gitignore': 'out/\n', 'out/package.json': '{}', 'CLAUDE.md': 'x' },
    [
      [me, '2025-03'],
      ['ann@example.org', '2024-01'],
      [me.toUpperCase(), '2026-02'],
    ],
  );
  makeProject(
    join(source, 'group/deeper/theirs'),
    { 'go.mod': '' },
    Array.from({ length: 6 }, (_, n) => [n === 0 ? me : 'ann@example.org', '2025-01'] as const),
  );
  makeProject(join(source, 'group/new'), { 'package.json': '{}', 'packages/a/package.json': '{}' }, []);
  plant(source, {
    'notes/readme.txt': 'x',
    'plain/pyproject.toml': '[project]\nname = "x"\n',
    'plain/sub/Cargo.toml': '',
    '.hidden/x/go.mod': '',
    'node_modules/x/package.json': '{}',
    'a/b/c/d/e/go.mod': '',
    'linked -> plain': '',
    'plain/link.tf -> /etc/passwd': '',
  });
});

test('repositories of the user and folders with a manifest, each once', async () => {
  const { coverage, projects } = await take([source]);
  expect(coverage).toMatchObject({ folders: 1, othersProjects: 1, unknownAuthor: 0, unreadable: 0, complete: true });
  expect(
    projects.map(({ types, firstMonth, lastMonth, contextFiles }) => [types, firstMonth, lastMonth, contextFiles]),
  ).toEqual([
    [['node'], null, null, []],
    [['python', 'rust'], null, null, []],
    [['rust'], '2025-03', '2026-02', ['CLAUDE.md']],
  ]);
});

test('a repository counts from the stated share of commits on', async () => {
  const shares = [0, 0.16, 0.17, 1].map((minShare) => take([join(source, 'group')], { minShare }));
  expect(
    (await Promise.all(shares)).map(({ projects, coverage }) => [projects.length, coverage.othersProjects]),
  ).toEqual([
    [2, 0],
    [2, 0],
    [1, 1],
    [1, 1],
  ]);
});

test('depth and time bound the search, and the snapshot says so', async () => {
  expect((await take([source], { depth: 6 })).projects.filter(({ types }) => types.includes('go'))).toHaveLength(1);
  expect((await take([source], { depth: 0 })).projects).toEqual([]);
  expect((await take([source], { time: -1 })).coverage.complete).toBe(false);
});

test('the same folders in any order, named twice or not, give the same snapshot', async () => {
  const a = await take([join(source, 'mine'), join(source, 'plain')]);
  const b = await take([join(source, 'plain'), join(source, 'mine')]);
  expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  expect((await take([source, source])).projects).toHaveLength(3);
});

test('names are written only on request', async () => {
  expect(JSON.stringify(await take([source]))).not.toContain('mine');
  const plain = await take([source], { names: 'plain' });
  expect(plain.projects.map(({ name }) => name).sort()).toEqual(['mine', 'new', 'plain']);
  const hashed = await take([source], { names: 'hashed' });
  for (const { name } of hashed.projects) expect(name).toMatch(/^[0-9a-f]{12}$/);
});

test('a folder that does not exist has no projects', async () => {
  expect((await take([join(scratch, 'none')])).projects).toEqual([]);
});

test('40 secrets and private names, wherever they are in a project, are neither in the snapshot nor in the output', async () => {
  const secrets = secretsOf('projects', 40);
  const at = (index: number): string => secrets[index % secrets.length] ?? '';
  for (const [index, secret] of secrets.entries()) {
    const folder = join(scratch, 'private', secret);
    makeProject(
      folder,
      {
        'pyproject.toml': `[project]\nname = "${secret}"\ndependencies = ["${secret}>=1", "ruff"]\n[tool.${secret}]\nx = "${secret}"\n[dependency-groups]\n${secret} = ["${at(index + 1)}"]\n[tool.poe.tasks]\n${secret} = "${secret} --token ${secret}"\n`,
        'package.json': JSON.stringify({
          name: secret,
          scripts: { [secret]: `eslint ${secret}` },
          devDependencies: { [secret]: '1' },
        }),
        Makefile: `${secret}:\n\t${secret} ${secret}\n\tgolangci-lint ${secret}\n`,
        '.pre-commit-config.yaml': `repos:\n  - repo: https://${secret}.example/${secret}\n    hooks: [{ id: ${secret}, entry: ${secret} }]\n`,
        '.github/workflows/x.yml': `name: ${secret}\njobs:\n  ${secret}:\n    steps:\n      - uses: ${secret}/${secret}@v1\n      - run: ${secret} ${secret}\n`,
        'flake.nix': `{ inputs.${secret}.url = "${secret}"; outputs = _: { devShells.x = mkShell { packages = [ ${secret} pkgs.${secret} ]; }; }; }`,
        [`${secret}/Cargo.toml`]: `[dependencies]\n${secret} = "1"\n`,
        '.env': `TOKEN=${secret}\n`,
      },
      [
        [`${secret}@example.org`, '2025-01'],
        [me, '2025-02'],
      ],
    );
  }
  const snapshot = await take([join(scratch, 'private')]);
  expect(JSON.stringify(snapshot)).toContain('"ruff"');
  expect(leaked(secrets, { projects: snapshot })).toEqual([]);
});
