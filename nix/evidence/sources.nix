# The `.nix` files of the configuration as a store path of their own, for the reader of source
# positions in the build, and the top-level files that may contain the command that rebuilds it. Its
# hash changes only when one of them does. Folders without any are left out, so that a new folder of
# images changes nothing; hidden folders and links are not followed, nor the folders of a home that
# has a configuration among its files.
{ lib }:
# The configuration's root as a string, or null.
root:
let
  inherit (builtins) hasAttr readDir stringLength substring;

  inherit (import ../lib.nix { inherit lib; }) isShared;
  isWhole = !(isShared root);
  # See generators/evidence/rebuild-wrapper.ts.
  mayRebuild =
    name:
    builtins.match "\\.?[Jj]ustfile|(GNU)?[Mm]akefile" name != null
    || builtins.match "(nixos-)?(rebuild|switch|apply)([-_.].*)?" name != null;

  # name -> true for a file, the same for a folder.
  tree =
    folder:
    lib.filterAttrs (_: found: found != null && found != { }) (
      lib.mapAttrs (
        name: type:
        if type == "directory" && isWhole && !(lib.hasPrefix "." name) then
          tree "${folder}/${name}"
        else if
          type == "regular"
          && (lib.hasSuffix ".nix" name || (isWhole && folder == root && mayRebuild name))
        then
          true
        else
          null
      ) (readDir folder)
    );
  files = tree root;
  isIn =
    found: path:
    path == [ ]
    || (
      found != true && hasAttr (lib.head path) found && isIn found.${lib.head path} (lib.tail path)
    );
in
if root == null || !(builtins.pathExists root) then
  null
else
  builtins.path {
    name = "nix-sources";
    path = root;
    filter =
      path: _: isIn files (lib.splitString "/" (substring (stringLength root + 1) (-1) path));
  }
