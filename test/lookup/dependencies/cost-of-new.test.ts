import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { additionOf, additionText } from '../../../generators/lookup/dependencies/cost-of-new.ts';
import { closureOf } from '../../../generators/lookup/dependencies/nix-path-info.ts';
import { requiresSmallNixpkgs } from './requires-small-nixpkgs.ts';

const blender = {
  own: ['aaa-blender-4.5'],
  paths: [
    { path: 'aaa-blender-4.5', size: 30_000_000 },
    { path: 'bbb-llvm-21', size: 150_000_000 },
    { path: 'ccc-boost-1.87', size: 50_000_000 },
    { path: 'ddd-glibc-2.40', size: 30_000_000 },
  ],
};
const sentence = (present: readonly string[], closure = blender): string =>
  additionText(
    'blender-4.5',
    additionOf(closure, ({ path }) => present.includes(path)),
    2,
  );

describe('what adding a package would pull', () => {
  it('is listed with the size of its dependencies, the largest first', () => {
    expect(sentence(['ddd-glibc-2.40'])).toBe(
      [
        'Adding package blender-4.5 will pull 200 MB of dependencies and 30 MB of its own: 3 store paths; 1 of its closure are already present.',
        '  llvm-21, 150 MB',
        '  boost-1.87, 50 MB',
        '  and 1 more (--all)',
        '',
      ].join('\n'),
    );
  });

  it('has no dependencies when all of them are present', () => {
    expect(sentence(['bbb-llvm-21', 'ccc-boost-1.87', 'ddd-glibc-2.40'])).toMatch(
      /^Adding package blender-4.5 will pull 30 MB of its own and no dependencies: 1 store path; /,
    );
  });

  it('is nothing when the whole closure is present', () => {
    const all = blender.paths.map(({ path }) => path);
    expect(sentence(all)).toBe(
      'Adding package blender-4.5 pulls nothing: its closure (4 store paths) is already present.\n',
    );
  });
});

const nix = requiresSmallNixpkgs();

describe.skipIf(nix.missing !== null)(`asking Nix${nix.why}`, () => {
  const cache = mkdtempSync(join(tmpdir(), 'cache-'));
  afterAll(() => rmSync(cache, { recursive: true }));

  it('finds a package of the local store, and no package that was never built', async () => {
    run(['build', '--no-link', 'nixpkgs#jq']);
    const paths = run(['path-info', '--recursive', 'nixpkgs#jq']).trim().split('\n');
    const closure = await closureOf(['nixpkgs#jq']);
    expect(closure?.paths.map(({ path }) => `/nix/store/${path}`).sort()).toEqual(paths.sort());
    expect(closure?.own.length).toBe(run(['path-info', 'nixpkgs#jq']).trim().split('\n').length);
    // Never built, and in no cache.
    const never = `(builtins.getFlake "flake:nixpkgs").legacyPackages.x86_64-linux.runCommand "never-built" { } "false"`;
    expect(await closureOf(['--impure', '--expr', never])).toBeUndefined();
  });

  it('finds a package of a binary cache', async () => {
    run(['build', '--no-link', 'nixpkgs#jq']);
    run(['copy', '--to', `file://${cache}`, 'nixpkgs#jq']);
    expect(await closureOf(['nixpkgs#jq'], `file://${cache}`)).toEqual(await closureOf(['nixpkgs#jq']));
  });

  it('shows the message of Nix for a name that does not exist', async () => {
    await expect(closureOf(['nixpkgs#no-such-package'])).rejects.toThrow(/does not provide attribute/);
  });
});

function run(args: readonly string[]): string {
  return execFileSync('nix', ['--offline', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
