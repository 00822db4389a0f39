# One user's output, from the evidence and the settings of the user's configurations.
{
  lib,
  pkgs,
  # `programs.nixos-intelligence` of the configuration that builds it.
  cfg,
}:
{
  name,
  # The user's attribute name in NixOS, which may differ.
  key ? name,
  # The user's `agents`, `budget` and `snapshots`.
  user,
  # From ./evidence/system.nix and ./evidence/home.nix; at least one is set.
  system ? null,
  home ? null,
  # Folder of Claude Code, if it is not the default.
  folder ? null,
}:
let
  policies = import ./policies.nix { inherit lib; };
  snapshots = import ./snapshots.nix { inherit lib; };
  utf8 = import ./evidence/utf8.nix;
in
pkgs.callPackage ./output.nix {
  inherit (cfg) package;
  user = name;
  evidence = import ./evidence {
    inherit lib system home;
    user = key;
    flake = {
      checkout = cfg.flake.path;
      inherit (cfg.flake) attribute;
    };
  };
  settings = {
    inherit (user) budget;
    agents = lib.mapAttrs (_: agent: agent.enable) user.agents;
    report = cfg.report.enable;
    rebuildCommand = if cfg.rebuildCommand == "" then null else utf8 cfg.rebuildCommand;
    parts = {
      hook = cfg.policies.enable && cfg.policies.hook && !(cfg.policies.managed or false);
      capture = cfg.capture.enable;
    };
  }
  // lib.optionalAttrs (folder != null) { folder = utf8 folder; };
  snapshots = snapshots.input user.snapshots;
  index = cfg.index.enable;
  policies =
    if cfg.policies.enable then
      policies.input cfg (
        lib.optionals (home != null) home.generated
        ++ lib.optionals (system != null) system.generated
      )
    else
      null;
}
