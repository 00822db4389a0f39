# The options of other flakes' modules (sops-nix, disko, nixvim) of which the user's files set
# something, for the index. Only the declarations near what is set are walked: all of `sops`, and
# `programs.nixvim` but not the rest of `programs`. Of a submodule in an attribute set its own
# options are read, too: `sops.secrets.<name>.owner`. No value and no default is forced.
{
  lib,
  files,
  scope,
  options,
  isHidden,
}:
# { path; declarations; } of the options that the user's files set
set:
let
  inherit (builtins)
    any
    attrNames
    concatMap
    elem
    filter
    head
    isAttrs
    ;
  inherit (import ../lib.nix { inherit lib; }) tryOr;
  utf8 = import ./utf8.nix;

  # Below these, the framework has its own options.
  shared = [
    "boot"
    "environment"
    "fonts"
    "hardware"
    "home"
    "i18n"
    "networking"
    "nix"
    "nixpkgs"
    "programs"
    "security"
    "services"
    "system"
    "systemd"
    "users"
    "virtualisation"
    "wayland"
    "xdg"
    "xsession"
  ];

  isForeign = declarations: any (file: files.isForeign (files.plain file)) declarations;
  prefixes = lib.unique (
    map (entry: lib.take (if elem (head entry.path) shared then 2 else 1) entry.path) (
      filter (entry: isForeign entry.declarations) set
    )
  );

  text = value: tryOr null (utf8 (value.text or value));
  spell = lib.concatMapStringsSep "." (
    name:
    if builtins.match "[A-Za-z_][A-Za-z0-9_'-]*|<[^<>]+>|\\*" name != null then
      name
    else
      builtins.toJSON name
  );

  describe =
    path: option:
    let
      optional =
        name: value:
        let
          found = text value;
        in
        lib.optionalAttrs (found != null) { ${name} = found; };
    in
    {
      name = spell path;
      inherit scope;
      type = lib.defaultTo "unspecified" (text (option.type.description or null));
      declaredIn = map (position: {
        file = files.show (files.plain position.file);
        inherit (position) line;
      }) (tryOr [ ] option.declarationPositions);
    }
    // optional "description" (option.description or null)
    // optional "default" (option.defaultText or null)
    // lib.optionalAttrs (option.readOnly or false) { readOnly = true; };

  optionsBelow =
    path: node:
    if !(isAttrs node) then
      [ ]
    else if node._type or null != "option" then
      concatMap (name: optionsBelow (path ++ [ name ]) (tryOr null node.${name})) (attrNames node)
    else if isHidden node || node.internal or false || !(isForeign node.declarations) then
      [ ]
    else
      [ (describe path node) ] ++ ofElements path node;

  # The options of the submodules in an attribute set.
  ofElements =
    path: option:
    let
      type = option.type or { };
      isSet = type.name or "" == "attrsOf" || type.name or "" == "lazyAttrsOf";
      here = path ++ [ "<name>" ];
      inside = tryOr { } (
        if isSet && type.nestedTypes.elemType.name or "" == "submodule" then
          type.getSubOptions here
        else
          { }
      );
    in
    concatMap (
      name:
      let
        option = tryOr null inside.${name};
      in
      if isAttrs option && option._type or null == "option" && !(isHidden option) then
        [ (describe (here ++ [ name ]) option) ]
      else
        [ ]
    ) (attrNames (removeAttrs inside [ "_module" ]));

  at = path: lib.attrByPath path null options;
in
concatMap (path: optionsBelow path (at path)) prefixes
