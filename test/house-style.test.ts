import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { requires } from './requires.ts';

const run = (program: string, args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
};
const fine = (outcome: { status: number | null; output: string }, mend: string) =>
  expect(outcome.status, `${outcome.output}\nto mend it: ${mend}`).toBe(0);

test('types check', () => fine(run('npx', ['tsc', '--noEmit']), 'npm run typecheck'));

test('Biome finds nothing', () =>
  fine(run('npx', ['biome', 'check', '--config-path=.biome.json', '.']), 'npm run format'));

const shellcheck = requires('shellcheck', 'git');
test.skipIf(shellcheck.missing)(`shellcheck finds nothing in shell scripts${shellcheck.why}`, () => {
  const scripts = run('git', ['ls-files', '*.sh', '.ci/run']).output.trim().split('\n');
  fine(run('shellcheck', ['--severity=warning', ...scripts]), 'follow what shellcheck says');
});
