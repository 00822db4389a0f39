import type { Tree } from '../../tree.ts';

/** A small configuration: a host with home-manager, and a home by itself. */
export const laptop: Tree = {
  'flake.nix': `{
  inputs = {
    nixpkgs.url = "flake:nixpkgs";
    home-manager.url = "flake:home-manager";
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, home-manager, ... }@inputs:
    {
      nixosConfigurations.laptop = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          home-manager.nixosModules.home-manager
          ./hosts/laptop.nix
        ];
      };
      homeConfigurations.me = home-manager.lib.homeManagerConfiguration {
        pkgs = nixpkgs.legacyPackages.x86_64-linux;
        modules = [ ./home/me.nix ];
      };
    };
}
`,
  'home/git.nix': `{
  programs.git = {
    enable = true;
    settings.user.name = "Me";
  };
}
`,
  'home/me.nix': `{ pkgs, ... }:
{
  imports = [ ./git.nix ];
  home.username = "me";
  home.homeDirectory = "/home/me";
  home.stateVersion = "25.05";
  home.packages = [ pkgs.ripgrep ];
  home.file.".inputrc".text = "set editing-mode vi\\n";
}
`,
  'hosts/laptop.nix': `{ pkgs, ... }:
{
  imports = [
    ../modules/packages.nix
    ../modules/services.nix
    ../modules/users.nix
  ];
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
  boot.loader.systemd-boot.enable = true;
  networking.hostName = "laptop";
  system.stateVersion = "25.05";
}
`,
  'modules/packages.nix': `{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    ripgrep
    fd
    jq
  ];
  programs.git.enable = true;
}
`,
  'modules/services.nix': `{ config, lib, ... }:
let
  port = 8080;
in
{
  services.openssh = {
    enable = true;
    ports = [ 22 ];
  };
  services.tailscale.enable = true;
  systemd.services.hello = {
    wantedBy = [ "multi-user.target" ];
    serviceConfig.ExecStart = "/bin/hello \${toString port}";
  };
  networking.firewall.allowedTCPPorts = [ 80 ];
}
`,
  'modules/users.nix': `{ pkgs, ... }:
{
  users.users.me = {
    isNormalUser = true;
    shell = pkgs.bash;
    extraGroups = [ "wheel" ];
  };
  home-manager.useGlobalPkgs = true;
  home-manager.users.me = import ../home/me.nix;
}
`,
};

/** A change of one text of a file to another, or a new file. */
export type Edit = readonly [file: string, from: string | null, to: string];

/** The configuration with some edits. @throws where the text of an edit is not there */
export function broken(edits: readonly Edit[]): Tree {
  const tree: Record<string, string> = { ...laptop };
  for (const [file, from, to] of edits) {
    const text = tree[file];
    if (from !== null && !text?.includes(from)) throw new Error(`no \`${from}\` in ${file}`);
    tree[file] = from === null ? to : (text ?? '').replace(from, to);
  }
  return tree;
}

/** The line, from 1, of the first line of a file that contains a text. */
export function lineOf(tree: Tree, file: string, text: string): number {
  return (tree[file] ?? '').split('\n').findIndex((line) => line.includes(text)) + 1;
}
