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
  # Nodes of the root's flake.lock (../lib.nix): they name the flakes that modules come from.
  inputs ? {
    own = { };
    nested = { };
  },
}:
let
  inherit (builtins)
    any
    concatMap
    elemAt
    head
    match
    split
    stringLength
    substring
    unsafeDiscardStringContext
    ;

  inherit (import ../lib.nix { inherit lib; }) isShared;
  utf8 = import ./utf8.nix;
  plain = file: unsafeDiscardStringContext (toString file);

  # A folder -> the beginning of the paths below it. `lib.hasPrefix` calls five functions, and these
  # are asked about every definition.
  beginning = folder: {
    text = "${folder}/";
    length = stringLength folder + 1;
  };
  startsWith = path: beginning: substring 0 beginning.length path == beginning.text;

  ours = beginning (plain ../.);
  frameworkFolders = map plain frameworks;
  # The source trees that contain `nixos/modules` or `modules`.
  trees = map (
    folder: lib.removeSuffix "/modules" (lib.removeSuffix "/nixos/modules" folder)
  ) frameworkFolders;
  framework =
    map beginning frameworkFolders
    # home-manager's integration with NixOS and nix-darwin is beside its modules.
    ++ concatMap (tree: [
      (beginning "${tree}/nixos")
      (beginning "${tree}/nix-darwin")
    ]) trees;
  glue = map (tree: beginning "${tree}/nixos") trees;
  notGlue = map (tree: beginning "${tree}/nixos/modules") trees;

  isOurs = file: substring 0 ours.length file == ours.text;
  # home-manager gives NixOS a user's whole environment as one package, whose parts are known
  # already.
  isGlue = file: any (startsWith "${file}/") glue && !(any (startsWith "${file}/") notGlue);
  # For a module that is written inline, the module system names the file that contains the
  # attribute `modules`, which is nixpkgs' flake.nix. No other definition is ever located in a
  # flake.nix.
  isInline =
    file:
    substring 0 1 file != "/"
    || match "${lib.escapeRegex builtins.storeDir}/[^/]+/flake\\.nix" file != null;
  # The user chose everything that is not part of the framework, modules of other flakes included.
  isUser =
    file:
    let
      path = "${file}/";
    in
    substring 0 ours.length path != ours.text
    && !(any (folder: substring 0 folder.length path == folder.text) framework);
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
      folderOf (dirOf guess);

  # Of a configuration outside the store: the folder of its repository, which has its other files.
  folderOf =
    folder:
    let
      above = folder: lib.optionals (!(isShared folder)) ([ folder ] ++ above (dirOf folder));
      isRepository =
        folder: any (name: builtins.pathExists "${folder}/${name}") marks;
      marks = [
        ".git"
        ".jj"
        "npins"
      ];
    in
    lib.findFirst isRepository folder (above folder);

  isInStore = root == null || storeTop root != null;

  belowRoot = beginning (if root == null then "" else root);
  isBelowRoot = file: startsWith file belowRoot;

  # The store path of an input follows from its hash, so nothing is fetched.
  storePaths =
    nodes:
    lib.listToAttrs (
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
        ) nodes
      )
    );
  ownAt = storePaths inputs.own;
  # Few configurations use the inputs of their inputs, and a large lock file has hundreds.
  nestedAt = storePaths inputs.nested;

  # The module system does not distinguish a module written in flake.nix from one imported there.
  # Outside the store there is no flake.
  inline = if isInStore then "flake.nix (inline or imported)" else "inline or imported";

  # Whether a file is the configuration's own or one of a flake that is its input.
  isOfKnownFlake =
    file:
    let
      top = storeTop file;
    in
    root != null && isBelowRoot file || top != null && (ownAt ? ${top} || nestedAt ? ${top});

  # The file of a definition: `/nix/store/<hash>-source/modules/x.nix` -> `modules/x.nix`
  show = file: if isInline file then inline else showPosition file;

  # The file of a position in the source, which is never wrong.
  showPosition =
    file:
    let
      top = storeTop file;
      name =
        if root != null && isBelowRoot file then
          substring belowRoot.length (-1) file
        else if root != null && file == root then
          "default.nix"
        else if top != null && top == storeTop root' then
          # A flake in a subfolder of its repository.
          "../${substring (stringLength top + 1) (-1) file}"
        else if top != null then
          # Another flake's module: `nixos-hardware:lenovo/thinkpad/default.nix`.
          let
            unknown = elemAt (split "^[0-9a-z]{32}-" (baseNameOf top)) 2;
            flake = ownAt.${top} or nestedAt.${top} or unknown;
          in
          "${flake}:${substring (stringLength top + 1) (-1) file}"
        else
          file;
      root' = if root == null then "" else root;
    in
    # Importing a folder imports its default.nix.
    utf8 (
      if match ".*\\.nix" name != null then
        name
      else
        "${name}/default.nix"
    );
in
{
  inherit
    plain
    isOurs
    isGlue
    isUser
    isForeign
    isOfKnownFlake
    storeTop
    root
    isInStore
    show
    showPosition
    ;
}
