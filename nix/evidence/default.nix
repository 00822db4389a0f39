# Combines the evidence of NixOS and home-manager about one user into `evaluated.json` (its schema
# is `generators/evidence/evaluated.ts`) and the store paths of the packages.
{
  lib,
  # From ./system.nix and ./home.nix; at least one of them.
  system ? null,
  home ? null,
  user,
  # { checkout; attribute; } for the rebuild command.
  flake,
}:
let
  inherit (builtins) filter listToAttrs;
  inherit (import ../lib.nix { inherit lib; }) tryOr;
  utf8 = import ./utf8.nix;

  main = if system != null then system else home;
  parts = filter (part: part != null) [
    system
    home
  ];

  collected = main.collect {
    shared = if system != null then system.systemPackages else main.group [ ];
    own = main.group (
      lib.optionals (system != null) (system.userEntries user)
      ++ lib.optionals (home != null) home.entries
    );
  };

  inputs = lib.mapAttrsToList (name: node: {
    inherit name;
    revision = node.locked.rev or null;
    lastModified = node.locked.lastModified or null;
  }) main.locked;

  servicePackage =
    entry:
    let
      package = entry.node.package or null;
      path = tryOr null (
        if main.isReadable package && lib.isDerivation package.value then
          "${package.value}"
        else
          null
      );
    in
    lib.optional (path != null) (lib.nameValuePair entry.option [ path ]);

  option = entry: {
    inherit (entry)
      option
      scope
      description
      ;
    places = map (file: { inherit file; }) entry.files;
  }
  // lib.optionalAttrs (entry ? by) { inherit (entry) by; };
in
{
  evaluated = {
    schemaVersion = 1;
    platform = if system != null then "nixos" else "home-manager";
    inherit (main) host nixpkgs nixVersion;
    user = (if system != null then system.userOf user else home.user) // {
      homeManager = home != null;
      homeFile = if system != null && home != null then system.homeFileOf user else null;
    };
    flake = {
      used = main.isFlake;
      # Outside the store it is the folder itself.
      checkout = utf8 (
        if flake.checkout == null && !main.files.isInStore then main.files.root else flake.checkout
      );
      attribute = utf8 flake.attribute;
      inherit (main) elevate;
      inherit inputs;
    };
    packages = map (package: removeAttrs package [ "outputs" ]) collected.packages;
    options = lib.concatMap (part: map option part.enabled) parts;
    settings = lib.concatMap (part: part.settings) parts;
    foreignOptions = lib.concatMap (part: part.foreignOptions) parts;
    aliases = lib.concatMap (part: part.aliases) parts;
    agents = lib.concatMap (part: part.agents) parts;
    mcpServers = lib.concatMap (part: part.mcpServers) parts;
    skipped =
      collected.skipped
      ++ lib.concatMap (
        part:
        map (name: {
          what = name;
          why = "evaluation refused its value";
        }) part.failed
      ) parts;
  };

  # Where packages differ from the plain nixpkgs, for the index: the attributes of overlays, and the
  # plain versions of the packages that an overlay or another source may have changed.
  origins =
    let
      overlays = lib.unique (lib.concatMap (part: part.overlays) parts);
      named = lib.genAttrs (map (overlay: overlay.attribute) overlays) (_: true);
      names = lib.unique (
        lib.concatMap (
          package:
          lib.optional (!package.base && (package ? origin || named ? ${package.name})) package.name
        ) collected.packages
      );
    in
    {
      inherit overlays;
      plainVersions = if names == [ ] then "" else main.plainVersions names;
    };

  # Where the documentation of all options is, for the index.
  optionDocs = map (part: part.optionDocs) parts;

  # Folder of snapshots -> the file with the packages for programs of the machine, or an empty text.
  inherit (main) commandPackages;

  # The configuration's `.nix` files, or null.
  sources = import ./sources.nix { inherit lib; } main.files.root;

  # Package id -> its installed outputs, with string context: the build depends on them.
  roots = listToAttrs (
    map (package: lib.nameValuePair package.id package.outputs) collected.packages
  );

  # Option -> the store path of its package, for enabled services that have a package.
  services = listToAttrs (lib.concatMap (part: lib.concatMap servicePackage part.enabled) parts);
}
