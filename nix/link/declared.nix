# The file that a home-manager configuration itself declares at the place of one of our links. Does
# not evaluate `home.file` as a whole, because our own part of it depends on the answer.
{
  lib,
  # `options.home.file.definitionsWithLocations`
  definitions,
  homeDirectory,
  # Our own files, and the folder of home-manager's modules, as strings.
  own,
  framework,
}:
let
  inherit (builtins)
    any
    attrNames
    concatMap
    filter
    head
    isAttrs
    isPath
    isString
    pathExists
    stringLength
    substring
    ;
  inherit (lib) hasPrefix removePrefix;

  # A path as it is written -> relative to the home, without `.` and empty components.
  relative =
    path:
    let
      normal =
        path:
        lib.concatStringsSep "/" (
          filter (part: part != "" && part != ".") (lib.splitString "/" path)
        );
    in
    removePrefix "${normal homeDirectory}/" (normal path);

  # A definition without `mkIf`, `mkMerge`, `mkForce` and the like around its active parts.
  parts =
    value:
    let
      type = if isAttrs value then value._type or null else null;
    in
    if type == "if" then
      lib.optionals value.condition (parts value.content)
    else if type == "merge" then
      concatMap parts value.contents
    else if type == "override" || type == "order" then
      parts value.content
    else
      [ value ];
  isEnabled = part: !(isAttrs part && part.enable or true == false);
  # Also `enable = false` alone, which switches our link off. The text of a file that is switched
  # off may abort: nothing reads it.
  isFile =
    part: !(isAttrs part) || !(isEnabled part) || part ? source || part.text or null != null;
  isRecursive = part: isAttrs part && part.recursive or false == true;

  # home-manager's own modules never set `target`, so their values are not read for it: some of them
  # depend on the whole configuration.
  entriesOf =
    { file, value, ... }:
    map (
      key:
      let
        named = filter (part: isAttrs part && isString (part.target or null)) (parts value.${key});
      in
      {
        inherit file key;
        files = filter isFile (parts value.${key});
        target = relative (
          if hasPrefix "${framework}/" (toString file) || named == [ ] then
            key
          else
            (head named).target
        );
      }
    ) (attrNames value);

  entries = concatMap entriesOf (
    filter (definition: !(builtins.elem (toString definition.file) own)) definitions
  );

  # Folders that contain each other begin with the same name: a target is compared with few entries.
  firstName = path: head (builtins.split "/" path);
  byFirstName = builtins.groupBy (entry: firstName entry.target) entries;

  # Whether a folder that is linked file by file contains the target. This is known only for a
  # folder of the configuration; any other would have to be built.
  contains =
    entry: target: part:
    isPath part.source && pathExists (part.source + removePrefix entry.target target);

  owner =
    { file, key, ... }:
    { whole, files }:
    lib.optional (files != [ ]) {
      inherit file key whole;
      enabled = any isEnabled files;
    };
in
{
  inherit relative;

  # Who declares the target (relative to the home): null, or
  # {
  #   file; key;  # where: the definition's file and its attribute name in `home.file`
  #   whole;      # a folder above it is one link, so that nothing can be put into it
  #   enabled;    # the file is really written
  # } A folder above that is linked file by file and cannot be read leaves the target free. If it
  # contains the target, that file wins when home-manager builds its files, and ./link.sh sees that
  # it is not ours.
  ownerOf =
    target:
    let
      near = byFirstName.${firstName target} or [ ];
      # `lib.hasPrefix` calls five functions for each of them.
      above = filter (
        entry: substring 0 (stringLength entry.target + 1) target == "${entry.target}/"
      ) near;
      atOrBelow = filter (
        entry: substring 0 (stringLength target + 1) "${entry.target}/" == "${target}/"
      ) near;
      owners =
        concatMap (
          entry:
          let
            enabled = filter isEnabled entry.files;
          in
          owner entry {
            whole = true;
            files = filter (part: !(isRecursive part)) enabled;
          }
          ++ owner entry {
            whole = false;
            files = filter (part: isRecursive part && contains entry target part) enabled;
          }
        ) above
        ++ concatMap (
          entry:
          owner entry {
            whole = false;
            inherit (entry) files;
          }
        ) atOrBelow;
    in
    if owners == [ ] then null else head owners;
}
