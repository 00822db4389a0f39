# The NixOS module. For a user whom home-manager manages the home-manager module makes the links,
# for any other a unit of the system (./link-nixos.nix).
{
  config,
  options,
  pkgs,
  lib,
  ...
}@args:
let
  inherit (lib) types;

  cfg = config.programs.nixos-intelligence;
  shared = import ./options.nix { inherit lib pkgs; };
  policies = import ./policies.nix { inherit lib; };
  snapshots = import ./snapshots.nix { inherit lib; };
  inherit (import ./lib.nix { inherit lib; }) agentAssertion flakeDefaults pluginsIn;
  pluginOf =
    name: output:
    pkgs.callPackage ./plugin.nix {
      inherit (cfg) package;
      inherit output;
      user = name;
      hooks = policies.hooks cfg.policies cfg.policies.managed;
    };

  system = import ./evidence/system.nix {
    inherit
      config
      options
      pkgs
      lib
      ;
    inherit (args) modulesPath;
    inherit (cfg.flake) self;
    allValues = cfg.index.enable && cfg.index.values == "all";
  };

  hasHomeManager = options ? home-manager;
  managed = name: hasHomeManager && config.home-manager.users ? ${name};

  # Without users who disabled it in their home-manager configuration.
  served = lib.filterAttrs (
    name: _:
    !(managed name) || config.home-manager.users.${name}.programs.nixos-intelligence.enable
  ) cfg.users;

  outputOf = import ./user-output.nix { inherit lib pkgs cfg; };

  # Of the first user, by name.
  firstPlugin =
    let
      name = lib.head (lib.attrNames served);
    in
    pluginOf name cfg.users.${name}.output;

  # User -> the plugins (one or none), for those who may use Codex.
  codexPlugins = lib.filterAttrs (_: plugins: plugins != [ ]) (
    lib.mapAttrs (
      name: user:
      let
        home = config.home-manager.users.${name}.programs.nixos-intelligence;
        settings = if managed name then home else user;
      in
      lib.optionals (settings.agents.codex.enable or true) (pluginsIn settings.links)
    ) served
  );
  codexHooks = pkgs.callPackage ./codex-hooks.nix {
    plugins = lib.mapAttrs' (
      name: plugins: lib.nameValuePair config.users.users.${name}.name (lib.head plugins).source
    ) codexPlugins;
    enforced = if cfg.policies.enable && cfg.policies.managed then "${firstPlugin}" else null;
  };
in
{
  _file = ./nixos.nix;

  imports = [
    ./capture.nix
    ./link-nixos.nix
    ./snapshot-timer.nix
  ];

  options.programs.nixos-intelligence = lib.recursiveUpdate shared.general {
    flake = flakeDefaults config // {
      attribute.default =
        let
          name = config.networking.hostName;
          # The names are free; the configurations themselves would be evaluated.
          hosts = lib.attrNames (cfg.flake.self.nixosConfigurations or { });
        in
        if lib.elem name hosts then
          name
        else if lib.length hosts == 1 then
          lib.head hosts
        else
          null;
      attribute.defaultText = lib.literalMD ''
        {option}`networking.hostName` if `nixosConfigurations` of the flake has that name, the only
        name there if there is one, otherwise `null`
      '';
    };

    policies.managed = lib.mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether the policies are enforced for everybody on this machine instead of by each user's
        plugin, in Claude Code and in Codex, the agents that have such a place. They are written to
        {file}`/etc/claude-code/managed-settings.d/50-nixos-intelligence.json` and
        {file}`/etc/codex`, which users cannot disable. The list of installed tools is that of the
        first user, by name, in {option}`programs.nixos-intelligence.users`. Reading a secret that a
        prompt of Claude Code mentions with `@`, which no hook sees, is denied as well.
      '';
    };

    users = lib.mkOption {
      type = types.coercedTo (types.listOf types.str) (names: lib.genAttrs names (_: { })) (
        types.attrsOf (
          types.submodule (
            { name, config, ... }:
            {
              options = shared.user {
                snapshotsDefault = snapshots.default system.files.root name;
              };
              config.output =
                if managed name then
                  args.config.home-manager.users.${name}.programs.nixos-intelligence.output
                else
                  outputOf {
                    inherit name system;
                    user = config;
                  };
              config.links = lib.mkIf (!(managed name)) (
                policies.links {
                  inherit (cfg) policies;
                  inherit (config) output;
                  plugin = pluginOf name config.output;
                }
                ++ lib.optional cfg.report.enable {
                  source = "${config.output}/report.html";
                  target = "report.html";
                  onConflict = "leave";
                }
                ++ lib.optional (cfg.index.enable && cfg.index.nixpkgs.enable) {
                  source = "${system.nixpkgsPackages cfg.package}";
                  target = "intelligence-nixpkgs";
                  onConflict = "leave";
                }
              );
            }
          )
        )
      );
      default = { };
      example = lib.literalExpression ''[ "me" ]'';
      description = ''
        The users who get context for their agents, each from the packages installed for them and
        from their own snapshots. Either a list of names or an attribute set with options for each
        user.
      '';
    };

    # For the home-manager module, which reads this configuration as `osConfig`.
    evidence = lib.mkOption {
      type = types.raw;
      internal = true;
      visible = false;
      readOnly = true;
      default = system;
    };
  };

  config = lib.mkIf cfg.enable (
    lib.mkMerge [
      {
        assertions =
          policies.assertions "programs.nixos-intelligence.policies" cfg.policies
          ++ lib.concatLists (
            lib.mapAttrsToList (name: user: [
              {
                assertion = config.users.users ? ${name};
                message = ''
                  The option `programs.nixos-intelligence.users' has "${name}", which is not a user.
                  Declare `users.users."${name}"', or correct the name.
                '';
              }
              (snapshots.assertion "programs.nixos-intelligence.users.${name}" user.snapshots)
              (agentAssertion "programs.nixos-intelligence.users.${name}" user.agents)
            ]) cfg.users
          );
        warnings = lib.optional (cfg.users == { }) ''
          The option `programs.nixos-intelligence.users' is empty, so no user gets context.
          Set it to [ "<your user>" ], or set `programs.nixos-intelligence.enable' to false.
        '';

        environment.systemPackages = [ cfg.package ];
        system.build.nixosIntelligence = pkgs.linkFarm "nixos-intelligence" (
          lib.mapAttrs (_: user: user.output) served
        );
      }
      (lib.mkIf (cfg.policies.enable && cfg.policies.managed && served != { }) {
        environment.etc."claude-code/managed-settings.d/50-nixos-intelligence.json".source =
          "${firstPlugin}/managed-settings.json";
        # Without it a user's `features.hooks = false` would switch the hooks off.
        environment.etc."codex/requirements.toml".text = lib.mkDefault ''
          [features]
          hooks = true
        '';
      })
      # Codex ignores a user's hooks until the user trusts them, and runs those of the system.
      (lib.mkIf (codexPlugins != { }) (
        let
          ours = "${codexHooks}/hooks.json";
        in
        {
          environment.etc."codex/hooks.json".source = lib.mkDefault ours;
          warnings = lib.optional (config.environment.etc."codex/hooks.json".source != ours) ''
            The option `environment.etc."codex/hooks.json"' is set by your configuration, so Codex
            has no hooks of nixos-intelligence. Write yours to `/etc/codex/config.toml' instead.
          '';
        }
      ))
      (lib.optionalAttrs hasHomeManager {
        home-manager.sharedModules = [ ./home-manager-in-nixos.nix ];
      })
    ]
  );
}
