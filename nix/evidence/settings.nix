# The options that the user's files set, each with its places and, as far as its type allows it
# (./values.nix), its value. Options with submodules give a row for each option set in them:
# `users.users.ann.shell`.
{
  lib,
  files,
  scope,
  # From ./options.nix: whether an option is hidden, the priority that defines it, and the
  # definitions of the user's files.
  isHidden,
  priorityOf,
  userDefinitions,
}:
let
  inherit (builtins)
    addErrorContext
    attrNames
    concatMap
    concatStringsSep
    filter
    hasAttr
    isAttrs
    match
    stringLength
    tryEval
    ;
  inherit (lib) concatMapStringsSep isOption;

  inherit (import ../lib.nix { inherit lib; })
    arePlain
    isWhole
    setIn
    tryOr
    ;
  inherit (import ./values.nix { inherit lib; }) isRead valueOf;
  utf8 = import ./utf8.nix;

  # Submodules in submodules in …: deeper ones are rare, and their values are those of free form.
  deepest = 3;

  # As it is written in Nix: `fileSystems."/nas".options`.
  spell = concatMapStringsSep "." (
    name:
    if match "[A-Za-z_][A-Za-z0-9_'-]*" name != null then
      name
    else
      builtins.toJSON (utf8 name)
  );

  # Keys are names that a user chose, and enter the store: paths and plain names do. Addresses of
  # people and machines, and what looks like a token, are left out.
  isPublic =
    name:
    stringLength name <= 60
    && match "[A-Za-z0-9_.:/*<>+-]+" name != null
    && match "[0-9.:]+|[0-9a-fA-F:]*::[0-9a-fA-F:]*" name == null
    && match "([^/]+\\.)?[^/.]+\\.(${topLevelDomains})(:[0-9]+)?" name == null
    && match ".*[A-Za-z0-9]{24}.*" name == null;
  topLevelDomains = concatStringsSep "|" [
    "app"
    "arpa"
    "cloud"
    "com"
    "corp"
    "de"
    "dev"
    "eu"
    "fr"
    "home"
    "internal"
    "io"
    "lan"
    "local"
    "localdomain"
    "me"
    "net"
    "org"
    "uk"
    "xyz"
  ];

  ordered = places: filter (file: !(files.isForeign file)) places ++ filter files.isForeign places;

  row =
    path: priority: definitions: value:
    {
      option = spell path;
      inherit scope priority;
      places = map (file: { inherit file; }) (
        lib.unique (map files.show (ordered (map (definition: definition.file) definitions)))
      );
    }
    // lib.optionalAttrs (value != null) { inherit value; };

  # The type below `nullOr` and the like.
  core =
    type:
    let
      name = type.name or "";
    in
    if name == "nullOr" || name == "unique" then
      core type.nestedTypes.elemType
    else if name == "coercedTo" then
      core type.nestedTypes.finalType
    else
      type;

  # Keys of `nixpkgs.config` that allow packages that nixpkgs refuses.
  allowances = [
    "allowBroken"
    "allowBrokenPredicate"
    "allowInsecurePredicate"
    "allowUnfree"
    "allowUnfreePackages"
    "allowUnfreePredicate"
    "allowlistedLicenses"
    "permittedInsecurePackages"
    "whitelistedLicenses"
  ];

  # -> the rows of one option that files of the user's define.
  rowsOf =
    depth:
    {
      path,
      option,
      priority,
      definitions,
    }:
    let
      type = core (option.type or { });
      kind = type.name or "";
      hidden = isHidden option;
      # An `abort` cannot be caught; the message then names the option.
      value = addErrorContext "while nixos-intelligence reads the option `${spell path}'" (
        tryOr null (if hidden then null else valueOf option.type option.value)
      );
      meta = tryOr null (if hidden then null else option.valueMeta or null);
      keys = filter isPublic (
        lib.unique (
          concatMap (
            definition:
            let
              read = tryEval (if isAttrs definition.value then attrNames definition.value else [ ]);
            in
            if read.success then read.value else [ ]
          ) definitions
        )
      );
      ofKey =
        key:
        filter (
          definition:
          (tryEval (isAttrs definition.value && hasAttr key definition.value)).value == true
        ) definitions;
      # Absent where each of its definitions has a condition that is false: an error that cannot be
      # caught.
      valueAt = key: option.value.${key} or (throw "not set");
      # Of other types, what the definitions evaluate to is not read.
      isPresent =
        type: key:
        !(isRead type || type.name or "" == "submodule") || tryOr true (hasAttr key option.value);
      elementOf = set: core (set.nestedTypes.elemType or { });
      isSet = name: name == "attrsOf" || name == "lazyAttrsOf";
      elementType = elementOf type;
      freeform = core (type.nestedTypes.freeformType or { });
      freeElement = if isSet (freeform.name or "") then elementOf freeform else { };
    in
    [ (row path priority definitions value) ]
    ++ lib.optionals (!hidden && depth < deepest && !(isWhole path)) (
      if kind == "submodule" then
        let
          options = tryOr { } (meta.configuration.options or { });
        in
        tryOr [ ] (inSubmodule depth path priority definitions options)
        # Of free form: `nix.settings.keep-outputs`.
        ++ map (
          key:
          row (path ++ [ key ]) priority (ofKey key) (
            tryOr null (if hidden then null else valueOf freeElement (valueAt key))
          )
        ) (
          filter (
            key: !(hasAttr key options) && (hidden || isPresent freeElement key)
          ) keys
        )
      # `nixpkgs.config.allowUnfree`.
      else if kind == "nixpkgs-config" then
        map (key: row (path ++ [ key ]) priority (ofKey key) null) (
          filter (key: ofKey key != [ ]) allowances
        )
      else if isSet kind then
        concatMap (
          key:
          [
            (row (path ++ [ key ]) priority (ofKey key) (
              tryOr null (valueOf elementType (valueAt key))
            ))
          ]
          ++ lib.optionals (elementType.name or "" == "submodule") (
            tryOr [ ] (
              inSubmodule (depth + 1) (path ++ [ key ]) priority
                (map (definition: definition // { value = definition.value.${key}; }) (ofKey key))
                (meta.attrs.${key}.configuration.options or { })
            )
          )
        ) (filter (isPresent elementType) keys)
      else
        [ ]
    );

  # The rows of the options that are set in a submodule.
  inSubmodule =
    depth: path: priority: definitions: options:
    let
      values = map (definition: definition.value) definitions;
      plain = arePlain values;
    in
    concatMap (
      name:
      let
        option = options.${name};
      in
      # A value that is not shown is not looked at either: it may contain our output.
      if plain && isOption option && isOpaque (core (option.type or { })) then
        [
          (row (path ++ [ name ]) priority (filter (definition: hasAttr name definition.value)
            definitions
          ) null)
        ]
      else
        leaf depth path { inherit name option; }
    ) (attrNames (setIn values options));

  # Whether rows neither show a value of this type nor go into it.
  isOpaque =
    type:
    !(isRead type)
    && !(lib.elem (type.name or "") [
      "attrsOf"
      "lazyAttrsOf"
      "nixpkgs-config"
      "submodule"
    ]);

  leaf =
    depth: path:
    { name, option }:
    if name == "_module" || name == "_freeformOptions" || !(isAttrs option) then
      [ ]
    else if isOption option then
      let
        priority = addErrorContext "while nixos-intelligence reads the option `${
          spell (path ++ [ name ])
        }'" (priorityOf option);
        definitions = if builtins.isInt priority then userDefinitions option else [ ];
      in
      lib.optionals (definitions != [ ]) (
        rowsOf (depth + 1) {
          path = path ++ [ name ];
          inherit option priority definitions;
        }
      )
    else
      concatMap (leaf depth (path ++ [ name ])) (
        map (name: { inherit name; option = option.${name}; }) (attrNames option)
      );
in
rowsOf 0
