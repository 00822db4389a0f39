# The options that the user's files enable, found by walking the tree of option declarations.
#
# The walk never reads `config`: removed and renamed options abort there, and nothing catches that.
# It descends only if a node has no `enable` or is enabled, which keeps its cost near 1 % of an
# evaluation (see docs/evidence.md).
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

  inherit (import ../lib.nix { inherit lib; }) tryOr;

  definedIn =
    option:
    tryOr [ ] (
      filter files.isUser (
        map (definition: files.plain definition.file) option.definitionsWithLocations
      )
    );

  text =
    description:
    if isString description then
      description
    else if isAttrs description then
      description.text or ""
    else
      "";

  # The value of a renamed option may abort, so only the files that set it are read; its description
  # names the new option. Descriptions are read only of options that the user's files set: some need
  # a package that may not exist any more.
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

  # A file that uses an option's old name sets the option.
  throughAlias = builtins.groupBy (entry: entry.alias) (filter (entry: entry ? alias) found);
  withPlaces =
    entry:
    entry
    // {
      places =
        concatMap (other: other.files) (throughAlias."${entry.option}.enable" or [ ])
        ++ entry.files;
    };
  # The user's own files first, other flakes' after them.
  ordered = places: filter (file: !(files.isForeign file)) places ++ filter files.isForeign places;

  enabled =
    map
      (
        entry:
        removeAttrs entry [ "places" ]
        // {
          files = lib.unique (map files.show (ordered entry.places));
        }
      )
      (
        filter (entry: entry.places != [ ] && entry.option != "programs.nixos-intelligence") (
          map withPlaces (filter (entry: entry ? option) found)
        )
      );
in
{
  inherit enabled;
  # File -> the enabled options that it declares. Its definitions are credited to one of them.
  enabledIn = lib.mapAttrs (_: map (entry: entry.option)) (
    builtins.groupBy (entry: entry.file) (
      concatMap (option: map (file: { inherit file option; }) option.declarations) enabled
    )
  );
  failed = map (entry: entry.failed) (filter (entry: entry ? failed) found);
}
