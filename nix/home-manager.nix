# The home-manager module, standalone and below NixOS.
{
  config,
  options,
  pkgs,
  lib,
  ...
}@args:
let
  cfg = config.programs.nixos-intelligence;
  shared = import ./options.nix { inherit lib pkgs; };
  policies = import ./policies.nix { inherit lib; };
  snapshots = import ./snapshots.nix { inherit lib; };
  osConfig = args.osConfig or null;

  # The system's part is known where the NixOS module is enabled too.
  systemModule = osConfig.programs.nixos-intelligence or { enable = false; };
  system = if systemModule.enable then systemModule.evidence else null;

  home = import ./evidence/home.nix {
    inherit
      config
      options
      pkgs
      lib
      ;
    inherit (args) modulesPath;
    inherit (cfg.flake) self;
  };

  name = config.home.username;
  # What NixOS calls the user, who may have another name than that.
  key = if system != null then config._module.args.name or name else name;

  # Where home-manager puts the client's files, as a person writes it.
  claudeCode = config.programs.claude-code or { enable = false; };
  configDir =
    if claudeCode.enable then
      lib.replaceStrings [ "${config.home.homeDirectory}/" ] [ "~/" ] (
        claudeCode.configDir or "${config.home.homeDirectory}/.claude"
      )
    else
      "~/.claude";
in
{
  _file = ./home-manager.nix;

  imports = [
    ./capture.nix
    ./link-home.nix
    ./snapshot-timer.nix
  ];

  options.programs.nixos-intelligence =
    lib.recursiveUpdate shared.general {
      flake = import ./flake-defaults.nix { inherit config lib; } // {
        attribute.default = null;
      };
    }
    // shared.user { snapshotsDefault = snapshots.default home.files.root name; };

  config = lib.mkIf cfg.enable {
    assertions = [
      (snapshots.assertion "programs.nixos-intelligence.snapshots" cfg.snapshots)
    ]
    ++ policies.assertions "programs.nixos-intelligence.policies" cfg.policies;

    home.packages = lib.mkIf (system == null) [ cfg.package ];

    programs.nixos-intelligence.output = import ./user-output.nix { inherit lib pkgs cfg; } {
      inherit
        name
        key
        system
        home
        ;
      user = cfg;
      folder = configDir;
    };
    programs.nixos-intelligence.links = policies.links {
      inherit (cfg) policies output;
      plugin = pkgs.callPackage ./plugin.nix {
        inherit (cfg) package output;
        user = name;
      };
    };
  };
}
