# What a home-manager configuration itself puts at a place where we want to link, found without
# evaluating `home.file` as a whole: our own part of it depends on the answer.
{
  lib,
  # options.home.file.definitionsWithLocations
  definitions,
  homeDirectory,
  # Our own files, and the folder of home-manager's modules, as strings.
  own,
  framework,
}:
let
  inherit (builtins)
    any
    concatMap
    filter
    isAttrs
    isPath
    pathExists
    ;
  inherit (lib) hasPrefix removePrefix;

  others = filter (definition: !(builtins.elem (toString definition.file) own)) definitions;
  relative = removePrefix "${homeDirectory}/";

  # The parts of a definition that hold: without mkIf, mkMerge, mkForce and the like around them.
  parts =
    value:
    if !(isAttrs value) then
      [ value ]
    else if value._type or null == "if" then
      lib.optionals value.condition (parts value.content)
    else if value._type or null == "merge" then
      concatMap parts value.contents
    else if value._type or null == "override" || value._type or null == "order" then
      parts value.content
    else
      [ value ];
  isFile = part: !(isAttrs part) || part ? source || part.text or null != null;
  isOn = part: !(isAttrs part && part.enable or true == false);

  # home-manager's own modules name their files by the path; a user's may say `target`. The values of
  # the former are not looked at for it: some of them are ours, handed on.
  targets =
    { file, value, ... }:
    map (
      key:
      let
        named = filter (part: isAttrs part && builtins.isString (part.target or null)) (parts value.${key});
      in
      {
        inherit file key;
        content = value.${key};
        target = relative (
          if hasPrefix "${framework}/" (toString file) || named == [ ] then key else (builtins.head named).target
        );
      }
    ) (builtins.attrNames value);

  all = concatMap targets others;

  above = target: filter (entry: hasPrefix "${entry.target}/" target) all;
  below = target: filter (entry: hasPrefix "${target}/" entry.target) all;
  at = target: filter (entry: entry.target == target) all;
  files = entry: filter isFile (parts entry.content);
  recursive = part: isAttrs part && part.recursive or false == true;

  # A folder of the user's, linked file by file: what is in it is known when it lies in the configuration.
  has =
    entry: target: part:
    isPath part.source && pathExists (part.source + removePrefix entry.target target);
in
{
  # The keys under which others define exactly this target, whatever they say there: the values stay
  # unread, for one of them may be what we hand to another module.
  keys = target: map (entry: entry.key) (at target);

  # null: free. Otherwise who has it: { file; key; whole; live }. `whole`: a folder above is one link,
  # so that nothing can be put into it. `live`: the file is really put there.
  # A folder above that is linked file by file and cannot be looked into leaves a place free here: what is
  # in it wins over ours when home-manager builds its files, and ./link.sh sees that it is not ours.
  taken =
    target:
    let
      owner =
        whole: entry: parts:
        {
          inherit (entry) file key;
          inherit whole;
          live = any isOn parts;
        };
      exact = concatMap (
        entry: lib.optional (files entry != [ ]) (owner false entry (files entry))
      ) (at target ++ below target);
      folders = concatMap (
        entry:
        let
          on = filter isOn (files entry);
          whole = filter (part: !(recursive part)) on;
          inside = filter (part: recursive part && has entry target part) on;
        in
        lib.optional (whole != [ ]) (owner true entry whole) ++ lib.optional (inside != [ ]) (owner false entry inside)
      ) (above target);
      found = folders ++ exact;
    in
    if found == [ ] then null else builtins.head found;
}
