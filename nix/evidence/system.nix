# What an evaluated NixOS configuration says: a function of its module arguments, forced only as far
# as the parts that are used.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  # `self` of the flake, or null.
  self ? null,
}:
let
  inherit (builtins) concatMap filter tryEval;

  files = import ./files.nix {
    inherit lib self;
    inputs = import ./lock.nix {
      inherit lib;
      inherit (files) root;
    };
    frameworks = [ modulesPath ] ++ homeManagerPath;
    hints = concatMap (option: map (definition: definition.file) option.definitionsWithLocations) (
      filter (option: option != null) [
        (options.system.stateVersion or null)
        (options.networking.hostName or null)
        (options.fileSystems or null)
        (options.environment.systemPackages or null)
      ]
    );
  };

  # home-manager's own folder, from where its NixOS module declares its options.
  homeManagerPath = map (file: "${dirOf (dirOf (files'.plain file))}/modules") (
    lib.take 1 (options.home-manager.users.declarations or [ ])
  );
  files' = {
    plain = file: builtins.unsafeDiscardStringContext (toString file);
  };

  walked = import ./enabled-options.nix {
    inherit lib options files;
    scope = "system";
    roots = [
      "console"
      "documentation"
      "fonts"
      "hardware"
      "i18n"
      "location"
      "networking"
      "programs"
      "security"
      "services"
      "virtualisation"
      "xdg"
    ];
  };
  packages = import ./packages.nix {
    inherit lib files;
    inherit (walked) enabled;
  };
  agents = import ./agents.nix {
    inherit lib;
    inherit (walked) enabled;
  };

  safely =
    value: fallback:
    let
      read = tryEval value;
    in
    if read.success then read.value else fallback;

  usersOption = options.users.users;
  # With places per user since the module system tells them; before that from the plain definitions.
  userDefinitions =
    user:
    let
      meta = usersOption.valueMeta.attrs.${user}.configuration.options.packages.definitionsWithLocations or null;
    in
    if meta != null then
      meta
    else
      concatMap (
        definition:
        let
          value = if builtins.isAttrs definition.value then definition.value.${user}.packages or [ ] else [ ];
        in
        lib.optional (value != [ ]) {
          inherit (definition) file;
          inherit value;
        }
      ) (filter (definition: files.isUser (files.plain definition.file)) usersOption.definitionsWithLocations);

  desktops = map (entry: lib.last (lib.splitString "." entry.option)) (
    filter (
      entry: builtins.match ".*\\.(desktopManager|windowManager)\\.[^.]+" entry.option != null
    ) walked.enabled
  );

  shellOf =
    user:
    let
      inherit (config.users.users.${user}) shell;
    in
    if shell == null then
      null
    else if builtins.isString shell || builtins.isPath shell then
      baseNameOf (files.plain shell)
    else
      shell.meta.mainProgram or (lib.getName shell);
in
{
  inherit files;
  # A pure evaluation is that of a flake; another one may be.
  isFlake =
    self != null
    || !(builtins ? currentSystem)
    || (files.root != null && builtins.pathExists "${files.root}/flake.nix");
  inherit (packages) fromOption collect;
  inherit (walked) enabled failed;
  inherit (agents) agents mcpServers;

  systemEntries = packages.fromOption {
    list = "environment.systemPackages";
    scope = "system";
    definitions = options.environment.systemPackages.definitionsWithLocations;
  };
  userEntries =
    user:
    packages.fromOption {
      list = "users.users.${user}.packages";
      scope = "user";
      definitions = safely (userDefinitions user) [ ];
    };
  generated = import ./generated.nix {
    inherit lib files;
    inherit (walked) enabled;
  } [
    {
      option = options.environment.etc;
      name = "environment.etc";
      place = name: "/etc/${name}";
    }
  ];
  aliases = import ./aliases.nix {
    inherit
      lib
      options
      files
      ;
  };

  host = {
    name = config.networking.hostName;
    inherit (pkgs.stdenv.hostPlatform) system;
    inherit (config.system) stateVersion;
    inherit (config.system.nixos) release;
    kernel = safely config.boot.kernelPackages.kernel.version null;
    desktop = lib.unique desktops;
  };
  userOf =
    name:
    let
      user = config.users.users.${name};
    in
    {
      inherit (user) name home;
      shell = safely (shellOf name) null;
      groups = lib.naturalSort (lib.unique user.extraGroups);
    };
  nixpkgs = {
    release = config.system.nixos.release;
    revision = safely config.system.nixos.revision null;
  };
  nixVersion = safely (config.nix.package.version or null) null;
}
