# Evidence of an evaluated NixOS configuration: a function of its module arguments, which are forced
# only as far as the result is used.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  # `self` of the flake, or null.
  self ? null,
  # Whether to look for set options below disabled services and programs, too.
  allValues ? false,
}:
let
  inherit (builtins) concatMap filter;

  inherit (import ../lib.nix { inherit lib; }) storePath tryOr;

  scope = "system";

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
      "passthru"
      "warnings"
    ];
    # home-manager's folder too, which is found through the declarations of its NixOS module.
    frameworks = [
      modulesPath
    ]
    ++ map (file: "${dirOf (dirOf (files.plain file))}/modules") (
      lib.take 1 (options.home-manager.users.declarations or [ ])
    );
    hints = [
      (options.system.stateVersion or null)
      (options.networking.hostName or null)
      (options.fileSystems or null)
      (options.environment.systemPackages or null)
    ];
  };
  inherit (base) files enabled;

  usersOption = options.users.users;
  # Newer module systems have the definitions of each user with their files (`valueMeta`); with
  # older ones they are taken from the definitions of `users.users`.
  userDefinitions =
    user:
    let
      inherit (usersOption.valueMeta.attrs.${user}.configuration.options) packages;
    in
    if usersOption ? valueMeta.attrs.${user}.configuration.options.packages then
      packages.definitionsWithLocations
    else
      concatMap
        (
          { file, value, ... }:
          let
            packages = if builtins.isAttrs value then value.${user}.packages or [ ] else [ ];
          in
          lib.optional (packages != [ ]) {
            inherit file;
            value = packages;
          }
        )
        (
          filter (
            definition: files.isUser (files.plain definition.file)
          ) usersOption.definitionsWithLocations
        );

  desktops = map (entry: lib.last (lib.splitString "." entry.option)) (
    filter (
      entry: builtins.match ".*\\.(desktopManager|windowManager)\\.[^.]+" entry.option != null
    ) enabled
  );

  shellOf =
    user:
    let
      inherit (config.users.users.${user}) shell;
    in
    if shell == null then
      null
    else if builtins.isString shell || builtins.isPath shell then
      baseNameOf (files.plain shell)
    else
      # What NixOS writes into /etc/passwd: `pkgs.shadow` is `nologin`.
      baseNameOf (shell.shellPath or shell.meta.mainProgram or (lib.getName shell));

  # Groups that name the user as a member.
  groupsWith =
    name:
    lib.attrNames (lib.filterAttrs (_: group: lib.elem name group.members) config.users.groups);

  # What runs a command as root, or null.
  elevate =
    let
      enabled = name: tryOr false (config.security.${name}.enable or false);
    in
    if enabled "sudo" || enabled "sudo-rs" then
      "sudo"
    else if enabled "doas" then
      "doas"
    else
      null;
in
base
// {
  # Grouped here, so that all users share it.
  systemPackages = base.group (
    base.fromOption {
      list = "environment.systemPackages";
      scope = "system";
      definitions = options.environment.systemPackages.definitionsWithLocations;
    }
  );
  userEntries =
    user:
    base.fromOption {
      list = "users.users.${user}.packages";
      scope = "user";
      definitions = tryOr [ ] (userDefinitions user);
    };
  generated = base.generatedBy [
    {
      option = options.environment.etc;
      name = "environment.etc";
      place = name: "/etc/${name}";
    }
  ];

  # The documentation of NixOS's options: what the manual is made of, else made for the index, with
  # the system's own Nix. Any other would be evaluated for this alone.
  optionDocs = {
    inherit scope;
    json =
      if config.documentation.enable && config.documentation.nixos.enable then
        "${config.system.build.manual.optionsJSON}/share/doc/nixos/options.json"
      else if config.nix.enable then
        "${pkgs.callPackage ../index/options-json.nix { nix = config.nix.package; } {
          kind = "nixos";
          nixpkgs = pkgs.path;
        }}"
      else
        "";
    modules = storePath modulesPath;
    prefix = "nixos/modules";
  };

  # The table of all packages, made by `package`: the command line.
  nixpkgsPackages =
    package:
    pkgs.callPackage ../index/nixpkgs-packages.nix {
      nix = if config.nix.enable then config.nix.package else pkgs.nix;
      inherit package;
    } { nixpkgs = pkgs.path; };
  plainVersions =
    names:
    if config.nix.enable then
      "${pkgs.callPackage ../index/plain-versions.nix { nix = config.nix.package; } {
        nixpkgs = pkgs.path;
        inherit names;
      }}"
    else
      "";

  commandPackages =
    snapshots:
    if config.nix.enable then
      "${pkgs.callPackage ../index/command-packages.nix { nix = config.nix.package; } {
        nixpkgs = pkgs.path;
        inherit snapshots;
      }}"
    else
      "";

  inherit elevate;
  host = {
    name = config.networking.hostName;
    inherit (pkgs.stdenv.hostPlatform) system;
    inherit (config.system) stateVersion;
    inherit (config.system.nixos) release;
    kernel = tryOr null config.boot.kernelPackages.kernel.version;
    desktop = lib.unique desktops;
  };
  # The file of `home-manager.users.<name> = import ./home.nix { … }`, or null: the module system
  # knows none, but the value is still a function, and its formals have positions.
  homeFileOf =
    name:
    let
      functions = concatMap (
        definition:
        let
          value = tryOr null (definition.value.${name} or null);
        in
        lib.optional (builtins.isFunction value) (builtins.functionArgs value)
      ) (options.home-manager.users.definitionsWithLocations or [ ]);
      formals = lib.head functions;
      position = builtins.unsafeGetAttrPos (lib.head (lib.attrNames formals)) formals;
    in
    if lib.length functions == 1 && formals != { } && position != null then
      files.show (files.plain position.file)
    else
      null;
  userOf =
    name:
    let
      user = config.users.users.${name};
    in
    {
      inherit (user) name home;
      shell = tryOr null (shellOf name);
      groups = lib.naturalSort (lib.unique (user.extraGroups ++ tryOr [ ] (groupsWith user.name)));
    };
  nixpkgs = {
    inherit (config.system.nixos) release;
    revision = tryOr null config.system.nixos.revision;
  };
  nixVersion = tryOr null (config.nix.package.version or null);
}
