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

  isOption = node: (node._type or null) == "option";

  # `visible` false marks aliases of renamed or removed options: only where they are set is read.
  state =
    option:
    if (option.visible or true) == false then
      {
        value = null;
        definedIn = [ ];
        hidden = true;
      }
    else
      let
        value = tryEval (if option.isDefined then option.value else null);
        definedIn = tryEval (
          filter files.isUser (map (definition: files.plain definition.file) option.definitionsWithLocations)
        );
      in
      {
        value = if value.success then value.value else null;
        definedIn = if value.success && value.value == true && definedIn.success then definedIn.value else [ ];
        failed = !value.success;
        hidden = false;
      };

  text =
    description:
    if isString description then
      description
    else if isAttrs description then
      description.text or ""
    else
      "";

  visit =
    path: node:
    let
      enable = node.enable or null;
      has = enable != null && isOption enable;
      this = state enable;
      below = if has && this.value != true then [ ] else walk path node;
    in
    if !has then
      below
    else if this.failed or false then
      [ { failed = lib.concatStringsSep "." path; } ]
    else if this.definedIn != [ ] then
      [
        {
          option = lib.concatStringsSep "." path;
          inherit scope;
          files = lib.unique (map files.show this.definedIn);
          description =
            let
              read = tryEval (files.plain (text (enable.description or "")));
            in
            if read.success && read.value != "" then read.value else null;
          declarations = map files.plain enable.declarations;
          inherit node;
        }
      ]
      ++ below
    else
      below;

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
in
{
  enabled = filter (entry: entry ? option && entry.option != "programs.nixos-intelligence") found;
  failed = map (entry: entry.failed) (filter (entry: entry ? failed) found);
}
