# A user's snapshots: the option's default and check, and what the build gets of the folder.
{ lib }:
let
  isBuilt = import ./is-built.nix { inherit lib; };

  # A link is none: nobody can tell where it leads; followed out of the flake, it ends the evaluation.
  isFolder = lib.pathIsDirectory;
in
{
  # The folder as the build sees it: its JSON files and nothing else of it. Null when it is not there.
  input =
    folder:
    if folder == null then
      null
    # Left to the build as it is.
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

  # `intelligence/<user>` in the flake, as a path that the evaluation may read.
  default =
    root: user:
    let
      folder = "${root}/intelligence/${user}";
    in
    if root != null && lib.hasPrefix builtins.storeDir root && isFolder folder then folder else null;

  # Absolute paths that are no store paths cannot be read by a pure evaluation.
  assertion = option: folder: {
    assertion = folder == null || !(builtins.isString folder) || lib.hasPrefix builtins.storeDir folder;
    message = ''
      The option `${option}' is the text "${toString folder}", a folder that a pure evaluation cannot read.
      Write it as a path relative to the file that sets it (./intelligence/me), or use a flake input.
    '';
  };
}
