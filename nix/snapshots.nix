# A user's snapshots: default and assertion of the option, and the input of the build.
{ lib }:
let
  inherit (import ./lib.nix { inherit lib; }) isBuilt;

  # False for a link: following it out of the flake would end the evaluation.
  isFolder = lib.pathIsDirectory;
  # A pure evaluation can read an absolute path only if it is a store path.
  isReadable = path: lib.hasPrefix builtins.storeDir path || builtins ? currentSystem;
in
{
  # The folder's JSON files as an input of the build, or null if the folder does not exist.
  input =
    folder:
    if folder == null then
      null
    # Passed to the build as it is.
    else if isBuilt folder then
      folder
    else if !(isFolder folder) then
      null
    else
      builtins.path {
        path = folder;
        name = "nixos-intelligence-snapshots";
        filter = path: type: type == "regular" && lib.hasSuffix ".json" path;
      };

  # `intelligence/<user>` in the configuration's folder, as a path that the evaluation may read.
  default =
    root: user:
    let
      folder = "${root}/intelligence/${user}";
    in
    if root != null && isReadable root && isFolder folder then
      folder
    else
      null;

  assertion = parent: folder: {
    assertion = folder == null || !(builtins.isString folder) || isReadable folder;
    message = ''
      The option `${parent}.snapshots' is a string:
      "${toString folder}". A pure evaluation cannot read that folder.
      Write a path relative to the file that sets it (./intelligence/me), or use a flake input.
    '';
  };
}
