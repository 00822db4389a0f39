# The facts about a configuration that a proof compares before and after an edit. Values leave the
# evaluation only as hashes.
{
  # Attributes of `pkgs` whose names and store paths are asked.
  packages,
  # Options whose lists of packages are compared, besides those of `standardLists`.
  lists,
  # Options whose values are asked: hashes, of submodules, too.
  options,
  # Files of the flake, relative to its root, whose definitions are compared.
  edited,
  # Whether the flake uses our module, which would see every edit.
  hasOurs,
  # Whether to read option values. Without them an option that aborts cannot end the evaluation.
  readsValues,
}:
configuration:
let
  inherit (builtins)
    all
    any
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    foldl'
    hasAttr
    hashString
    isAttrs
    isInt
    isList
    isString
    listToAttrs
    mapAttrs
    stringLength
    substring
    toJSON
    tryEval
    typeOf
    unsafeDiscardStringContext
    ;

  off.programs.nixos-intelligence.enable = lib.mkForce false;
  hasOption = configuration.options ? programs.nixos-intelligence;
  offAtHome =
    { options, ... }:
    {
      config = if options ? programs.nixos-intelligence then off else { };
    };
  offModules =
    (if hasOption then [ off ] else [ ])
    ++ (
      if configuration.options ? home-manager.sharedModules then
        [ { home-manager.sharedModules = [ offAtHome ]; } ]
      else
        [ ]
    );
  c =
    if hasOurs && offModules != [ ] then
      configuration.extendModules { modules = offModules; }
    else
      configuration;
  inherit (configuration.pkgs) lib;

  isHome = c ? activationPackage;

  # The prefix of an option -> the evaluated modules.
  units = {
    "" = {
      inherit (c) config options;
    };
  }
  // listToAttrs (
    map
      (user: {
        name = "home-manager.users.${user}.";
        value = {
          config = c.config.home-manager.users.${user};
          options =
            c.options.home-manager.users.valueMeta.attrs.${user}.configuration.options or { };
        };
      })
      (
        if !isHome && c.options ? home-manager.users then
          attrNames c.config.home-manager.users
        else
          [ ]
      )
  );

  # The flake's source has another path after every edit.
  withoutSource =
    text:
    let
      plain = unsafeDiscardStringContext text;
    in
    concatStringsSep "<source>" (
      filter isString (builtins.split "/nix/store/[0-9a-z]{32}-source" plain)
    );

  # A package that is built again has another path and the same name: the derivation tells them
  # apart.
  withoutHashes =
    text:
    concatStringsSep "/nix/store/" (
      filter isString (builtins.split "/nix/store/[0-9a-z]{32}-" (unsafeDiscardStringContext text))
    );

  orElse =
    fallback: value:
    let
      result = tryEval value;
    in
    if result.success then result.value else fallback;

  deepest = 7;
  describe =
    depth: value:
    let
      type = orElse "throws" (typeOf value);
    in
    if depth == 0 || type == "throws" || type == "lambda" then
      type
    else if type == "set" then
      if value ? outPath then
        orElse "throws" (withoutHashes "${value.outPath}")
      else
        mapAttrs (_: describe (depth - 1)) value
    else if type == "list" then
      map (describe (depth - 1)) value
    else if type == "string" then
      withoutHashes value
    else if type == "path" then
      withoutHashes (toString value)
    else
      value;
  digest = value: substring 0 16 (hashString "sha256" (toJSON (describe deepest value)));

  nameOf =
    package:
    orElse "throws" (
      if isAttrs package then
        package.name or (baseNameOf (unsafeDiscardStringContext "${package}"))
      else
        let
          base = baseNameOf (unsafeDiscardStringContext "${package}");
        in
        if stringLength base > 33 then substring 33 (-1) base else base
    );
  pathOf =
    package:
    orElse "throws" (
      withoutSource (if isAttrs package then package.outPath else "${package}")
    );
  describePackage = package: {
    name = unsafeDiscardStringContext (nameOf package);
    path = pathOf package;
  };

  pathIn = option: lib.splitString "." option;
  listOf =
    { config, options }:
    prefix: option:
    let
      path = pathIn option;
      value = lib.attrByPath path null config;
    in
    if value == null || !(isList value) then
      [ ]
    else
      [
        {
          name = prefix + option;
          value = map describePackage value;
        }
      ];
  userLists =
    { config, ... }:
    prefix:
    concatMap (
      user:
      let
        found = config.users.users.${user}.packages;
      in
      if found == [ ] then
        [ ]
      else
        [
          {
            name = "${prefix}users.users.${user}.packages";
            value = map describePackage found;
          }
        ]
    ) (if prefix == "" && !isHome then attrNames config.users.users else [ ]);
  standardLists = [
    "environment.systemPackages"
    "fonts.packages"
    "home.packages"
  ];
  packageLists = listToAttrs (
    concatMap (
      prefix:
      concatMap (listOf units.${prefix} prefix) (
        filter (option: !(lib.hasPrefix "users.users." option)) (
          lib.unique (standardLists ++ lists)
        )
      )
      ++ userLists units.${prefix} prefix
    ) (attrNames units)
  );

  skipped = [
    "_module"
    "assertions"
    "home-manager"
    "lib"
    "meta"
    "nixpkgs"
    "programs.nixos-intelligence"
    "specialisation"
    "system.build"
    "virtualisation.vmVariant"
    "virtualisation.vmVariantWithBootLoader"
    "virtualisation.vmVariantWithDisko"
    "warnings"
  ];

  # Types whose values have no functions and no options of their own: submodules and packages are
  # compared by the derivation.
  isPlain =
    depth: type:
    let
      name = type.name or "";
      nested = type.nestedTypes or { };
    in
    depth > 0
    && (
      elem name [
        "bool"
        "boolByOr"
        "commas"
        "enum"
        "envVar"
        "float"
        "lines"
        "nonEmptyStr"
        "number"
        "path"
        "pathInStore"
        "port"
        "positiveInt"
        "singleLineStr"
        "str"
        "string"
      ]
      || any (prefix: lib.hasPrefix prefix name) [
        "int"
        "number"
        "passwdEntry"
        "positive"
        "separatedString"
        "signedInt"
        "strMatching"
        "unsignedInt"
      ]
      || (
        elem name [
          "attrsOf"
          "either"
          "lazyAttrsOf"
          "listOf"
          "nonEmptyListOf"
          "nullOr"
          "unique"
        ]
        && all (isPlain (depth - 1)) (map (key: nested.${key}) (attrNames nested))
      )
    );

  default = 1500;
  isDefined =
    option: orElse false (isInt (option.highestPrio or null) && option.highestPrio < default);
  isVisible = option: orElse false ((option.visible or true) != false);

  isTrue =
    option:
    isVisible option
    && (
      if isDefined option then
        orElse false (option.value == true)
      else
        orElse false ((option.default or false) == true)
    );

  files = map (file: lib.removeSuffix "/default.nix" file) edited;
  isEdited =
    definition:
    let
      file = lib.removeSuffix "/default.nix" (withoutSource (toString definition.file));
    in
    any (one: file == "<source>/${one}") files;

  # Values below an option `enable` that is off are not read: nothing else reads them, and they may
  # abort. `isOn`: whether there is no such option above.
  walk =
    prefix: isOn: path: node:
    let
      option = concatStringsSep "." path;
    in
    if elem option skipped || !(isAttrs node) then
      [ ]
    else if node._type or null == "option" then
      if !(isDefined node) || !(isVisible node) then
        [ ]
      else
        let
          own = filter isEdited (orElse [ ] node.definitionsWithLocations);
          plain = isOn && orElse false (isPlain 16 (node.type or { }));
        in
        if own == [ ] && !plain then
          [ ]
        else
          [
            {
              name = prefix + option;
              value = {
                value = if plain then digest (node.value) else null;
                edited =
                  if own == [ ] then null else digest (map (definition: definition.value) own);
                enabled = lib.last path == "enable" && isTrue node;
              };
            }
          ]
    else
      let
        isOff = node.enable._type or null == "option" && !(isTrue node.enable);
      in
      concatMap (
        name: walk prefix (isOn && (!isOff || name == "enable")) (path ++ [ name ]) node.${name}
      ) (attrNames node);

  asked = option: listToAttrs (
    concatMap (
      prefix:
      let
        path = pathIn option;
        unit = units.${prefix};
        missing = "missing";
        value = lib.attrByPath path missing unit.config;
      in
      if value == missing then
        [ ]
      else
        [
          {
            name = prefix + option;
            value = digest value;
          }
        ]
    ) (attrNames units)
  );

  packageAt =
    attribute:
    let
      found = lib.attrByPath (pathIn attribute) null configuration.pkgs;
    in
    if orElse false (found != null && isAttrs found) then describePackage found else null;
in
{
  drvPath = unsafeDiscardStringContext (
    if isHome then c.activationPackage.drvPath else c.config.system.build.toplevel.drvPath
  );
  inherit packageLists;
  packages = listToAttrs (
    map (attribute: {
      name = attribute;
      value = packageAt attribute;
    }) packages
  );
  asked = foldl' (all: option: all // asked option) { } options;
  values =
    if readsValues then
      listToAttrs (
        concatMap (prefix: walk prefix true [ ] units.${prefix}.options) (attrNames units)
      )
    else
      null;
  warnings = map withoutSource (c.config.warnings or [ ]);
}
