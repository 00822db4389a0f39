# Passes the settings of the NixOS module on to those of its users whom home-manager manages.
{
  lib,
  # The attribute name in `home-manager.users`, which may differ from the user name.
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

  # Not `mkIf`: it would evaluate the attribute names of `user`, which is null for other users.
  programs.nixos-intelligence = lib.optionalAttrs (user != null) {
    enable = lib.mkDefault true;
    package = lib.mkDefault system.package;
    rebuildCommand = lib.mkDefault system.rebuildCommand;
    snapshots = lib.mkDefault user.snapshots;
    budget = lib.mapAttrs (_: lib.mkDefault) user.budget;
    agents = lib.mapAttrs (_: lib.mapAttrs (_: lib.mkDefault)) user.agents;
    policies = (import ./policies.nix { inherit lib; }).asDefaults system.policies;
    index = lib.mapAttrs (_: lib.mkDefault) system.index;
    report.enable = lib.mkDefault system.report.enable;
    flake = lib.mapAttrs (_: lib.mkDefault) system.flake;
  };
}
