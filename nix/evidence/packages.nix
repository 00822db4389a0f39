# Packages with all their declarations, from the definitions of package lists.
{
  lib,
  files,
  # File -> the enabled options that it declares, from ./enabled-options.nix. A package that a
  # module of the framework adds is credited to the option that the user enabled in that module.
  enabledIn,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    groupBy
    head
    isAttrs
    isList
    isPath
    isString
    length
    match
    parseDrvName
    tryEval
    unsafeDiscardStringContext
    ;

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

  text = value: if isString value then unsafeDiscardStringContext value else null;

  license =
    value:
    if isString value then
      [ value ]
    else if isList value then
      concatMap license value
    else if isAttrs value then
      let
        name = value.spdxId or value.shortName or value.fullName or null;
      in
      if isString name then [ name ] else [ ]
    else
      [ ];

  # A string in a package list is a store path; only its name is known.
  nameOfPath =
    path:
    let
      found = match "[0-9a-z]{32}-(.*)" (baseNameOf path);
    in
    parseDrvName (if found == null then baseNameOf path else head found);

  describe =
    package:
    let
      # A value with a path and without a name, such as a flake's input, is named after its path.
      parsed =
        let
          name = attribute "name";
        in
        if name != null then parseDrvName name else nameOfPath (files.plain package);
      attribute =
        name:
        let
          read = tryEval (if isAttrs package then package.${name} or null else null);
        in
        if read.success then text read.value else null;
      meta = tryEval (
        let
          meta = if isAttrs package then package.meta or { } else { };
          read = {
            description = text (meta.description or null);
            mainProgram = text (meta.mainProgram or null);
            homepage = text (
              let
                homepage = meta.homepage or null;
              in
              if isList homepage then head (homepage ++ [ null ]) else homepage
            );
            licenses = license (meta.license or [ ]);
          };
        in
        builtins.deepSeq read read
      );
      first = lib.findFirst (value: value != null && value != "");
    in
    {
      name = first parsed.name [ (attribute "pname") ];
      version = first null [
        (attribute "version")
        parsed.version
      ];
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

  # -> { packages = [ record + outputs ]; skipped = [ … ]; }
  collect =
    entries:
    let
      readable = filter (entry: entry.key != null) entries;
      grouped = groupBy (entry: entry.key) readable;
      merged = map (
        key:
        let
          same = grouped.${key};
          declared = filter (declaration: declaration != null) (
            map (entry: entry.declaration) same
          );
          inherit (head same) package;
          description = describe package;
          # A module may also add session variables or completions, which are no packages.
          nameless =
            description.version == null
            && description.description == null
            && description.mainProgram == null;
          own =
            if nameless then filter (declaration: declaration.by == null) declared else declared;
        in
        description
        // {
          scopes = lib.unique (map (entry: entry.scope) same);
          base = own == [ ];
          # Sorted, so that the order of imports makes no difference.
          declarations = lib.sortOn (declaration: [
            declaration.list
            declaration.file
            (toString declaration.by)
          ]) (lib.unique own);
          outputs =
            let
              read = tryEval (
                let
                  paths = outputs package;
                in
                builtins.deepSeq paths paths
              );
            in
            if read.success then read.value else [ "${package}" ];
        }
      ) (attrNames grouped);
      # Sorted by name instead of by store path, so that an update does not change the order.
      ordered = lib.sort (
        a: b: if a.name != b.name then a.name < b.name else toString a.version < toString b.version
      ) merged;
      byName = groupBy (package: package.name) ordered;
      identify =
        package:
        let
          alike = byName.${package.name};
          sameVersion = filter (other: other.version == package.version) alike;
          rank = lib.lists.findFirstIndex (other: other.outputs == package.outputs) 0 sameVersion;
        in
        if length alike == 1 then
          package.name
        else
          "${package.name}-${toString package.version}"
          + lib.optionalString (rank > 0) ".${toString (rank + 1)}";
    in
    {
      packages = map (package: package // { id = identify package; }) ordered;
      skipped = lib.genList (_: {
        what = "a package";
        why = "evaluation refused it (removed, unfree, insecure or broken)";
      }) (length entries - length readable);
    };
in
{
  inherit fromOption collect;
}
