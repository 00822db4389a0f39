import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plant, type Tree } from '../tree.ts';
import { nix, repositoryUrl, requiresNix } from './world.ts';

const world = requiresNix('nixpkgs');
const scratch = mkdtempSync(join(tmpdir(), 'command-packages-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
async function packagesFor(snapshots: Tree): Promise<unknown> {
  const folder = join(scratch, String(++folders));
  plant(folder, { 'other.json': '{}', ...snapshots });
  const expression = `let pkgs = import (builtins.getFlake "flake:nixpkgs").outPath { }; in
    pkgs.callPackage (builtins.getFlake "${repositoryUrl}" + "/nix/index/command-packages.nix") { } {
      nixpkgs = pkgs.path;
      snapshots = ${folder};
    }`;
  const built = await nix(['build', '--impure', '--no-link', '--print-out-paths', '--expr', expression], []);
  return JSON.parse(readFileSync(built.trim(), 'utf8'));
}

const machine = (...names: string[]): Tree => ({
  'machine.json': JSON.stringify({ programs: names.map((name) => ({ name, source: 'cargo', hides: false })) }),
});

describe.skipIf(world.missing)(`packages for the programs of a machine${world.why}`, () => {
  test('those of nixpkgs whose main program has their name', async () => {
    // `ripgrep` and `lib` are attributes that have no such program; `callPackage` is a function.
    const names = ['jq', 'rg', 'ripgrep', 'lib', 'callPackage', 'tokei', 'our-own-tool'];
    expect(await packagesFor(machine(...names))).toEqual(['jq', 'tokei']);
  });

  test.each<[string, Tree]>([
    ['no snapshot of the machine', {}],
    ['a snapshot that is no JSON', { 'machine.json': '{' }],
    ['a snapshot of another form', { 'machine.json': '{"programs":7}' }],
  ])('none, and no failure: %s', async (_, snapshots) => {
    expect(await packagesFor(snapshots)).toEqual([]);
  });
});
