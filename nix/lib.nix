# Functions that several files share.
{ lib }:
rec {
  # The coding agents, by id: see docs/linking.md for the columns.
  agents = lib.importJSON ../generators/agents/agents.json;

  # Names in the option `agents` must be ids of that table.
  agentAssertion =
    option: value:
    let
      unknown = lib.filter (id: !(agents ? ${id})) (lib.attrNames value);
    in
    {
      assertion = unknown == [ ];
      message = ''
        ${option}.agents: no agent is named ${lib.concatStringsSep ", " unknown}. The names are
        ${lib.concatStringsSep ", " (lib.attrNames agents)}.
      '';
    };

  # The value, or the fallback where its evaluation throws. (The walk over all options and the list
  # of packages call `tryEval` in place: one function call for each of them is one too many.)
  tryOr =
    fallback: value:
    let
      result = builtins.tryEval value;
    in
    if result.success then result.value else fallback;

  # Whether an option holds whole configurations, which are not looked into: a home of
  # home-manager's has its own evidence, the others repeat this configuration. `system.build` is
  # made of the whole configuration, our output included.
  isWhole =
    let
      paths = [
        "home-manager.users"
        "specialisation"
        "system.build"
        "virtualisation.vmVariant"
        "virtualisation.vmVariantWithBootLoader"
        "virtualisation.vmVariantWithDisko"
      ];
    in
    path: lib.elem (lib.concatStringsSep "." path) paths;

  # Whether the definitions of a submodule are attribute sets of its options, and neither modules
  # nor conditions.
  arePlain = lib.all (
    value:
    tryOr false (
      builtins.isAttrs value
      && !(value ? _type || value ? config || value ? imports || value ? options)
    )
  );

  # The options of a submodule that its definitions set. Only these are read: what the framework
  # defines there may need the whole configuration, our own output included.
  setIn =
    definitions: options:
    if arePlain definitions then
      lib.filterAttrs (name: _: lib.any (lib.hasAttr name) definitions) options
    else
      options;

  # The entry of the option that contains all others (`wsl` beside `wsl.usbip`), or null.
  mainOption =
    entries:
    let
      main = lib.head (lib.sortOn (entry: builtins.stringLength entry.option) entries);
      isMain = lib.all (
        { option, ... }: option == main.option || lib.hasPrefix "${main.option}." option
      ) entries;
    in
    if entries != [ ] && isMain then main else null;

  # A path in the store as a build input, without the copy that interpolation makes of it.
  storePath =
    path:
    let
      text = builtins.unsafeDiscardStringContext (toString path);
      top = builtins.match "(${lib.escapeRegex builtins.storeDir}/[^/]+).*" text;
    in
    if top == null then
      "${builtins.path { inherit path; }}"
    else
      builtins.appendContext text { ${builtins.head top}.path = true; };

  # Whether a folder is a home or a folder of the system, which may contain more than a
  # configuration.
  isShared =
    folder: builtins.match "/|/(root|etc|home|Users)|/(home|Users)/[^/]+" folder != null;

  # Whether a path is the output of a derivation: reading it during evaluation would build it.
  isBuilt =
    path:
    lib.isDerivation path
    || lib.any (context: context ? outputs) (
      lib.attrValues (builtins.getContext (toString path))
    );

  # The nodes in the `flake.lock` below `root`, which may be null: `own` by the name of the input,
  # `nested` those of the inputs' inputs by their path (`hyprland/nixpkgs`). Reading the inputs
  # themselves could fetch them.
  lockedInputs =
    root:
    let
      file = "${root}/flake.lock";
      lock = tryOr { } (
        if root != null && builtins.pathExists file then lib.importJSON file else { }
      );
      nodes = lock.nodes or { };
      start = lock.root or "root";
      # A reference is the name of a node, or a path of `follows` that starts at the root.
      resolve =
        reference:
        if builtins.isString reference then
          reference
        else
          lib.foldl' (node: step: resolve nodes.${node}.inputs.${step}) start reference;
      own = lib.mapAttrs (_: reference: nodes.${resolve reference} or { }) (
        nodes.${start}.inputs or { }
      );
      # What follows another input has a node with that one.
      nestedIn =
        depth: path: node:
        lib.concatMapAttrs (
          name: reference:
          let
            here = "${path}/${name}";
            below = nodes.${reference} or { };
          in
          lib.optionalAttrs (depth > 0 && builtins.isString reference) (
            { ${here} = below; } // nestedIn (depth - 1) here below
          )
        ) (node.inputs or { });
    in
    {
      inherit own;
      nested = lib.concatMapAttrs (nestedIn deepestInput) own;
    };
  deepestInput = 4;

  # Whether a value names the folder of a flake.
  isFlake =
    value:
    let
      path = value.outPath or value;
    in
    builtins.isPath path || (builtins.isString path && lib.hasPrefix "/" path);

  # Defaults of the options below `programs.nixos-intelligence.flake`, the same for NixOS and
  # home-manager.
  flakeDefaults =
    config:
    let
      specialArgs = config._module.specialArgs or { };
      moduleArgs = config._module.args;
      # An argument of this name may be anything, also a `throw`.
      argument =
        builtins.addErrorContext
          "while evaluating the default of the option `programs.nixos-intelligence.flake.self'"
          (
            tryOr null (
              specialArgs.self
                or specialArgs.inputs.self or moduleArgs.self or moduleArgs.inputs.self or null
            )
          );

      variables = config.home.sessionVariables or config.environment.variables or { };
      checkout = lib.findFirst isCheckout null [
        (config.programs.nh.flake or null)
        (variables.NH_OS_FLAKE or null)
        (variables.NH_FLAKE or null)
      ];
      isCheckout =
        value:
        builtins.isString value
        && lib.hasPrefix "/" value
        && !(lib.hasPrefix builtins.storeDir value);
    in
    {
      path = {
        default = checkout;
        defaultText = lib.literalMD ''
          {option}`programs.nh.flake` or {env}`NH_FLAKE` of the configuration if it is a folder
          outside the store, otherwise `null`
        '';
      };
      self = {
        default = if tryOr false (isFlake argument) then argument else null;
        defaultText = lib.literalMD ''
          `self` or `inputs.self` if the modules receive it as an argument, otherwise `null`
        '';
      };
    };

  # The folder of an agent in a home-manager configuration, absolute or relative to the home.
  folderInHome =
    { config, options }:
    id:
    let
      inherit (agents.${id}) folder;
      module = options.programs.${id} or { };
    in
    if module ? configDir && config.programs.${id}.enable then
      config.programs.${id}.configDir
    else if id == "codex" && config.home.preferXdgDirectories or false then
      "${config.xdg.configHome}/codex"
    else if lib.hasPrefix ".config/" folder then
      "${config.xdg.configHome}/${lib.removePrefix ".config/" folder}"
    else
      folder;

  # Quoting for systemd units, which differs from that of a shell.
  systemd = rec {
    # A value that is neither split into words nor unquoted: only `%` is special.
    plain = lib.replaceStrings [ "%" ] [ "%%" ];

    # An element of a list of paths, which a blank would end.
    path = text: "\"${plain (lib.replaceStrings [ "\\" "\"" ] [ "\\\\" "\\\"" ] text)}\"";

    # One argument of a command line, in which the specifiers in `specifiers` (and `%%`) keep their
    # meaning. NixOS has `utils.escapeSystemdExecArg` for it, home-manager has nothing.
    argument =
      specifiers: text:
      let
        unchanged = lib.optionals (specifiers != [ ]) ([ "%%" ] ++ specifiers);
      in
      # The first match wins. systemd reads a JSON string, control characters included.
      lib.replaceStrings (unchanged ++ [ "%" "$" ]) (unchanged ++ [ "%%" "$$" ]) (
        builtins.toJSON text
      );
  };

  # The skills of the plugin: a folder each.
  skills = lib.attrNames (
    lib.filterAttrs (_: type: type == "directory") (builtins.readDir ../generators/skills)
  );

  # The files of the other agents, as `agentFiles` of ./link/plan.nix.
  agentFiles =
    {
      # Agent id -> its folder, in the form in which targets are to be written.
      folderOf,
      # The user's output, see ./output.nix, and `links`, see ./options.nix.
      output,
      links,
      # Whether the system has files in /etc for the agents that read them there.
      system,
    }:
    lib.concatLists (
      lib.mapAttrsToList (
        id: agent:
        lib.optional (agent ? context && id != "claude-code") {
          inherit id;
          source = "${output}/AGENTS.md";
          target = "${folderOf id}/${agent.context}";
        }
        ++ lib.optionals (!(system && agent.inEtc or false)) (
          lib.concatMap (
            link:
            map (file: {
              inherit id;
              source = "${link.source}/clients/${id}/${file}";
              target = "${folderOf id}/${file}";
            }) (agent.files or [ ])
          ) (pluginsIn links)
        )
      ) agents
    );

  # The plugin among links, in a list, see ./policies.nix.
  pluginsIn = lib.filter (link: link.isPlugin or false);

  # Links other than to the context itself, as entries of ./link/plan.nix.
  claudeLinks =
    {
      # The folder of Claude Code, in the form in which targets are to be written.
      folder,
      # The user's output, see ./output.nix, and `links`, see ./options.nix.
      output,
      links,
    }:
    [
      {
        source = "${output}/intelligence";
        target = "${folder}/intelligence";
        onConflict = "aside";
      }
    ]
    ++ map (link: {
      inherit (link) source onConflict;
      target = "${folder}/${link.target}";
    }) links
    # Claude Code finds the skills in the plugin; the other agents share a folder.
    ++ lib.concatMap (
      link:
      map (name: {
        source = "${link.source}/skills/${name}";
        target = ".agents/skills/${name}";
        onConflict = "leave";
      }) skills
    ) (pluginsIn links);
}
