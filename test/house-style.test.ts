import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requires } from './requires.ts';

function run(program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

function expectSuccess(program: string, args: readonly string[], fix: string): void {
  const { status, output } = run(program, args);
  expect(status, `${output}\nto fix it: ${fix}`).toBe(0);
}

test('types check', () => expectSuccess('npx', ['tsc', '--noEmit'], 'npm run typecheck'));

test('Biome finds nothing', () =>
  expectSuccess('npx', ['biome', 'check', '--config-path=.biome.json', '.'], 'npm run format'));

test('knip finds no unused file, export or dependency', () =>
  expectSuccess('npx', ['knip'], 'delete what is unused; `npm run lint` lists it'));

const shellcheck = requires('shellcheck', 'git');
test.skipIf(shellcheck.missing)(`shellcheck finds nothing in shell scripts${shellcheck.why}`, () => {
  const scripts = run('git', ['ls-files', '*.sh', '.ci/run']).output.trim().split('\n');
  expectSuccess('shellcheck', ['--severity=warning', ...scripts], 'follow the advice of shellcheck');
});

test('no line of a Nix file is longer than 100 characters', () => {
  const files = run('git', ['ls-files', '*.nix', ':!test/lang']).output.trim().split('\n');
  const tooLong = files.flatMap((file) =>
    readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line, index) => ([...line].length > 100 ? [`${file}:${index + 1}`] : [])),
  );
  expect(tooLong).toEqual([]);
});
