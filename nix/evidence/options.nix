# The options that the user's files set and enable, found by walking the tree of option
# declarations.
#
# Never walks `config`: removed and renamed options abort there, which nothing catches. Of every
# option `highestPrio` is read first: it forces the definitions as far as `mkIf` and the like, but
# no merged value and no default. A value is forced only
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
  # Whether to look below disabled services and programs, too.
  all ? false,
}:
let
  inherit (builtins)
    addErrorContext
    any
    attrNames
    concatMap
    concatStringsSep
    filter
    hasAttr
    isAttrs
    isInt
    tryEval
    ;

  inherit (import ../lib.nix { inherit lib; })
    isWhole
    mainOption
    setIn
    tryOr
    ;
  utf8 = import ./utf8.nix;

  # Options of the framework that are on by default, or whose `enable` was removed: users set the
  # options below without enabling them.
  onByDefault = lib.genAttrs [
    "boot.initrd.luks"
    "boot.kernel"
    "console"
    "documentation"
    "documentation.man"
    "documentation.nixos"
    "fonts.fontconfig"
    "gtk.gtk2"
    "gtk.gtk3"
    "gtk.gtk4"
    "hardware.logitech"
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
    "services.openvpn"
    "services.redis"
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

  isHidden = option: tryOr true ((option.visible or true) == false);

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
      read = tryEval (if text == "" then null else utf8 text);
    in
    if read.success then read.value else null;

  # Renamed options are hidden aliases; their description names the new option. It is read only if a
  # file of the user sets the option.
  aliasOf =
    option:
    let
      description = describe option;
      found = builtins.match "Alias of \\{option}`([^`]+)`.*" (toString description);
    in
    if found == null then null else builtins.head found;

  # A node whose `enable` is defined.
  switch =
    path: node: enable: priority:
    let
      name = concatStringsSep "." path;
      hidden = isHidden enable;
      value = tryEval (
        if hidden then
          null
        else
          addErrorContext "while nixos-intelligence reads the option `${name}.enable'" enable.value
      );
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
          if any files.isUser (map files.plain enable.declarations) then
            null
          else
            describe enable;
      }
      ++ (
        if on || all then
          walk { inherit path node; } on
        else if definitions != [ ] && !hidden then
          [ (settingOf (path ++ [ "enable" ]) enable priority definitions) ]
        else
          [ ]
      );

  # The options below a node. One function for all kinds of children, without helpers: it is called
  # for some thousand nodes.
  walk =
    { path, node }:
    enabledAbove:
    concatMap (
      name:
      let
        here = path ++ [ name ];
        found = tryEval (
          let
            child = node.${name};
          in
          if isAttrs child then child else null
        );
        child = found.value;
        enable = child.enable or null;
        below = walk {
          path = here;
          node = child;
        } false;
        # An `abort` cannot be caught; the message then names the option.
        set = tryEval (
          addErrorContext
            "while nixos-intelligence reads the option `${concatStringsSep "." here}'"
            (child.highestPrio or undefined)
        );
        read = tryEval (
          addErrorContext
            "while nixos-intelligence reads the option `${concatStringsSep "." here}.enable'"
            (enable.highestPrio or undefined)
        );
      in
      if
        !found.success || child == null || (name == "nixos-intelligence" && path == [ "programs" ])
      then
        [ ]
      else if child._type or null == "option" then
        # An internal option is not the user's, and what the framework sets it to may be an error
        # that cannot be caught where nothing reads it (`system.requiredKernelConfig` in a
        # container).
        if child.internal or false == true || !set.success || set.value >= default then
          [ ]
        else
          leaf here child set.value
      else if enable._type or null != "option" then
        below
      else if !read.success then
        [ { failed = concatStringsSep "." here; } ]
      else if read.value < default then
        switch here child enable read.value
      else if enabledAbove || all || hasAttr (concatStringsSep "." here) onByDefault then
        below
      else
        [ ]
    ) (attrNames node);

  # An option that something defines.
  leaf =
    path: option: priority:
    let
      definitions = userDefinitions option;
    in
    if definitions == [ ] then
      [ ]
    else
      [ (settingOf path option priority definitions) ] ++ enabledBelow path option definitions;

  # What is enabled inside an option that is a submodule: `programs.steam.gamescopeSession`.
  enabledBelow =
    path: option: definitions:
    if isWhole path || isHidden option || option.type.name or "" != "submodule" then
      [ ]
    else
      filter (entry: entry ? node) (
        tryOr [ ] (
          walk {
            path = lib.init path;
            node.${lib.last path} = setIn (map (definition: definition.value) definitions) (
              option.valueMeta.configuration.options or { }
            );
          } false
        )
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

  found = walk {
    path = [ ];
    node = removeAttrs options skipped;
  } false;

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
      isHidden
      priorityOf
      userDefinitions
      ;
  }) (map (entry: entry.set) (filter (entry: entry ? set) found));

  # Of those that the user's files set.
  foreignOptions = import ./foreign-options.nix {
    inherit
      lib
      files
      scope
      options
      isHidden
      ;
  } (
    concatMap (
      entry:
      if entry ? set then
        [
          {
            inherit (entry.set) path;
            inherit (entry.set.option) declarations;
          }
        ]
      else
        [ ]
    ) found
    ++ map (entry: {
      path = lib.splitString "." entry.option;
      inherit (entry) declarations;
    }) placed
  );
in
{
  inherit enabled settings foreignOptions;
  # Whether an option has a definition, or a default of the framework's: a default in the user's own
  # modules is not read, because it may abort.
  isReadable =
    option:
    option._type or null == "option"
    && !(isHidden option)
    && (
      isInt (priorityOf option)
      || !(any (file: files.isUser (files.plain file)) option.declarations)
    );
  # file -> the enabled options that are declared in it: what that file defines, it does on behalf
  # of one of them.
  enabledIn = lib.mapAttrs (_: map (entry: entry.option)) (
    builtins.groupBy (entry: entry.file) (
      concatMap (option: map (file: { inherit file option; }) option.declarations) enabled
    )
  );
  failed = map (entry: entry.failed) (filter (entry: entry ? failed) found);
}
