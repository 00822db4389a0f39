import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { requirement, requiresClone } from '../requires.ts';
import { nix, repository, requiresNix } from './world.ts';

/**
 * A public configuration that was not written for this project: jacopone/nixos-config, host
 * thinkpad-x1-jacopo, unchanged but for our input and module. Its other inputs are replaced by
 * empty flakes of the same shape; two of its packages, which download or need a C library of the
 * machine, by stand-ins when the host is built.
 */
const configuration = requiresClone('nixos-config');
const world = requiresNix('nixpkgs', 'home-manager');
const missing = requirement(world.missing ?? configuration.missing);

const scratch = mkdtempSync(join(tmpdir(), 'public-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The inputs of its flake, and what its modules take from them. */
const stubs: Record<string, string> = {
  'antigravity-nix': package_('google-antigravity', 'antigravity'),
  'claude-code-nix': package_('claude-code', 'claude'),
  'code-cursor-nix': package_('code-cursor', 'cursor'),
  devenv: package_('devenv', 'devenv'),
  gws: package_('gws', 'gws'),
  'whisper-dictation': package_('whisper-dictation', 'whisper-dictation'),
  'nixos-hardware': `{ outputs = _: { nixosModules = builtins.listToAttrs (map (name: { inherit name; value = { }; }) [
    "apple-macbook-air-7" "apple-t2" "common-cpu-intel" "common-pc-laptop" "common-pc-ssd"
    "framework-16-amd-ai-300-series" "framework-16-amd-ai-300-series-nvidia" "lenovo-thinkpad-x1"
  ]); }; }`,
};

function package_(name: string, command: string): string {
  return `{ inputs.nixpkgs.url = "flake:nixpkgs"; outputs = { nixpkgs, ... }: let p = nixpkgs.legacyPackages.x86_64-linux.runCommand "${name}-1.0" { pname = "${name}"; version = "1.0"; meta.mainProgram = "${command}"; } "mkdir -p $out/bin; touch $out/bin/${command}; chmod +x $out/bin/${command}"; in { packages.x86_64-linux.default = p; packages.x86_64-linux."${name}" = p; nixosModules.default = { }; }; }`;
}

function flake(): string {
  const folder = join(scratch, 'flake');
  mkdirSync(folder);
  const follow = Object.keys(stubs).map((name) => {
    mkdirSync(join(scratch, name));
    writeFileSync(join(scratch, name, 'flake.nix'), stubs[name] as string);
    return `"${name}".url = "path:${join(scratch, name)}"; config.inputs."${name}".follows = "${name}";`;
  });
  writeFileSync(
    join(folder, 'flake.nix'),
    `{
  inputs = {
    nixpkgs.url = "flake:nixpkgs";
    home-manager.url = "flake:home-manager";
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
    intelligence.url = "git+file://${repository}";
    intelligence.inputs.nixpkgs.follows = "nixpkgs";
    config.url = "git+file://${configuration.path}";
    config.inputs.nixpkgs.follows = "nixpkgs";
    config.inputs.home-manager.follows = "home-manager";
    ${follow.join('\n    ')}
  };
  outputs = { config, intelligence, ... }:
    let
      host = config.nixosConfigurations.thinkpad-x1-jacopo;
      user = builtins.head (builtins.attrNames host.config.home-manager.users);
      standIn = prev: args: prev.runCommand "\${args.pname}-1.0"
        { inherit (args) pname meta; version = "1.0"; }
        "mkdir -p $out/bin; touch $out/bin/\${args.meta.mainProgram or args.pname}; chmod +x $out/bin/*";
    in
    {
      inherit user;
      off = host;
      on = host.extendModules {
        modules = [
          intelligence.nixosModules.default
          { programs.nixos-intelligence = { enable = true; users = [ "guyfawkes" ]; }; }
        ];
      };
      built = (host.extendModules {
        modules = [
          intelligence.nixosModules.default
          { programs.nixos-intelligence = { enable = true; users = [ "guyfawkes" ]; }; }
          ({ lib, ... }: {
            nixpkgs.overlays = lib.mkAfter [
              (_: prev: {
                stdenv = prev.stdenv // {
                  mkDerivation = args:
                    if builtins.isAttrs args && builtins.elem (args.pname or "") [ "gogcli" "claude-seccomp" ]
                    then standIn prev args
                    else prev.stdenv.mkDerivation args;
                };
              })
            ];
          })
        ];
      }).config.programs.nixos-intelligence.users.guyfawkes.output;
    };
}`,
  );
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '-A'], { cwd: folder });
  return `git+file://${folder}`;
}

interface Told {
  packages: { name: string; base: boolean; declarations: { file: string; by: string | null; list: string }[] }[];
}

const inputs = ['nixpkgs', 'home-manager'] as const;

describe(`jacopone/nixos-config, thinkpad-x1-jacopo${missing.why}`, () => {
  const url = missing.missing ? '' : flake();
  const slowly = 600_000;

  test.skipIf(missing.missing)(
    'every package of its lists is there with its file, and nothing else is',
    async () => {
      const attribute = `${url}#on.config.programs.nixos-intelligence.users.guyfawkes.output.evaluated`;
      const told: Told = JSON.parse(await nix(['eval', '--json', attribute], inputs));
      const inFile = (file: string) =>
        told.packages.filter(({ declarations }) => declarations.some((one) => one.file === file && one.by === null));
      const counts = Object.fromEntries(
        ['modules/core/packages.nix', 'modules/common/packages.nix', 'modules/home-manager/development/lsp.nix'].map(
          (file) => [file, inFile(file).length],
        ),
      );
      expect(counts).toEqual({
        'modules/core/packages.nix': 93,
        'modules/common/packages.nix': 42,
        'modules/home-manager/development/lsp.nix': 6,
      });
      const names = inFile('modules/core/packages.nix').map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['python313', 'ltrace', 'openspec', 'gogcli', 'claude-seccomp']));
    },
    slowly,
  );

  test.skipIf(missing.missing)(
    'CLAUDE.md keeps its budget and holds no path of the store',
    async () => {
      const output = await nix(['build', '--no-link', '--print-out-paths', `${url}#built`], inputs);
      const context = readFileSync(join(output, 'CLAUDE.md'), 'utf8');
      expect(context.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
      expect(context).toMatch(/\*\*ripgrep\*\* \(`rg`\)/);
      for (const name of readdirSync(output, { recursive: true, withFileTypes: true })) {
        if (name.isFile()) {
          expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toMatch(/\/nix\/store\/[0-9a-z]{32}-/);
        }
      }
    },
    slowly,
  );

  test.skipIf(missing.missing)(
    'costs at most 3 % more function calls',
    async () => {
      const calls = async (attribute: string) => {
        const file = join(scratch, 'stats.json');
        execFileSync(
          'nix',
          [
            'eval',
            '--raw',
            '--no-eval-cache',
            '--no-write-lock-file',
            `${url}#${attribute}.config.system.build.toplevel.drvPath`,
          ],
          { stdio: 'ignore', env: { ...process.env, NIX_SHOW_STATS: '1', NIX_SHOW_STATS_PATH: file } },
        );
        return JSON.parse(readFileSync(file, 'utf8')).nrFunctionCalls as number;
      };
      const ratio = (await calls('on')) / (await calls('off'));
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeLessThan(1.03);
    },
    slowly,
  );
});
