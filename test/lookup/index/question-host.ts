import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryUrl } from '../../nix/world.ts';

/** Types of options that can hold a secret, and a value with `SECRET` in it. */
const secretTypes: readonly (readonly [type: string, value: string])[] = [
  ['str', '"SECRET"'],
  ['singleLineStr', '"SECRET"'],
  ['nonEmptyStr', '"SECRET"'],
  ['passwdEntry str', '"SECRET"'],
  ['strMatching ".*"', '"SECRET"'],
  ['lines', '"SECRET"'],
  ['commas', '"SECRET"'],
  ['envVar', '"SECRET"'],
  ['separatedString ":"', '"SECRET"'],
  ['path', '"/run/SECRET"'],
  ['externalPath', '"/run/SECRET"'],
  ['nullOr str', '"SECRET"'],
  ['nullOr path', '"/SECRET"'],
  ['either str int', '"SECRET"'],
  ['either int str', '"SECRET"'],
  ['oneOf [ int bool str ]', '"SECRET"'],
  ['nullOr (either int str)', '"SECRET"'],
  ['either (enum [ "a" ]) str', '"SECRET"'],
  ['coercedTo int toString str', '"SECRET"'],
  ['coercedTo str (text: [ text ]) (listOf str)', '"SECRET"'],
  ['uniq str', '"SECRET"'],
  ['unique { message = "once"; } str', '"SECRET"'],
  ['listOf str', '[ "SECRET" ]'],
  ['listOf (either int str)', '[ 1 "SECRET" ]'],
  ['listOf path', '[ "/SECRET" ]'],
  ['listOf (listOf str)', '[ [ "SECRET" ] ]'],
  ['listOf anything', '[ { a = "SECRET"; } ]'],
  ['nonEmptyListOf str', '[ "SECRET" ]'],
  ['attrsOf str', '{ a = "SECRET"; }'],
  ['lazyAttrsOf str', '{ a = "SECRET"; }'],
  ['attrsOf (listOf str)', '{ a = [ "SECRET" ]; }'],
  ['attrsOf anything', '{ a.b = "SECRET"; }'],
  ['attrsOf (either int str)', '{ a = "SECRET"; }'],
  ['anything', '{ a.b.c = "SECRET"; }'],
  ['raw', '"SECRET"'],
  ['unspecified', '"SECRET"'],
  ['attrs', '{ a = "SECRET"; }'],
  ['submodule { options.a = lib.mkOption { type = lib.types.str; }; }', '{ a = "SECRET"; }'],
  ['submodule { freeformType = lib.types.attrsOf lib.types.str; }', '{ a = "SECRET"; }'],
  ['attrsOf (submodule { options.a = lib.mkOption { type = lib.types.str; }; })', '{ b.a = "SECRET"; }'],
  ['lazyAttrsOf (submodule { options.a = lib.mkOption { type = lib.types.str; }; })', '{ b.a = "SECRET"; }'],
  ['listOf (submodule { options.a = lib.mkOption { type = lib.types.str; }; })', '[ { a = "SECRET"; } ]'],
  ['submodule { freeformType = lib.types.attrsOf lib.types.anything; }', '{ a = 1; b = "SECRET"; }'],
  [
    'submodule { freeformType = lib.types.attrsOf (lib.types.either lib.types.int lib.types.str); }',
    '{ a = "SECRET"; }',
  ],
  ['submodule { freeformType = (pkgs.formats.json { }).type; }', '{ a.b = "SECRET"; }'],
  ['(pkgs.formats.toml { }).type', '{ a = [ "SECRET" ]; }'],
  ['attrTag { a = lib.mkOption { type = lib.types.str; }; }', '{ a = "SECRET"; }'],
  ['attrsOf (nullOr str)', '{ a = "SECRET"; b = null; }'],
];

export const secret = 'hunter2swordfish';
export const secretOptions = secretTypes.map((_, index) => `secrets.s${index}`);

const secretsModule = `{ lib, pkgs, ... }:
{
  options.secrets = with lib.types; {
${secretTypes.map(([type], index) => `    s${index} = lib.mkOption { type = ${type}; description = "One."; };`).join('\n')}
  };
}
`;
const secretValues = `{
${secretTypes.map(([, value], index) => `  secrets.s${index} = ${value.replace('SECRET', secret)};`).join('\n')}
}
`;

/** A configuration in which every question about an evaluated system has an answer. */
const files: Record<string, string> = {
  'vault/flake.nix': `{
  outputs = _: { nixosModules.default = ./module.nix; };
}
`,
  'vault/lib/names.nix': '[ "mail" ]\n',
  'vault/module.nix': `{ lib, ... }:
{
  options.vault = {
    enable = lib.mkEnableOption "decryption of secrets at activation";
    keyFile = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      description = "The file with the age key.";
    };
    secrets = lib.mkOption {
      default = { };
      description = "Secrets to decrypt.";
      type = lib.types.attrsOf (lib.types.submodule {
        options.owner = lib.mkOption { type = lib.types.str; default = "root"; description = "User who owns the file."; };
      });
    };
  };
}
`,
  // Another package set, as a second nixpkgs is.
  'newer/flake.nix': `{
  inputs.nixpkgs.url = "flake:nixpkgs";
  inputs.deep.url = "path:DEEP";
  outputs = { nixpkgs, ... }: {
    legacyPackages.x86_64-linux = import ./packages.nix nixpkgs.legacyPackages.x86_64-linux;
  };
}
`,
  'newer/packages.nix': `pkgs: {
  bat = pkgs.bat.overrideAttrs {
    version = "99.0";
  };
}
`,
  'deep/flake.nix': `{
  outputs = _: {
    overlays.default = final: _: {
      deeply = final.runCommand "deeply-1.0" { pname = "deeply"; version = "1.0"; } "mkdir $out";
    };
  };
}
`,
  'config/flake.nix': `{
  inputs = {
    nixpkgs.url = "flake:nixpkgs";
    home-manager.url = "flake:home-manager";
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
    intelligence.url = "INTELLIGENCE";
    intelligence.inputs.nixpkgs.follows = "nixpkgs";
    vault.url = "path:VAULT";
    newer.url = "path:NEWER";
    newer.inputs.nixpkgs.follows = "nixpkgs";
  };
  outputs = { self, nixpkgs, home-manager, intelligence, vault, ... }@inputs: {
    nixosConfigurations.desk = nixpkgs.lib.nixosSystem {
      system = "x86_64-linux";
      specialArgs = { inherit inputs self; };
      modules = [
        intelligence.nixosModules.default
        home-manager.nixosModules.home-manager
        vault.nixosModules.default
        ./configuration.nix
        ./forced.nix
        ./lamp.nix
        ./secrets.nix
        ./secret-values.nix
      ];
    };
    built = self.nixosConfigurations.desk.config.programs.nixos-intelligence.users.me.output;
    builtAll = (self.nixosConfigurations.desk.extendModules {
      modules = [ { programs.nixos-intelligence.index.values = "all"; } ];
    }).config.programs.nixos-intelligence.users.me.output;
  };
}
`,
  'config/configuration.nix': `{ inputs, pkgs, ... }:
{
  system.stateVersion = "25.11";
  networking.hostName = "desk";
  boot.loader.grub.enable = false;
  fileSystems."/" = { device = "none"; fsType = "tmpfs"; };
  users.users.me = {
    isNormalUser = true;
    shell = pkgs.bash;
    packages = [
      pkgs.tree
      pkgs.compiler_1
      pkgs.compiler_2
      pkgs.compiler_3
    ];
  };
  home-manager.users.me = {
    home.stateVersion = "25.11";
    programs.git.enable = true;
    programs.git.signing.format = "ssh";
    home.sessionVariables.SECRET_TOKEN = "hunter2-session";
  };
  programs.nixos-intelligence = { enable = true; users = [ "me" ]; };
  services.openssh.enable = true; services.jellyfin.openFirewall = true;
  services.openssh.settings.PermitRootLogin = "no";
  networking.firewall.allowedTCPPorts = [ 80 ];
  vault.enable = true;
  vault.secrets.mail.owner = "me";
  lamp.brightness = 7;
  nixpkgs.config = {
    allowUnfreePredicate = package: package.pname == "closed";
    permittedInsecurePackages = [ "leaky-1.0" ];
    allowBroken = true;
  };
  nixpkgs.overlays = [ (import ./overlay.nix inputs) (_: prev: { jq = prev.jq.overrideAttrs { version = "9.9"; }; }) ];
  environment.systemPackages = [
    pkgs.jq
    pkgs.ripgrep
    pkgs.unstable.bat
    (pkgs.fd.overrideAttrs { version = "9.8.7"; })
    pkgs.closed
    pkgs.leaky
    pkgs.halved
  ];
}
`,
  'config/overlay.nix': `inputs: final: prev: {
  unstable = inputs.newer.legacyPackages.x86_64-linux;
  compiler_1 = final.runCommand "compiler-1.0" { pname = "compiler"; version = "1.0"; } "mkdir $out";
  compiler_2 = final.runCommand "compiler-2.0" { pname = "compiler"; version = "2.0"; } "mkdir $out";
  compiler_3 = final.runCommand "compiler-3.0" { pname = "compiler"; version = "3.0"; } "mkdir $out";
  closed = final.runCommand "closed-1.0" {
    pname = "closed";
    version = "1.0";
    meta.license = final.lib.licenses.unfree;
  } "mkdir $out";
  leaky = final.runCommand "leaky-1.0" {
    pname = "leaky";
    version = "1.0";
    meta.knownVulnerabilities = [ "CVE-2026-1: reads too much" ];
  } "mkdir $out";
  halved = final.runCommand "halved-1.0" {
    pname = "halved";
    version = "1.0";
    meta.broken = true;
  } "mkdir $out";
}
`,
  'config/forced.nix': `{ inputs, lib, pkgs, ... }:
{
  services.openssh.settings.X11Forwarding = lib.mkForce false;
  networking.firewall.allowedTCPPorts = [ 443 ];
  services.postgresql = { enable = true; package = lib.mkForce pkgs.postgresql_15; };
  services.redis.servers.shop.enable = true;
  home-manager.users.me.programs.git.package = pkgs.git.overrideAttrs { doCheck = false; };
  nixpkgs.overlays = [ inputs.newer.inputs.deep.overlays.default ];
  environment.systemPackages = [ pkgs.deeply ];
}
`,
  'config/secrets.nix': secretsModule,
  'config/secret-values.nix': secretValues,
  'config/lamp.nix': `{ lib, ... }:
{
  options.lamp = {
    brightness = lib.mkOption { type = lib.types.int; default = 3; description = "How bright the lamp is."; };
    serial = lib.mkOption { type = lib.types.str; readOnly = true; default = "none"; description = "Its number."; };
  };
}
`,
};

/** Writes the flake below `scratch` and returns its URL; `built` is the user's output, `builtAll` with `index.values = "all"`. */
export function questionHostFlake(scratch: string): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(scratch, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      text
        .replace('INTELLIGENCE', repositoryUrl)
        .replace('VAULT', join(scratch, 'vault'))
        .replace('NEWER', join(scratch, 'newer'))
        .replace('DEEP', join(scratch, 'deep')),
    );
  }
  const config = join(scratch, 'config');
  execFileSync('git', ['init', '-q'], { cwd: config });
  execFileSync('git', ['add', '-A'], { cwd: config });
  return `git+file://${config}`;
}
