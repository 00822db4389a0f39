# The NixOS module. A user whom home-manager manages gets home-manager's part of this; any other is
# served by a unit of the system (./link-nixos.nix).
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
  pluginOf =
    name: output:
    pkgs.callPackage ./plugin.nix {
      inherit (cfg) package;
      inherit output;
      user = name;
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
  };

  hasHomeManager = options ? home-manager;
  managed = name: hasHomeManager && config.home-manager.users ? ${name};

  # Without those who switched it off in their home-manager configuration.
  served = lib.filterAttrs (
    name: _: !(managed name) || config.home-manager.users.${name}.programs.nixos-intelligence.enable
  ) cfg.users;

  outputOf = import ./user-output.nix { inherit lib pkgs cfg; };
in
{
  _file = ./nixos.nix;

  imports = [
    ./capture.nix
    ./link-nixos.nix
    ./snapshot-timer.nix
  ];

  options.programs.nixos-intelligence = lib.recursiveUpdate shared.general {
    flake = import ./flake-defaults.nix { inherit config lib; } // {
      attribute.default = if config.networking.hostName == "" then null else config.networking.hostName;
      attribute.defaultText = lib.literalExpression "config.networking.hostName";
    };

    policies.managed = lib.mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether the policies are enforced for everybody on this machine, by
        {file}`/etc/claude-code/managed-settings.d/50-nixos-intelligence.json`, which users cannot switch off, in
        place of each user's plugin. What is installed is taken from the first of
        {option}`programs.nixos-intelligence.users`, by name. It also denies reading secrets that are mentioned
        with `@`, which no hook sees.
      '';
    };

    users = lib.mkOption {
      type = types.coercedTo (types.listOf types.str) (names: lib.genAttrs names (_: { })) (
        types.attrsOf (
          types.submodule (
            { name, config, ... }:
            {
              options = shared.user { snapshotsDefault = snapshots.default system.files.root name; };
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
                  policies = cfg.policies // {
                    hook = cfg.policies.hook && !cfg.policies.managed;
                  };
                  inherit (config) output;
                  plugin = pluginOf name config.output;
                }
              );
            }
          )
        )
      );
      default = { };
      example = lib.literalExpression ''[ "me" ]'';
      description = ''
        The users who get context for their agents, each from what is installed for them and from
        their own snapshots: a list of names, or an attribute set where there is more to say.
      '';
    };

    # For home-manager's part, which sees this configuration as `osConfig`.
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
        assertions = policies.assertions "programs.nixos-intelligence.policies" cfg.policies ++ lib.concatLists (
          lib.mapAttrsToList (name: user: [
            {
              assertion = config.users.users ? ${name};
              message = ''
                The option `programs.nixos-intelligence.users' names "${name}", but there is no such user.
                Declare users.users."${name}", or correct the name.
              '';
            }
            (snapshots.assertion "programs.nixos-intelligence.users.${name}.snapshots" user.snapshots)
          ]) cfg.users
        );
        warnings = lib.optional (cfg.users == { }) ''
          programs.nixos-intelligence is enabled for nobody: set programs.nixos-intelligence.users = [ "<your user>" ].
        '';

        environment.systemPackages = [ cfg.package ];
        system.build.nixosIntelligence = pkgs.linkFarm "nixos-intelligence" (lib.mapAttrs (_: user: user.output) served);
      }
      (lib.mkIf (cfg.policies.enable && cfg.policies.managed && served != { }) {
        environment.etc."claude-code/managed-settings.d/50-nixos-intelligence.json".source =
          let
            name = lib.head (lib.attrNames served);
          in
          "${pluginOf name cfg.users.${name}.output}/managed-settings.json";
      })
      (lib.optionalAttrs hasHomeManager { home-manager.sharedModules = [ ./home-manager-in-nixos.nix ]; })
    ]
  );
}
