# Hands the NixOS module's settings on to the users among them whom home-manager manages.
{
  lib,
  # The attribute below `home-manager.users`, which need not be the user's name.
  name,
  osConfig,
  ...
}:
let
  system = osConfig.programs.nixos-intelligence;
  user = system.users.${name} or null;
in
{
  _file = ./home-manager-in-nixos.nix;
  imports = [ ./home-manager.nix ];

  # Not `mkIf`, which is pushed down into what it holds: the names of somebody's settings who has none.
  programs.nixos-intelligence = lib.optionalAttrs (user != null) {
    enable = lib.mkDefault true;
    package = lib.mkDefault system.package;
    rebuildCommand = lib.mkDefault system.rebuildCommand;
    snapshots = lib.mkDefault user.snapshots;
    budget = lib.mapAttrs (_: lib.mkDefault) user.budget;
    policies =
      (import ./policies.nix { inherit lib; }).asDefaults system.policies
      # The system enforces them for everybody: a second hook would say everything twice.
      // lib.optionalAttrs system.policies.managed { hook = lib.mkDefault false; };
    flake = lib.mapAttrs (_: lib.mkDefault) system.flake;
  };
}
