# Evidence of an evaluated home-manager configuration, standalone or in NixOS.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  self ? null,
}:
let
  inherit (import ../lib.nix { inherit lib; }) storePath tryOr;

  scope = "home";

  base = import ./base.nix {
    inherit lib options self;
    inherit scope;
    skipped = [
      "_module"
      "assertions"
      "lib"
      "meta"
      "news"
      "warnings"
    ];
    # In a standalone evaluation `pkgs.path` is nixpkgs, whose modules belong to the framework.
    frameworks = [
      modulesPath
      "${builtins.unsafeDiscardStringContext (toString pkgs.path)}/nixos/modules"
    ];
    hints = [
      (options.home.stateVersion or null)
      (options.home.username or null)
      (options.home.packages or null)
    ];
  };

  belowHome = lib.removePrefix "${config.home.homeDirectory}/";
in
base
// {
  entries = base.fromOption {
    list = "home.packages";
    scope = "home";
    definitions = options.home.packages.definitionsWithLocations;
  };
  generated = base.generatedBy (
    lib.optional (options ? home.file) {
      option = options.home.file;
      name = "home.file";
      place = belowHome;
    }
    ++ lib.optional (options ? xdg.configFile) {
      option = options.xdg.configFile;
      name = "xdg.configFile";
      place = name: "${belowHome config.xdg.configHome}/${name}";
    }
    ++ lib.optional (options ? xdg.dataFile) {
      option = options.xdg.dataFile;
      name = "xdg.dataFile";
      place = name: "${belowHome config.xdg.dataHome}/${name}";
    }
  );

  optionDocs = {
    inherit scope;
    json = "${pkgs.callPackage ../index/options-json.nix { } {
      kind = "home-manager";
      nixpkgs = pkgs.path;
      homeManager = dirOf modulesPath;
    }}";
    modules = storePath modulesPath;
    prefix = "home-manager/modules";
  };

  elevate = null;
  host = {
    name = null;
    inherit (pkgs.stdenv.hostPlatform) system;
    inherit (config.home) stateVersion;
    release = null;
    kernel = null;
    desktop = map (entry: lib.last (lib.splitString "." entry.option)) (
      lib.filter (
        entry: builtins.match ".*\\.windowManager\\.[^.]+" entry.option != null
      ) base.enabled
    );
  };
  user = {
    name = config.home.username;
    home = config.home.homeDirectory;
    shell = null;
    groups = [ ];
  };
  nixpkgs = {
    inherit (lib.trivial) release;
    revision = pkgs.revision or (lib.trivial.revisionWithDefault null);
  };
  nixVersion = tryOr null (
    if config.nix.package == null then null else config.nix.package.version or null
  );
}
