# Names the files of a configuration, and tells the user's from the framework's.
#
# The module system reports where a definition stands as a store path, as `<unknown-file>`, or, for
# modules written inline in a flake, as nixpkgs' own flake.nix. So a file is the framework's when it
# lies below the `modulesPath` of NixOS or home-manager (being under nixpkgs is not enough).
{
  lib,
  # Folders whose modules are the framework's, as strings: NixOS' and home-manager's modulesPath.
  frameworks,
  # `self` of the flake, or null.
  self ? null,
  # Definition files to guess the root from when there is no `self`.
  hints ? [ ],
  # Nodes of the root's flake.lock by input name, to name the flakes that modules come from.
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
  # `…/nixos/modules` and `…/modules`: the tree that holds them.
  trees = map (folder: lib.removeSuffix "/modules" (lib.removeSuffix "/nixos/modules" folder)) frameworkFolders;

  isOurs = file: hasPrefix "${ours}/" file;
  inFramework =
    file:
    lib.any (folder: hasPrefix "${folder}/" file) frameworkFolders
    # home-manager's glue for NixOS and nix-darwin stands beside its modules.
    || lib.any (tree: hasPrefix "${tree}/nixos/" file || hasPrefix "${tree}/nix-darwin/" file) trees;
  # home-manager hands a user's whole environment to NixOS as one package; its parts are known already.
  isGlue = file: lib.any (tree: hasPrefix "${tree}/nixos/" file && !(hasPrefix "${tree}/nixos/modules/" file)) trees;
  # A flake's own flake.nix only ever appears as the place of modules written inline: the module
  # system names the file that holds the attribute `modules`, and that is nixpkgs'.
  isInline = file: !(hasPrefix "/" file) || match "${lib.escapeRegex builtins.storeDir}/[^/]+/flake\\.nix" file != null;
  # Everything that is not the framework's was chosen by the user, other flakes' modules included.
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

  # Where an input's source lies follows from its hash: nothing is fetched to know it.
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

  # The module system has one name for both: written in flake.nix, or imported there as a value.
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
          "${inputAt.${top} or (elemAt (split "^[0-9a-z]{32}-" (baseNameOf top)) 2)}:${substring (stringLength top + 1) 9999 file}"
        else
          file;
      root' = if root == null then "" else root;
    in
    # A module imported as a folder is its default.nix.
    if hasSuffix ".nix" name || name == inline || !(hasPrefix "/" file) then name else "${name}/default.nix";
in
{
  inherit
    plain
    isOurs
    isGlue
    isUser
    isForeign
    root
    show
    ;
}
