# What is found in the same way in an evaluated NixOS and home-manager configuration.
{
  lib,
  options,
  # `self` of the flake, or null.
  self,
  # Whose packages and options they are: "system" or "home".
  scope,
  # Names of the top-level options to look for enabled ones in.
  roots,
  # Folders of the framework's modules, see ./files.nix.
  frameworks,
  # Options, or nulls, that a user's own files set: they tell the root where there is no `self`.
  hints,
}:
let
  files = import ./files.nix {
    inherit lib self frameworks;
    inputs = locked;
    hints = lib.concatMap (option: map (definition: definition.file) option.definitionsWithLocations) (
      lib.filter (option: option != null) hints
    );
  };
  locked = import ./lock.nix {
    inherit lib;
    inherit (files) root;
  };
  walked = import ./enabled-options.nix {
    inherit
      lib
      options
      files
      scope
      roots
      ;
  };
  packages = import ./packages.nix {
    inherit lib files;
    inherit (walked) enabledIn;
  };
  agents = import ./agents.nix {
    inherit lib;
    inherit (walked) enabled;
  };
in
{
  inherit files locked;
  # A pure evaluation is that of a flake; another one may be.
  isFlake =
    self != null
    || !(builtins ? currentSystem)
    || (files.root != null && builtins.pathExists "${files.root}/flake.nix");
  inherit (packages) fromOption collect;
  inherit (walked) enabled failed;
  inherit (agents) agents mcpServers;
  aliases = import ./aliases.nix { inherit lib options files; };
  # Options that hold files -> the files that they write, see ./generated.nix.
  generatedBy = import ./generated.nix {
    inherit lib files;
    inherit (walked) enabledIn;
  };
}
