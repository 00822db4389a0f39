# Names the files of a configuration and distinguishes the user's files from the framework's.
#
# The module system reports the file of a definition as a store path, as `<unknown-file>`, or, for a
# module that is written inline in a flake, as nixpkgs' own flake.nix. So a file belongs to the
# framework if it is below the `modulesPath` of NixOS or home-manager; being in nixpkgs is not
# enough.
{
  lib,
  # Folders of the framework's modules, as strings: the `modulesPath` of NixOS and home-manager.
  frameworks,
  # `self` of the flake, or null.
  self ? null,
  # Files of definitions from which the root is guessed if there is no `self`.
  hints ? [ ],
  # Nodes of the root's flake.lock by input name: they name the flakes that modules come from.
  inputs ? { },
}:
let
  inherit (builtins)
    elemAt
    head
    match
    split
    stringLength
    substring
    unsafeDiscardStringContext
    ;
  inherit (lib) hasPrefix hasSuffix removePrefix;

  plain = file: unsafeDiscardStringContext (toString file);
  ours = plain ../.;
  frameworkFolders = map plain frameworks;
  # The source trees that contain `nixos/modules` or `modules`.
  trees = map (
    folder: lib.removeSuffix "/modules" (lib.removeSuffix "/nixos/modules" folder)
  ) frameworkFolders;

  isOurs = file: hasPrefix "${ours}/" file;
  inFramework =
    file:
    lib.any (folder: hasPrefix "${folder}/" file) frameworkFolders
    # home-manager's integration with NixOS and nix-darwin is beside its modules.
    || lib.any (
      tree: hasPrefix "${tree}/nixos/" "${file}/" || hasPrefix "${tree}/nix-darwin/" "${file}/"
    ) trees;
  # home-manager gives NixOS a user's whole environment as one package, whose parts are known
  # already.
  isGlue =
    file:
    lib.any (
      tree: hasPrefix "${tree}/nixos/" "${file}/" && !(hasPrefix "${tree}/nixos/modules/" file)
    ) trees;
  # For a module that is written inline, the module system names the file that contains the
  # attribute `modules`, which is nixpkgs' flake.nix. No other definition is ever located in a
  # flake.nix.
  isInline =
    file:
    !(hasPrefix "/" file)
    || match "${lib.escapeRegex builtins.storeDir}/[^/]+/flake\\.nix" file != null;
  # The user chose everything that is not part of the framework, modules of other flakes included.
  isUser = file: !(isOurs file) && !(inFramework file);
  isForeign =
    file:
    let
      top = storeTop file;
    in
    isUser file && !(isInline file) && root != null && top != null && top != storeTop root;

  storeTop =
    file:
    let
      found = match "(${lib.escapeRegex builtins.storeDir}/[^/]+)(/.*)?" file;
    in
    if found == null then null else head found;

  root =
    let
      foreign = lib.filter (file: isUser file && !(isInline file)) (map plain hints);
      guess = head foreign;
      top = storeTop guess;
    in
    if self != null then
      plain self
    else if foreign == [ ] then
      null
    else if top != null then
      top
    else
      dirOf guess;

  # The store path of an input follows from its hash, so nothing is fetched.
  inputAt = lib.listToAttrs (
    lib.concatLists (
      lib.mapAttrsToList (
        name: node:
        lib.optional (node ? locked.narHash) (
          lib.nameValuePair (plain (derivation {
            name = "source";
            system = "x86_64-linux";
            builder = "none";
            outputHashMode = "recursive";
            outputHashAlgo = "sha256";
            outputHash = node.locked.narHash;
          })) name
        )
      ) inputs
    )
  );

  # The module system does not distinguish a module written in flake.nix from one imported there.
  inline = "flake.nix (inline or imported)";

  # `/nix/store/<hash>-source/modules/x.nix` -> `modules/x.nix`
  show =
    file:
    let
      top = storeTop file;
      name =
        if isInline file then
          inline
        else if root != null && hasPrefix "${root}/" file then
          removePrefix "${root}/" file
        else if root != null && file == root then
          "default.nix"
        else if top != null && top == storeTop root' then
          "../${removePrefix "${top}/" file}" # a flake in a subfolder of its repository
        else if top != null then
          # Another flake's module: `nixos-hardware:lenovo/thinkpad/default.nix`.
          let
            flake = inputAt.${top} or (elemAt (split "^[0-9a-z]{32}-" (baseNameOf top)) 2);
          in
          "${flake}:${substring (stringLength top + 1) 9999 file}"
        else
          file;
      root' = if root == null then "" else root;
    in
    # Importing a folder imports its default.nix.
    if hasSuffix ".nix" name || name == inline || !(hasPrefix "/" file) then
      name
    else
      "${name}/default.nix";
in
{
  inherit
    plain
    isOurs
    isGlue
    isUser
    isForeign
    storeTop
    root
    show
    ;
}
