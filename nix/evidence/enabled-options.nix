# The options that the user's files enable, found by walking the tree of option declarations.
#
# Never walks `config`: removed and renamed options abort there, which nothing catches. Goes below a
# node only where that node has no `enable` or is enabled, which keeps the cost of the walk around
# one per cent of an evaluation (see docs/evidence.md).
{
  lib,
  options,
  files,
  # Names of the top-level nodes to walk.
  roots,
  scope,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    isAttrs
    isString
    tryEval
    ;
  inherit (lib) isOption;

  tryOr = import ./try-or.nix;

  definedIn =
    option:
    tryOr [ ] (filter files.isUser (map (definition: files.plain definition.file) option.definitionsWithLocations));

  text =
    description:
    if isString description then
      description
    else if isAttrs description then
      description.text or ""
    else
      "";

  # Renamed options are aliases of others, and their values may abort: of them only the places are
  # read where they are set. Their description names what they stand for. Descriptions are read of
  # options that the user's files set, never of all: some need a package that may be gone.
  aliasOf =
    description:
    let
      found = builtins.match "Alias of \\{option}`([^`]+)`.*" description;
    in
    if found == null then null else builtins.head found;

  visit =
    path: node:
    let
      enable = node.enable or null;
      has = enable != null && isOption enable;
      hidden = (enable.visible or true) == false;
      value = tryEval (if enable.isDefined then enable.value else null);
      on = !hidden && value.success && value.value == true;
      places = if hidden || on then definedIn enable else [ ];
      description = tryOr "" (files.plain (text (enable.description or "")));
      target = aliasOf description;
      this =
        if !hidden && !value.success then
          [ { failed = lib.concatStringsSep "." path; } ]
        else if places != [ ] && target != null then
          [
            {
              alias = target;
              files = places;
            }
          ]
        else if on then
          [
            {
              option = lib.concatStringsSep "." path;
              inherit scope node;
              files = places;
              description = if places == [ ] || description == "" then null else description;
              declarations = map files.plain enable.declarations;
            }
          ]
        else
          [ ];
    in
    if has then this ++ lib.optionals on (walk path node) else walk path node;

  walk =
    path: node:
    concatMap (
      name:
      let
        found = tryEval (
          let
            child = node.${name};
          in
          if isAttrs child && !(isOption child) then child else null
        );
      in
      if found.success && found.value != null then visit (path ++ [ name ]) found.value else [ ]
    ) (attrNames node);

  found = concatMap (root: if options ? ${root} then walk [ root ] options.${root} else [ ]) roots;

  # What is set through an old name is set by the file that uses the old name.
  throughAlias = builtins.groupBy (entry: entry.alias) (filter (entry: entry ? alias) found);
  withPlaces =
    entry:
    entry
    // {
      places = concatMap (other: other.files) (throughAlias."${entry.option}.enable" or [ ]) ++ entry.files;
    };
  # The user's own files first, other flakes' after them.
  ordered = places: filter (file: !(files.isForeign file)) places ++ filter files.isForeign places;

  enabled = map (entry: removeAttrs entry [ "places" ] // { files = lib.unique (map files.show (ordered entry.places)); }) (
    filter (entry: entry.places != [ ] && entry.option != "programs.nixos-intelligence") (
      map withPlaces (filter (entry: entry ? option) found)
    )
  );
in
{
  inherit enabled;
  # file -> the enabled options that are declared in it: what that file defines, it does on behalf of one of them.
  enabledIn = lib.mapAttrs (_: map (entry: entry.option)) (
    builtins.groupBy (entry: entry.file) (
      concatMap (option: map (file: { inherit file option; }) option.declarations) enabled
    )
  );
  failed = map (entry: entry.failed) (filter (entry: entry ? failed) found);
}
