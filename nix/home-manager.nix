# The home-manager module, for home-manager alone or in NixOS.
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
  inherit (import ./lib.nix { inherit lib; }) agentAssertion flakeDefaults folderInHome;
  osConfig = args.osConfig or null;

  # Evidence of the system, if the NixOS module is enabled too.
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
    allValues = cfg.index.enable && cfg.index.values == "all";
  };

  name = config.home.username;
  # The user's attribute name in NixOS, which may differ from the user name.
  key = if system != null then config._module.args.name or name else name;

  claudeFolder = lib.removePrefix "${config.home.homeDirectory}/" (
    folderInHome { inherit config options; } "claude-code"
  );
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
      flake = flakeDefaults config // {
        attribute.default = null;
      };
    }
    // shared.user { snapshotsDefault = snapshots.default home.files.root name; };

  config = lib.mkIf cfg.enable {
    assertions = [
      (snapshots.assertion "programs.nixos-intelligence" cfg.snapshots)
      (agentAssertion "programs.nixos-intelligence" cfg.agents)
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
      folder = if lib.hasPrefix "/" claudeFolder then claudeFolder else "~/${claudeFolder}";
    };
    programs.nixos-intelligence.links =
      policies.links {
        inherit (cfg) policies output;
        plugin = pkgs.callPackage ./plugin.nix {
          inherit (cfg) package output;
          user = name;
          hooks = policies.hooks cfg.policies (
            system != null && systemModule.policies.enable && systemModule.policies.managed
          );
        };
      }
      ++ lib.optional cfg.report.enable {
        source = "${cfg.output}/report.html";
        target = "report.html";
        onConflict = "leave";
      }
      ++ lib.optional (cfg.index.enable && cfg.index.nixpkgs.enable) {
        source = "${(if system == null then home else system).nixpkgsPackages cfg.package}";
        target = "intelligence-nixpkgs";
        onConflict = "leave";
      };
  };
}
