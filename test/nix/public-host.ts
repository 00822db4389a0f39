import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Requirement, requirement, requiresClone } from '../requires.ts';
import { repositoryUrl, requiresNix } from './world.ts';

/**
 * A public configuration that was not written for this project: jacopone/nixos-config, host
 * thinkpad-x1-jacopo, unchanged but for our input and module. Its other inputs are replaced by
 * empty flakes of the same shape; two of its packages, which download or need a C library of the
 * machine, by stand-ins when the host is built.
 */
const configuration = requiresClone('nixos-config');

export const publicHostInputs = ['nixpkgs', 'home-manager'] as const;

/** The configuration, and Nix with what it is made of. */
export function requiresPublicHost(): Requirement {
  return requirement(requiresNix(...publicHostInputs).missing ?? configuration.missing);
}

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

/**
 * Writes a flake below `scratch` and answers its URL: `off` and `on` are the host without and with our module,
 * `built` is its user's output.
 *
 * @param ref another state of the configuration than the one its clone has checked out
 */
export function publicHostFlake(scratch: string, ref?: string): string {
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
    intelligence.url = "${repositoryUrl}";
    intelligence.inputs.nixpkgs.follows = "nixpkgs";
    config.url = "git+file://${configuration.path}${ref === undefined ? '' : `?ref=${ref}`}";
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

/** Function calls of evaluating `installable`: exact, and the same on every machine. */
export function functionCalls(installable: string, scratch: string): number {
  const file = join(scratch, 'stats.json');
  execFileSync('nix', ['eval', '--raw', '--no-eval-cache', '--no-write-lock-file', installable], {
    stdio: 'ignore',
    env: { ...process.env, NIX_SHOW_STATS: '1', NIX_SHOW_STATS_PATH: file },
  });
  return JSON.parse(readFileSync(file, 'utf8')).nrFunctionCalls;
}
