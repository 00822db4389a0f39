# What an evaluated home-manager configuration says, standalone or below NixOS.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  self ? null,
}:
let
  inherit (builtins) concatMap filter;

  files = import ./files.nix {
    inherit lib self;
    inputs = import ./lock.nix {
      inherit lib;
      inherit (files) root;
    };
    # pkgs.path is where a standalone evaluation's nixpkgs lies: modules from there are its own.
    frameworks = [
      modulesPath
      "${builtins.unsafeDiscardStringContext (toString pkgs.path)}/nixos/modules"
    ];
    hints = concatMap (option: map (definition: definition.file) option.definitionsWithLocations) (
      filter (option: option != null) [
        (options.home.stateVersion or null)
        (options.home.username or null)
        (options.home.packages or null)
      ]
    );
  };

  walked = import ./enabled-options.nix {
    inherit lib options files;
    scope = "home";
    roots = [
      "accounts"
      "dconf"
      "fonts"
      "gtk"
      "i18n"
      "manual"
      "programs"
      "qt"
      "services"
      "targets"
      "wayland"
      "xdg"
      "xsession"
    ];
  };
  packages = import ./packages.nix {
    inherit lib files;
    inherit (walked) enabled;
  };
  agents = import ./agents.nix {
    inherit lib;
    inherit (walked) enabled;
  };
in
{
  inherit files;
  # A pure evaluation is that of a flake; another one may be.
  isFlake =
    self != null
    || !(builtins ? currentSystem)
    || (files.root != null && builtins.pathExists "${files.root}/flake.nix");
  inherit (packages) fromOption collect;
  inherit (walked) enabled failed;
  inherit (agents) agents mcpServers;

  entries = packages.fromOption {
    list = "home.packages";
    scope = "home";
    definitions = options.home.packages.definitionsWithLocations;
  };
  generated = import ./generated.nix {
    inherit lib files;
    inherit (walked) enabled;
  } (
    map
      (
        { path, place }:
        {
          option = lib.getAttrFromPath path options;
          name = lib.concatStringsSep "." path;
          inherit place;
        }
      )
      (
        filter ({ path, ... }: lib.hasAttrByPath path options) [
          {
            path = [
              "home"
              "file"
            ];
            place = lib.removePrefix "${config.home.homeDirectory}/";
          }
          {
            path = [
              "xdg"
              "configFile"
            ];
            place = name: "${lib.removePrefix "${config.home.homeDirectory}/" config.xdg.configHome}/${name}";
          }
          {
            path = [
              "xdg"
              "dataFile"
            ];
            place = name: "${lib.removePrefix "${config.home.homeDirectory}/" config.xdg.dataHome}/${name}";
          }
        ]
      )
  );
  aliases = import ./aliases.nix {
    inherit
      lib
      options
      files
      ;
  };

  host = {
    name = null;
    inherit (pkgs.stdenv.hostPlatform) system;
    inherit (config.home) stateVersion;
    release = null;
    kernel = null;
    desktop = map (entry: lib.last (lib.splitString "." entry.option)) (
      filter (entry: builtins.match ".*\\.windowManager\\.[^.]+" entry.option != null) walked.enabled
    );
  };
  user = {
    name = config.home.username;
    home = config.home.homeDirectory;
    shell = null;
    groups = [ ];
  };
  nixpkgs = {
    release = lib.trivial.release;
    revision = pkgs.revision or (lib.trivial.revisionWithDefault null);
  };
  nixVersion =
    let
      read = builtins.tryEval (if config.nix.package == null then null else config.nix.package.version or null);
    in
    if read.success then read.value else null;
}
