# Evidence of an evaluated home-manager configuration, standalone or in NixOS.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  self ? null,
  allValues ? false,
}:
let
  inherit (import ../lib.nix { inherit lib; }) storePath tryOr;

  scope = "home";

  base = import ./base.nix {
    inherit
      lib
      options
      pkgs
      self
      scope
      allValues
      ;
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

  nixPackage = tryOr null (if config.nix.enable or true then config.nix.package else null);

  # No option leads to it, but the page's build command contains its path.
  optionsOfManualPage =
    let
      pages = lib.filter (package: lib.getName package == "home-configuration-reference-manpage") (
        lib.concatMap (definition: definition.value) (
          lib.filter (
            definition: toString definition.file == "${modulesPath}/manual.nix"
          ) options.home.packages.definitionsWithLocations
        )
      );
      command = (lib.head pages).buildCommand or "";
      context = lib.filterAttrs (path: _: lib.hasSuffix "-options.json.drv" path) (
        builtins.getContext command
      );
      path = builtins.match "(.*[ \n])?(/[^ \n]+-options\\.json/[^ \n]+\\.json)[ \n].*" (
        builtins.unsafeDiscardStringContext command
      );
    in
    if pages == [ ] || context == { } || path == null then
      null
    else
      builtins.appendContext (lib.last path) context;
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

  # The documentation of home-manager's options: what its manual page is made of, else made for the
  # index. A home that has no Nix of its own does without: evaluating `pkgs.nix` and all that it is
  # made of, for this alone, would slow each of its rebuilds.
  optionDocs = {
    inherit scope;
    json =
      if optionsOfManualPage != null then
        optionsOfManualPage
      else if nixPackage != null then
        "${pkgs.callPackage ../index/options-json.nix { nix = nixPackage; } {
          kind = "home-manager";
          nixpkgs = pkgs.path;
          homeManager = dirOf modulesPath;
        }}"
      else
        "";
    modules = storePath modulesPath;
    prefix = "home-manager/modules";
  };

  # The table of all packages, made by `package`: the command line.
  nixpkgsPackages =
    package:
    pkgs.callPackage ../index/nixpkgs-packages.nix {
      nix = if nixPackage == null then pkgs.nix else nixPackage;
      inherit package;
    } { nixpkgs = pkgs.path; };
  plainVersions =
    names:
    if nixPackage == null then
      ""
    else
      "${pkgs.callPackage ../index/plain-versions.nix { nix = nixPackage; } {
        nixpkgs = pkgs.path;
        inherit names;
      }}";

  commandPackages =
    snapshots:
    if nixPackage == null then
      ""
    else
      "${pkgs.callPackage ../index/command-packages.nix { nix = nixPackage; } {
        nixpkgs = pkgs.path;
        inherit snapshots;
      }}";

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
  nixVersion = nixPackage.version or null;
}
