# The output of a host with ten packages, fish, git, openssh and docker.
{ self, nixpkgs }:
let
  system = nixpkgs.lib.nixosSystem {
    specialArgs = { inherit self; };
    modules = [
      ./hosts/base.nix
      ./hosts/tools.nix
      self.nixosModules.default
      {
        programs.nixos-intelligence = {
          enable = true;
          users.ann.snapshots = ./snapshots;
        };
      }
    ];
  };
in
{
  inherit system;
  inherit (system.config.programs.nixos-intelligence.users.ann) output;
}
