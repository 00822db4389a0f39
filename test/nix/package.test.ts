import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plant } from '../tree.ts';
import { nix, repository, repositoryUrl, requiresNix } from './world.ts';

const world = requiresNix('nixpkgs');
const scratch = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const nixpkgs = '(builtins.getFlake "flake:nixpkgs")';
const ours = `(builtins.getFlake "${repositoryUrl}")`;
const system = (module: string) =>
  `(${nixpkgs}.lib.nixosSystem { modules = [ (${ours} + "/test/nix/hosts/base.nix") ${module} ]; })`;
const build = async (expression: string, ...options: string[]): Promise<string> =>
  nix(['build', '--impure', '--no-link', '--print-out-paths', ...options, '--expr', expression], []);

describe.skipIf(world.missing)(`the package, as the module and the overlay install it${world.why}`, () => {
  const installed: Record<string, string> = {};
  beforeAll(async () => {
    const module = system(`${ours}.nixosModules.default`);
    const overlay = system(`{ nixpkgs.overlays = [ ${ours}.overlays.default ]; }`);
    installed.module = await build(`${module}.config.programs.nixos-intelligence.package`);
    installed.overlay = await build(`${overlay}.pkgs.nixos-intelligence`);
    plant(join(scratch, 'flake'), {
      'flake.nix': `{
        inputs.nixpkgs.url = "flake:nixpkgs";
        outputs = { nixpkgs, ... }: {
          nixosConfigurations.box = nixpkgs.lib.nixosSystem {
            modules = [ ./base.nix ({ pkgs, ... }: { environment.systemPackages = [ pkgs.ripgrep ]; }) ];
          };
        };
      }`,
      'base.nix': readFileSync(join(repository, 'test/nix/hosts/base.nix'), 'utf8'),
    });
  });

  test.each(['module', 'overlay'])('%s: previews a configuration that does not import the module', (by) => {
    const flake = join(scratch, 'flake');
    const { NIXOS_INTELLIGENCE_FLAKE: _, ...env } = process.env;
    const program = `${installed[by]}/bin/nixos-intelligence`;
    const args = ['preview', `path:${flake}#box`, '--user', 'ann', '--', '--no-write-lock-file'];
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: scratch, encoding: 'utf8', env });
    expect(stderr).toContain('the module was added for this preview only');
    expect(stdout).toContain('`rg`');
    expect(status).toBe(0);
  });

  test('a system is at most 4 MB larger with the module, beside Node and the index of its options', async () => {
    const closure = async (module: string): Promise<Record<string, { narSize: number }>> => {
      const path = await build(`${system(module)}.config.system.build.toplevel`);
      return JSON.parse(await nix(['path-info', '--json', '--recursive', path], []));
    };
    const without = await closure('{ }');
    const withModule = await closure(`{
      imports = [ ${ours}.nixosModules.default ];
      programs.nixos-intelligence = { enable = true; users = [ "ann" ]; index.enable = false; };
    }`);
    const added = Object.entries(withModule).filter(([path]) => !(path in without) && !path.includes('-nodejs'));
    expect(added.map(([path]) => path).filter((path) => path.includes('-npm-'))).toEqual([]);
    const sum = added.reduce((sum, [, { narSize }]) => sum + narSize, 0);
    expect(sum).toBeGreaterThan(1_000_000);
    expect(sum).toBeLessThan(4_000_000);
  });
});

// `--rebuild` fails where the result is another than the hash says.
describe.skipIf(world.missing)(`the npm packages have the same hash with every version of npm${world.why}`, () => {
  test.for(['nodejs_22_npm10', 'nodejs_22_npm11'])('%s', async (name, { skip }) => {
    const pkgs = `${nixpkgs}.legacyPackages.x86_64-linux`;
    const exists = await nix(['eval', '--impure', '--expr', `${pkgs} ? ${name}`], []);
    skip(exists !== 'true', `nixpkgs has no ${name}`);
    const dependencies = `${pkgs}.callPackage (${ours} + "/nix/npm-deps.nix") { nodejs = ${pkgs}.${name}; }`;
    const first = await build(dependencies);
    expect(await build(dependencies, '--rebuild')).toBe(first);
  });
});
