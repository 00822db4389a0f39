# Homes and hosts for test/nix/linking.test.ts. All homes are /home/ann, and are activated below
# scratch folders; the generators are a stand-in, so that these build in seconds and say what they
# link.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  system = builtins.currentSystem or "x86_64-linux";
  pkgs = nixpkgs.legacyPackages.${system};

  inherit (import ../../nix/lib.nix { inherit lib; }) skills;
  # As the real plugin has them; the folders of the extensions with less in them.
  pluginFiles = map (name: "skills/${name}/SKILL.md") skills ++ [
    "clients/codex/hooks.json"
    "clients/droid/hooks.json"
    "clients/gemini-cli/extensions/nixos-intelligence/gemini-extension.json"
    "clients/gemini-cli/extensions/nixos-intelligence/hooks/hooks.json"
    "clients/github-copilot-cli/hooks/nixos-intelligence.json"
    "clients/github-copilot-cli/instructions/nixos-intelligence.instructions.md"
    "clients/kilocode-cli/plugins/nixos-intelligence.js"
    "clients/opencode/plugins/nixos-intelligence.js"
    "clients/pi-coding-agent/extensions/nixos-intelligence.ts"
    "clients/qwen-code/extensions/nixos-intelligence/qwen-extension.json"
  ];

  facts = "Facts about this machine.";
  generators =
    pkgs: facts:
    pkgs.writeShellScriptBin "nixos-intelligence" ''
      case $1 in
        generate) mkdir -p "$5/intelligence" ;;
        plugin)
          mkdir -p "$5/.claude-plugin"
          echo '{ "name": "nixos-intelligence" }' >"$5/.claude-plugin/plugin.json"
          for file in ${lib.escapeShellArgs pluginFiles}; do
            mkdir -p "$(dirname "$5/$file")"
            echo '{}' >"$5/$file"
          done
          exit
          ;;
        *) exit 0 ;;
      esac
      echo "The user's policies." >"$5/CLAUDE-USER-POLICIES.md"
      echo "${facts}" | tee "$5/CLAUDE.md" >"$5/AGENTS.md"
      echo '{}' >"$5/intelligence/manifest.json"
      printf '%s\n' cline codex crush droid gemini-cli github-copilot-cli goose-cli kilocode-cli \
        opencode pi-coding-agent qwen-code >"$5/agents"
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
    own-everywhere = both {
      home.file = lib.genAttrs (map (name: ".agents/skills/${name}/SKILL.md") skills ++ [
        ".agents/AGENTS.md"
        ".codex/AGENTS.md"
        ".codex/hooks.json"
        ".config/crush/AGENTS.md"
        ".config/goose/.goosehints"
        ".config/kilo/plugins/nixos-intelligence.js"
        ".config/opencode/plugins/nixos-intelligence.js"
        ".copilot/hooks/nixos-intelligence.json"
        ".copilot/instructions/nixos-intelligence.instructions.md"
        ".factory/hooks.json"
        ".gemini/extensions/nixos-intelligence/gemini-extension.json"
        ".pi/agent/extensions/nixos-intelligence.ts"
        ".qwen/extensions/nixos-intelligence/qwen-extension.json"
      ]) (_: { text = "declared\n"; });
    };
    # The modules of the agents, each with a context of the user's.
    modules = both {
      programs = lib.genAttrs [ "codex" "github-copilot-cli" "opencode" "pi-coding-agent" ] (_: {
        enable = true;
        package = null;
        context = "declared\n";
      }) // {
        antigravity-cli = {
          enable = true;
          package = null;
          context.GEMINI = "declared\n";
        };
      };
    };
    modules-path = both {
      programs = lib.genAttrs [ "codex" "github-copilot-cli" "opencode" "pi-coding-agent" ] (_: {
        enable = true;
        package = null;
        context = ./linking/context.md;
      }) // {
        antigravity-cli = {
          enable = true;
          package = null;
          context.GEMINI = ./linking/context.md;
        };
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
