import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEvidence } from '../../../generators/evidence/read-evidence.ts';
import { buildOutput } from '../../../generators/output/build-output.ts';
import { writeFolder } from '../../../generators/output/write-folder.ts';
import { nix, repository, requiresNix } from '../../nix/world.ts';

const missing = requiresNix('nixpkgs');
const scratch = mkdtempSync(join(tmpdir(), 'nixpkgs-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The output of the example, beside the table of a small package set. */
const output = join(scratch, 'output');

function ask(...args: string[]): { text: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(repository, 'dist/cli.mjs'), ...args, '--dir', output],
    { encoding: 'utf8' },
  );
  return { text: `${stdout}${stderr}`, status };
}

/** Builds the index of a package set beside this file. */
function indexOf(packages: string): Promise<string> {
  const expression = `
    let pkgs = (builtins.getFlake "flake:nixpkgs").legacyPackages.x86_64-linux; in
    pkgs.callPackage ${repository}nix/index/nixpkgs-packages.nix {
      package = pkgs.callPackage ${repository}nix/package.nix { };
    } { nixpkgs = ${repository}test/lookup/index/${packages}; }`;
  return nix(['build', '--no-link', '--print-out-paths', '--impure', '--expr', expression], []);
}

describe.skipIf(missing.missing)(`the index of all packages of nixpkgs${missing.why}`, () => {
  let table: string;

  beforeAll(async () => {
    const example = fileURLToPath(new URL('../../../generators/example', import.meta.url));
    writeFolder(output, buildOutput(readEvidence(example)).files);
    const built = await indexOf('small-nixpkgs');
    symlinkSync(built, join(output, 'intelligence-nixpkgs'));
    table = readFileSync(join(built, 'packages.tsv'), 'utf8');
  }, 300_000);

  test('has every package that can be evaluated, with its marks', () => {
    expect(table).toBe(
      [
        'attribute\tname\tversion\tmarks\tcommand\tdescription',
        'closed\tclosed\t7\tunfree\t\t',
        'compiler_1\tcompiler\t1.4\t\t\t',
        'compiler_2\tcompiler\t2.0\t\t\t',
        'halved\thalved\t0.5\tbroken\t\t',
        'lantern\tlantern\t2.12.1\t\tlight\tProgram that lights the way',
        'plugins.shade\tlantern-shade\t3\t\t\t',
        '',
      ].join('\n'),
    );
  });

  test('of a nixpkgs that cannot be evaluated is empty, so that no package is claimed to be missing', async () => {
    expect(readdirSync(await indexOf('broken-nixpkgs'))).toEqual([]);
  }, 300_000);

  test.each([
    [
      'package lantern',
      1,
      'lantern is not installed; nixpkgs has\n  pkgs.lantern 2.12.1: Program that lights the way\n',
    ],
    ['package pkgs.plugins.shade', 1, 'is not installed; nixpkgs has\n  pkgs.plugins.shade 3\n'],
    ['package compiler', 1, 'compiler is not installed; nixpkgs has\n  pkgs.compiler_1 1.4\n  pkgs.compiler_2 2.0\n'],
    ['package light', 1, 'light is not installed; nixpkgs has\n  pkgs.lantern 2.12.1: Program that lights the way\n'],
    ['package closed', 1, '  pkgs.closed 7 (unfree)\n'],
    ['package lantrn', 1, 'lantrn is not installed, and nixpkgs has no package of this name; similar names: lantern'],
    ['package ripgrep', 0, 'installed'],
    ['command light', 1, 'no command light\n  provided by pkgs.lantern\n'],
    ['search --in packages lights', 0, 'package lantern (not installed): Program that lights the way\n'],
  ])('%s', (command, status, answer) => {
    const { text, status: found } = ask(...command.split(' '));
    expect(text).toContain(answer);
    expect(found).toBe(status);
  });
});
