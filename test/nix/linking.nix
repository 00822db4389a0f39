# Homes and hosts for test/nix/linking.test.ts. All homes are /home/ann, and are activated below
# scratch folders; the generators are a stand-in, so that these build in seconds and say what they
# link.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  system = builtins.currentSystem or "x86_64-linux";
  pkgs = nixpkgs.legacyPackages.${system};

  facts = "Facts about this machine.";
  generators =
    pkgs: facts:
    pkgs.writeShellScriptBin "nixos-intelligence" ''
      case $1 in
        generate) mkdir -p "$5/intelligence" ;;
        plugin)
          mkdir -p "$5/.claude-plugin"
          echo '{ "name": "nixos-intelligence" }' >"$5/.claude-plugin/plugin.json"
          mkdir -p "$5/skills/nixos" "$5"/agents/{codex,gemini-cli/hooks,opencode}
          echo '{}' | tee "$5/agents/codex/hooks.json" >"$5/agents/gemini-cli/gemini-extension.json"
          echo '{}' >"$5/agents/gemini-cli/hooks/hooks.json"
          exit
          ;;
        *) exit 0 ;;
      esac
      echo "The user's policies." >"$5/CLAUDE-USER-POLICIES.md"
      echo "${facts}" | tee "$5/CLAUDE.md" >"$5/AGENTS.md"
      echo '{}' >"$5/intelligence/manifest.json"
      printf '%s\n' codex gemini-cli >"$5/agents"
    '';

  home = module: {
    imports = [
      ../../nix/home-manager.nix
      module
    ];
    home.username = "ann";
    home.homeDirectory = "/home/ann";
    home.stateVersion = "25.05";
    manual.manpages.enable = false;
    programs.nixos-intelligence.package = lib.mkDefault (generators pkgs facts);
  };
  enabled = {
    programs.nixos-intelligence.enable = true;
  };
  both = module: {
    imports = [
      enabled
      module
    ];
  };

  afterLinking =
    home-manager.lib.hm.dag.entryBetween [ "nixosIntelligenceDone" ] [ "linkGeneration" ];

  modules = {
    off = { };
    plain = enabled;
    # Another output, and with it every link.
    changed = both {
      programs.nixos-intelligence.package = generators pkgs "Other facts about this machine.";
    };
    # An activation that ends right after the linking.
    failing = both { home.activation.failing = afterLinking "exit 7"; };
    uninstall = both { uninstall = true; };
    # What the user's own configuration puts there.
    own-text = both { home.file.".claude/CLAUDE.md".text = "declared\n"; };
    other-spelling = both {
      home.file.".claude//CLAUDE.md".text = "declared\n";
      home.file."./.claude/skills".source = ./linking;
    };
    file-by-file = both {
      home.file.".claude" = {
        source = pkgs.writeTextDir "CLAUDE.md" "declared\n";
        recursive = true;
      };
    };
    # The client's module.
    client = both {
      programs.claude-code.enable = true;
      programs.claude-code.package = null;
    };
    client-text = both {
      programs.claude-code.enable = true;
      programs.claude-code.package = null;
      programs.claude-code.context = "declared\n";
    };
    client-path = both {
      programs.claude-code.enable = true;
      programs.claude-code.package = null;
      programs.claude-code.context = ./linking/context.md;
      programs.claude-code.configDir = "/home/ann/.config/claude";
    };
  };

  host =
    module:
    lib.nixosSystem {
      modules = [
        ../../nix/nixos.nix
        module
        (
          { pkgs, ... }:
          {
            nixpkgs.hostPlatform = system;
            system.stateVersion = "25.05";
            boot.loader.grub.enable = false;
            fileSystems."/" = {
              device = "none";
              fsType = "tmpfs";
            };
            users.users.ann.isNormalUser = true;
            programs.nixos-intelligence = {
              enable = true;
              users = [ "ann" ];
              package = generators pkgs facts;
            };
          }
        )
      ];
    };
  hosts = {
    alone = host { };
    both = host {
      imports = [ home-manager.nixosModules.home-manager ];
      home-manager.useGlobalPkgs = true;
      home-manager.users.ann = {
        home.stateVersion = "25.05";
        manual.manpages.enable = false;
      };
    };
  };

  configuration =
    module:
    home-manager.lib.homeManagerConfiguration {
      inherit pkgs;
      modules = [ (home module) ];
    };
  homes = lib.mapAttrs (_: configuration) modules;

  # With the real generators, over some packages.
  real = configuration (both {
    programs.nixos-intelligence.package = pkgs.callPackage ../../nix/package.nix { };
    home.packages = [ pkgs.ripgrep ];
  });
in
{
  inherit homes hosts real;
  farm =
    _:
    pkgs.linkFarm "linking" (
      lib.mapAttrs (_: configuration: configuration.activationPackage) homes
      // {
        in-nixos = hosts.both.config.home-manager.users.ann.home.activationPackage;
        units = pkgs.writeText "units.json" (
          builtins.toJSON (
            lib.mapAttrs (
              _: host:
              lib.filterAttrs (name: _: lib.hasPrefix "nixos-intelligence" name) (
                lib.mapAttrs (
                  _: unit: { inherit (unit) serviceConfig unitConfig; }
                ) host.config.systemd.services
              )
            ) hosts
          )
        );
      }
    );
}
