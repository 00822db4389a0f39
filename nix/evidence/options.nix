# The options that the user's files set and enable, found by walking the tree of option
# declarations.
#
# Never walks `config`: removed and renamed options abort there, which nothing catches. Of every
# option `highestPrio` is read first: it forces no value and no default. A value is forced only
# where one of the user's files defines it and the option is visible.
#
# The walk goes below a node only where that node has no `enable` or is enabled, which keeps its
# cost at one to two per cent of an evaluation (see docs/evidence.md).
{
  lib,
  options,
  files,
  scope,
  # Names of the framework's own top-level options that are not walked.
  skipped,
  # Walks below what is not enabled, too.
  all ? false,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    elem
    filter
    hasAttr
    isAttrs
    isBool
    isFloat
    isInt
    isList
    isString
    tryEval
    ;
  inherit (lib) concatStringsSep isOption;

  inherit (import ../lib.nix { inherit lib; }) mainOption tryOr;

  # Options of the framework that are on by default: users set what is below them without enabling
  # them.
  onByDefault = lib.genAttrs [
    "boot.kernel"
    "console"
    "documentation"
    "documentation.man"
    "documentation.nixos"
    "fonts.fontconfig"
    "gtk.gtk2"
    "gtk.gtk3"
    "gtk.gtk4"
    "networking.firewall"
    "nix"
    "nix.channel"
    "powerManagement"
    "programs.command-not-found"
    "programs.man"
    "programs.nano"
    "security.sudo"
    "services.lvm"
    "services.nscd"
    "services.udev"
    "systemd.coredump"
    "systemd.oomd"
    "xdg.autostart"
    "xdg.icons"
    "xdg.menus"
    "xdg.mime"
    "xdg.sounds"
  ] (_: true);

  undefined = 9999;
  default = 1500;
  throws = "throws";

  isHidden = option: (option.visible or true) == false;

  # The priority where something defines the option; null where nothing but its default does;
  # `throws` where a definition throws as soon as it is looked at.
  priorityOf =
    option:
    let
      read = tryEval (option.highestPrio or undefined);
    in
    if !read.success then
      throws
    else if read.value < default then
      read.value
    else
      null;

  userDefinitions =
    option:
    tryOr [ ] (
      filter (definition: files.isUser definition.file) (
        map (
          definition: definition // { file = files.plain definition.file; }
        ) option.definitionsWithLocations
      )
    );

  describe =
    option:
    let
      text = option.description.text or option.description or null;
      read = tryEval (if isString text && text != "" then files.plain text else null);
    in
    if read.success then read.value else null;

  # Renamed options are aliases of others and are hidden; their description names what they stand
  # for. It is read only where a file of the user's sets the option.
  aliasOf =
    option:
    let
      description = describe option;
      found = builtins.match "Alias of \\{option}`([^`]+)`.*" (toString description);
    in
    if found == null then null else builtins.head found;

  # A node with options below it.
  visit =
    path: enabledAbove: node:
    let
      enable = node.enable or null;
      priority = priorityOf enable;
    in
    if enable == null || !(isOption enable) then
      walk path false node
    else if priority == throws then
      [ { failed = concatStringsSep "." path; } ]
    else if priority != null then
      switch path node enable priority
    else if enabledAbove || all || hasAttr (concatStringsSep "." path) onByDefault then
      walk path false node
    else
      [ ];

  # A node whose `enable` is defined.
  switch =
    path: node: enable: priority:
    let
      name = concatStringsSep "." path;
      hidden = isHidden enable;
      value = tryEval (if hidden then null else enable.value);
      on = value.success && value.value == true;
      definitions = userDefinitions enable;
      target = if hidden && definitions != [ ] then aliasOf enable else null;
      places = map (definition: definition.file) definitions;
    in
    if !value.success then
      [ { failed = name; } ]
    else if target != null then
      [
        {
          alias = target;
          files = places;
        }
      ]
    else
      lib.optional on {
        option = name;
        inherit scope node;
        files = places;
        declarations = map files.plain enable.declarations;
        # That of an option of the user's own may abort, which nothing catches.
        description =
          if lib.any files.isUser (map files.plain enable.declarations) then
            null
          else
            describe enable;
      }
      ++ (
        if on || all then
          walk path on node
        else if definitions != [ ] && !hidden then
          [ (settingOf (path ++ [ "enable" ]) enable priority definitions) ]
        else
          [ ]
      );

  walk =
    path: enabledAbove: node:
    concatMap (
      name:
      let
        found = tryEval (
          let
            child = node.${name};
          in
          if isAttrs child then child else null
        );
        child = found.value;
      in
      if
        !found.success || child == null || (name == "nixos-intelligence" && path == [ "programs" ])
      then
        [ ]
      else if isOption child then
        leaf (path ++ [ name ]) child
      else
        visit (path ++ [ name ]) enabledAbove child
    ) (attrNames node);

  leaf =
    path: option:
    let
      priority = priorityOf option;
      definitions = if builtins.isInt priority then userDefinitions option else [ ];
    in
    if definitions == [ ] then
      [ ]
    else
      [ (settingOf path option priority definitions) ] ++ enabledBelow path option;

  # What is enabled inside an option that is a submodule: `programs.steam.gamescopeSession`.
  enabledBelow =
    path: option:
    if isHidden option || option.type.name or "" != "submodule" then
      [ ]
    else
      filter (entry: entry ? node) (
        tryOr [ ] (visit path false (option.valueMeta.configuration.options or { }))
      );

  settingOf = path: option: priority: definitions: {
    set = {
      inherit
        path
        option
        priority
        definitions
        ;
    };
  };

  found = concatMap (
    root:
    if elem root skipped then
      [ ]
    else if isOption options.${root} then
      leaf [ root ] options.${root}
    else
      visit [ root ] false options.${root}
  ) (attrNames options);

  # What is set through an old name is set by the file that uses the old name.
  throughAlias = builtins.groupBy (entry: entry.alias) (filter (entry: entry ? alias) found);
  placesOf =
    entry:
    concatMap (other: other.files) (throughAlias."${entry.option}.enable" or [ ]) ++ entry.files;
  # The user's own files first, other flakes' after them.
  ordered = places: filter (file: !(files.isForeign file)) places ++ filter files.isForeign places;

  placed = filter (entry: entry.places != [ ]) (
    map (entry: entry // { places = placesOf entry; }) (
      filter (entry: entry ? option && entry ? node) found
    )
  );
  # Another flake's source -> the options declared there that the user's own files enable.
  enabledOfFlake = builtins.groupBy (entry: entry.flake) (
    concatMap (
      entry:
      map (file: entry // { flake = files.storeTop file; }) (
        filter files.isForeign (lib.unique entry.declarations)
      )
    ) (filter (entry: !(lib.all files.isForeign entry.places)) placed)
  );
  # What a module of another flake enables belongs to the option that the user enabled there.
  creditOf =
    entry:
    if lib.all files.isForeign entry.places then
      mainOption (enabledOfFlake.${files.storeTop (builtins.head entry.places)} or [ ])
    else
      null;
  enabled = map (
    entry:
    let
      credit = creditOf entry;
    in
    removeAttrs entry [ "places" ]
    // {
      files = lib.unique (
        map files.show (ordered (if credit == null then entry.places else credit.places))
      );
    }
    // lib.optionalAttrs (credit != null) { by = credit.option; }
  ) placed;

  settings = concatMap (import ./settings.nix {
    inherit
      lib
      files
      scope
      priorityOf
      userDefinitions
      ;
  }) (map (entry: entry.set) (filter (entry: entry ? set) found));
in
{
  inherit enabled settings;
  # file -> the enabled options that are declared in it: what that file defines, it does on behalf
  # of one of them.
  enabledIn = lib.mapAttrs (_: map (entry: entry.option)) (
    builtins.groupBy (entry: entry.file) (
      concatMap (option: map (file: { inherit file option; }) option.declarations) enabled
    )
  );
  failed = map (entry: entry.failed) (filter (entry: entry ? failed) found);
}
