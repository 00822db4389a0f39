# Packages with all their declarations, from the definitions of package lists.
{
  lib,
  files,
  # File -> the enabled options that it declares, from ./options.nix. A package that a
  # module of the framework adds is credited to the option that the user enabled in that module.
  enabledIn,
  # Whether a file belongs to the configuration or one of its inputs except nixpkgs.
  isOutside,
}:
let
  inherit (builtins)
    addErrorContext
    attrNames
    attrValues
    concatMap
    deepSeq
    elemAt
    filter
    groupBy
    head
    isAttrs
    isList
    isPath
    isString
    length
    mapAttrs
    match
    parseDrvName
    tryEval
    unsafeDiscardStringContext
    unsafeGetAttrPos
    ;

  inherit (lib) unique;

  # The enabled option to which a file that is not the user's own is credited: an option that the
  # file declares, else one declared in the folder of the same name (`claude-code/options.nix` for
  # its `default.nix`), else, in a module of another flake, an option of that flake
  # (`wsl.enable` for all modules of nixos-wsl).
  inherit (import ../lib.nix { inherit lib; }) mainOption;
  shortest = options: head (lib.sortOn (entry: builtins.stringLength entry.option) options);
  creditOf =
    file:
    if enabledIn ? ${file} then
      shortest enabledIn.${file}
    else
      let
        ofFlake = lib.optionals (files.isForeign file) (
          concatMap (other: enabledIn.${other}) (
            filter (other: files.storeTop other == files.storeTop file) (attrNames enabledIn)
          )
        );
        mainOfFlake = mainOption ofFlake;
        folder = dirOf file;
        beside = filter (entry: lib.last (lib.splitString "." entry.option) == baseNameOf folder) (
          concatMap (other: enabledIn.${other}) (
            filter (other: dirOf other == folder) (attrNames enabledIn)
          )
        );
      in
      if beside != [ ] then
        shortest beside
      else
        mainOfFlake;

  # Elements may be wrapped in properties: mkIf, mkMerge, mkOrder, mkForce.
  elements =
    value:
    # An element that throws stays in the list, so that it is counted.
    if !(tryEval value).success then
      [ value ]
    else if isAttrs value && value ? _type then
      if value._type == "if" then
        (if value.condition then elements value.content else [ ])
      else if value._type == "merge" then
        concatMap elements value.contents
      else if value._type == "override" || value._type == "order" then
        elements value.content
      else
        [ value ]
    else if isList value then
      concatMap elements value
    else
      [ value ];

  # Whether the value can be converted to a string. The error for other values cannot be caught.
  hasPath =
    value:
    isString value
    || isPath value
    || (isAttrs value && (isString (value.outPath or null) || value ? __toString));

  outputs =
    package:
    if !(isAttrs package) then
      # The build cannot depend on a path without string context.
      lib.optional (isString package && builtins.hasContext package) package
    else if (package.outputSpecified or false) || !(package ? meta.outputsToInstall) then
      [ "${package}" ]
    else
      map (output: "${package.${output} or package}") (
        filter (output: isString output && hasPath (package.${output} or package)) (
          lib.toList package.meta.outputsToInstall
        )
      );

  utf8 = import ./utf8.nix;

  # A license is a text or has one of these names. Lists may be nested once; deeper ones may contain
  # themselves.
  licenses =
    depth: value:
    if isList value then
      (if depth == 0 then [ ] else concatMap (licenses (depth - 1)) value)
    else
      let
        name = utf8 (
          if isAttrs value then value.spdxId or value.shortName or value.fullName or null else value
        );
      in
      if name == null then [ ] else [ name ];

  # A string in a package list is a store path; only its name is known.
  nameOfPath =
    path:
    let
      found = match "[0-9a-z]{32}-(.*)" (baseNameOf path);
    in
    parseDrvName (if found == null then baseNameOf path else head found);

  # Name, version and description of a package. `key`: its store path. An `abort` or an infinite
  # recursion cannot be caught; the message then names the package.
  describe =
    key: package:
    let
      set = if isAttrs package then package else { };
      inContext = addErrorContext "while nixos-intelligence reads the package ${ofPath.name}";
      name = tryEval (inContext (utf8 (set.name or null)));
      pname = tryEval (inContext (utf8 (set.pname or null)));
      version = tryEval (inContext (utf8 (set.version or null)));
      # A value with a path and without a name, such as a flake's input, is named after its path.
      ofPath = nameOfPath key;
      parsed =
        if name.success && name.value != null && name.value != "" then
          parseDrvName name.value
        else
          ofPath;
      meta = tryEval (
        let
          meta = set.meta or { };
          homepage = meta.homepage or null;
          read = {
            description = utf8 (meta.description or null);
            mainProgram = utf8 (meta.mainProgram or null);
            homepage = utf8 (if isList homepage then head (homepage ++ [ null ]) else homepage);
            licenses = licenses 2 (meta.license or [ ]);
          };
        in
        inContext (deepSeq read read)
      );
    in
    {
      name =
        if pname.success && pname.value != null && pname.value != "" then
          pname.value
        else if parsed.name != "" then
          parsed.name
        else
          ofPath.name;
      version =
        if version.success && version.value != null then
          version.value
        else if parsed.version != "" then
          parsed.version
        else
          null;
    }
    // (
      if meta.success then
        meta.value
      else
        {
          description = null;
          mainProgram = null;
          homepage = null;
          licenses = [ ];
        }
    );

  # One entry for each element of each definition.
  fromOption =
    { list, scope, definitions }:
    concatMap (
      definition:
      let
        file = files.plain definition.file;
        credit = creditOf file;
        declaration =
          # What a module of another flake adds, the user did not ask for by name.
          if files.isUser file && !(files.isForeign file) then
            {
              inherit list;
              file = files.show file;
              by = null;
            }
          else if credit != null then
            {
              inherit list;
              file = head credit.files;
              by = credit.by or credit.option;
            }
          else
            null;
      in
      # Filter by file before reading the value: our own module's list may depend on the result.
      if files.isOurs file || files.isGlue file then
        [ ]
      else
        map (
          package:
          let
            path = tryEval (
              if hasPath package then
                unsafeDiscardStringContext "${package}"
              else
                null
            );
          in
          {
            inherit package scope declaration;
            key = if path.success && path.value != null then path.value else null;
          }
        ) (elements definition.value)
    ) definitions;

  # Where the version of a package is written, or else its description, if that is outside of the
  # nixpkgs of this configuration: an override, a package of the user's own or of another flake.
  originOf =
    package:
    let
      ofVersion = unsafeGetAttrPos "version" package;
      described = match "(.+):([0-9]+)" (toString (package.meta.position or null));
      position =
        if ofVersion != null then
          ofVersion
        else if described != null then
          {
            file = head described;
            line = lib.toInt (elemAt described 1);
          }
        else
          null;
      file = if position == null then null else files.plain position.file;
    in
    if file != null && isOutside file then
      {
        file = files.showPosition file;
        inherit (position) line;
      }
    else
      null;

  # What nixpkgs refuses unless the configuration allows it, and why.
  marksOf =
    { meta, licenses }:
    map
      (kind: {
        inherit kind;
        why =
          if kind == "insecure" then
            filter (text: text != null) (map utf8 (lib.toList (meta.knownVulnerabilities or [ ])))
          else if kind == "unfree" then
            licenses
          else
            [ ];
      })
      (
        filter (kind: meta.${kind} or false == true) [
          "broken"
          "insecure"
          "unfree"
        ]
      );

  # Entries of the same package -> its record.
  merge =
    key: same:
    let
      inherit (head same) package;
      description = describe key package;
      declared = concatMap (
        entry: if entry.declaration == null then [ ] else [ entry.declaration ]
      ) same;
      # A module may also add session variables or completions, which are no packages.
      nameless =
        description.version == null
        && description.description == null
        && description.mainProgram == null;
      own = if nameless then filter (declaration: declaration.by == null) declared else declared;
      read = tryEval (
        let
          paths = outputs package;
        in
        deepSeq paths paths
      );
      provenance = tryEval (
        let
          origin = originOf package;
          marks = marksOf {
            meta = package.meta or { };
            inherit (description) licenses;
          };
          read =
            lib.optionalAttrs (origin != null) { inherit origin; }
            // lib.optionalAttrs (marks != [ ]) { inherit marks; };
        in
        deepSeq read read
      );
    in
    description
    // lib.optionalAttrs (own != [ ] && isAttrs package && provenance.success) provenance.value
    // {
      scopes =
        if length same == 1 then
          [ (head same).scope ]
        else
          unique (map (entry: entry.scope) same);
      base = own == [ ];
      # Sorted, so that the order of imports makes no difference.
      declarations =
        if length own <= 1 then
          own
        else
          lib.sortOn (declaration: [
            declaration.list
            declaration.file
            (toString declaration.by)
          ]) (unique own);
      outputs = if read.success then read.value else [ "${package}" ];
    };

  # Entries -> { grouped: store path -> entries; merged: store path -> record; skipped: number }
  group =
    entries:
    let
      readable = filter (entry: entry.key != null) entries;
      grouped = groupBy (entry: entry.key) readable;
    in
    {
      inherit grouped;
      merged = mapAttrs merge grouped;
      skipped = length entries - length readable;
    };

  # The groups of one user's packages, and of the system's, which all users share and which are
  # therefore merged only once -> { packages = [ record + id ]; skipped = [ … ]; }
  collect =
    { shared, own }:
    let
      records =
        shared.merged
        // mapAttrs (
          key: same:
          if shared.grouped ? ${key} then
            merge key (shared.grouped.${key} ++ same)
          else
            own.merged.${key}
        ) own.grouped;
      # By name and version instead of by store path, so that an update does not change the order.
      byName = groupBy (package: package.name) (attrValues records);
      identify =
        name:
        let
          alike = byName.${name};
          byVersion = groupBy (package: toString package.version) alike;
        in
        if length alike == 1 then
          [ (head alike // { id = name; }) ]
        else
          concatMap (
            version:
            lib.imap1 (
              rank: package:
              package
              // {
                id =
                  "${name}-${toString package.version}"
                  + (if rank > 1 then ".${toString rank}" else "");
              }
            ) byVersion.${version}
          ) (attrNames byVersion);
    in
    {
      packages = concatMap identify (attrNames byName);
      skipped = lib.genList (_: {
        what = "a package";
        why = "evaluation refused it (removed, unfree, insecure or broken)";
      }) (shared.skipped + own.skipped);
    };
in
{
  inherit fromOption group collect;
}
