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
  # A flake's own flake.nix only ever appears as the place of modules written inline: the module
  # system names the file that holds the attribute `modules`, and that is nixpkgs'.
  isInline = file: !(hasPrefix "/" file) || match "${lib.escapeRegex builtins.storeDir}/[^/]+/flake\\.nix" file != null;
  isUser = file: !(isOurs file) && !(inFramework file);

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

  inline = "flake.nix (inline)";

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
          # Another flake's module: its own path, its hash left out.
          "${elemAt (split "^[0-9a-z]{32}-" (baseNameOf top)) 2}${substring (stringLength top) 9999 file}"
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
    isUser
    root
    show
    ;
}
