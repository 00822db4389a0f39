# The part of the evidence that NixOS and home-manager configurations have in common.
{
  lib,
  options,
  pkgs,
  # `self` of the flake, or null.
  self,
  # Whether to look for set options below disabled services and programs, too.
  allValues,
  # Scope of the packages and options: "system" or "home".
  scope,
  # Names of the top-level options that are not walked.
  skipped,
  # Folders of the framework's modules, see ./files.nix.
  frameworks,
  # Options (or nulls) that the user's own files set. They show the flake's root if there is no
  # `self`.
  hints,
}:
let
  files = import ./files.nix {
    inherit lib self frameworks;
    inputs = lockedInputs;
    hints = lib.concatMap (
      option: map (definition: definition.file) option.definitionsWithLocations
    ) (lib.filter (option: option != null) hints);
  };
  lockedInputs = (import ../lib.nix { inherit lib; }).lockedInputs files.root;
  walked = import ./options.nix {
    inherit
      lib
      options
      files
      scope
      skipped
      ;
    all = allValues;
  };
  # The folder of this configuration's nixpkgs; `pkgs.path` may be another.
  nixpkgsTop =
    let
      position = builtins.unsafeGetAttrPos "callPackage" pkgs;
    in
    if position == null then null else files.storeTop (files.plain position.file);
  isOutside =
    file:
    nixpkgsTop != null
    && files.storeTop file != nixpkgsTop
    && !(files.isOurs file)
    && files.isOfKnownFlake file;
  packages = import ./packages.nix {
    inherit lib files isOutside;
    inherit (walked) enabledIn;
  };
  agents = import ./agents.nix {
    inherit lib;
    inherit (walked) enabled isReadable;
  };
in
{
  inherit files;
  locked = lockedInputs.own;
  # A pure evaluation always belongs to a flake; an impure one may.
  isFlake =
    self != null
    || !(builtins ? currentSystem)
    || (files.root != null && builtins.pathExists "${files.root}/flake.nix");
  inherit (packages) fromOption group collect;
  inherit (walked)
    enabled
    failed
    foreignOptions
    isReadable
    settings
    ;
  inherit (agents) agents mcpServers;
  overlays = import ./overlays.nix { inherit files pkgs isOutside; };
  aliases = import ./aliases.nix { inherit lib options files; };
  # Options with files -> the files that they write, see ./generated.nix.
  generatedBy = import ./generated.nix {
    inherit lib files;
    inherit (walked) enabledIn;
  };
}
