# One user's output, from the evidence and the settings of the configurations that the user is in.
{
  lib,
  pkgs,
  # `programs.nixos-intelligence` of the configuration that builds it.
  cfg,
}:
{
  name,
  # What NixOS calls the user, who may have another name there.
  key ? name,
  # `budget` and `snapshots` of the user.
  user,
  # From ./evidence/system.nix and ./evidence/home.nix; at least one of them.
  system ? null,
  home ? null,
  # Where the client has its files; by default where it looks for them.
  folder ? null,
}:
let
  policies = import ./policies.nix { inherit lib; };
  snapshots = import ./snapshots.nix { inherit lib; };
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
    # An empty text is none.
    rebuildCommand = if cfg.rebuildCommand == "" then null else cfg.rebuildCommand;
  }
  // lib.optionalAttrs (folder != null) { inherit folder; };
  snapshots = snapshots.input user.snapshots;
  policies =
    if cfg.policies.enable then
      policies.input cfg (
        lib.optionals (home != null) home.generated ++ lib.optionals (system != null) system.generated
      )
    else
      null;
}
