# Joins what NixOS and home-manager say about one user into `evaluated.json`
# (`generators/schema/evaluated.ts` is its contract), and names the store paths of the packages.
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
  inherit (builtins)
    attrNames
    filter
    fromJSON
    isString
    listToAttrs
    pathExists
    readFile
    ;

  main = if system != null then system else home;
  parts = filter (part: part != null) [
    system
    home
  ];

  collected = main.collect (
    lib.optionals (system != null) (system.systemEntries ++ system.userEntries user)
    ++ lib.optionals (home != null) home.entries
  );

  # Revisions come from the lock file: asking an input itself could fetch it.
  lockFile = "${main.files.root}/flake.lock";
  lock =
    let
      read = builtins.tryEval (if main.files.root != null && pathExists lockFile then fromJSON (readFile lockFile) else null);
    in
    if read.success then read.value else null;
  inputs =
    if lock == null || !(lock ? nodes) then
      [ ]
    else
      let
        root = lock.nodes.${lock.root or "root"}.inputs or { };
      in
      map (
        name:
        let
          # A list is a path of `follows`, from the root on.
          resolve =
            reference:
            if isString reference then
              reference
            else
              lib.foldl' (node: step: resolve lock.nodes.${node}.inputs.${step}) (lock.root or "root") reference;
          locked = lock.nodes.${resolve root.${name}}.locked or { };
        in
        {
          inherit name;
          revision = locked.rev or null;
          lastModified = locked.lastModified or null;
        }
      ) (attrNames root);

  servicePackage =
    entry:
    let
      package = entry.node.package or null;
      path = builtins.tryEval (
        if (package._type or null) == "option" && (package.visible or true) != false && lib.isDerivation package.value then
          "${package.value}"
        else
          null
      );
    in
    lib.optional (path.success && path.value != null) (lib.nameValuePair entry.option [ path.value ]);

  option = entry: {
    inherit (entry)
      option
      scope
      files
      description
      ;
  };
in
{
  evaluated = {
    schemaVersion = 1;
    platform = if system != null then "nixos" else "home-manager";
    inherit (main) host nixpkgs nixVersion;
    user = (if system != null then system.userOf user else home.user) // {
      homeManager = home != null;
    };
    flake = {
      inherit (flake) checkout attribute;
      inherit inputs;
    };
    packages = map (package: removeAttrs package [ "outputs" ]) collected.packages;
    options = lib.concatMap (part: map option part.enabled) parts;
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

  # package id -> its installed outputs, with context: the build depends on them.
  roots = listToAttrs (map (package: lib.nameValuePair package.id package.outputs) collected.packages);

  # option -> the store path of its package, for enabled services that have one.
  services = listToAttrs (lib.concatMap (part: lib.concatMap servicePackage part.enabled) parts);
}
