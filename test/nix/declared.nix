# Links of ours beside files that a home-manager configuration declares at the same places, by
# evaluation alone. Of each case: the targets of ours, other targets, and the warnings.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.x86_64-linux;
  text = {
    text = "declared\n";
  };

  modules = {
    nothing = { };
    key = {
      home.file.".claude/CLAUDE.md" = text;
    };
    absolute = {
      home.file."/home/ann/.claude/CLAUDE.md" = text;
    };
    target = {
      home.file.notes = text // {
        target = ".claude/CLAUDE.md";
      };
    };
    unusual-spelling = {
      home.file."./.claude//CLAUDE.md" = text;
      home.file."./.claude/skills".source = ./linking;
    };
    conditions = {
      home.file.".claude/CLAUDE.md" = lib.mkMerge [
        (lib.mkIf false text)
        (lib.mkIf true (lib.mkForce text))
      ];
    };
    switched-off-by-condition = {
      home.file.".claude/CLAUDE.md" = lib.mkIf false text;
    };
    switched-off = {
      home.file.".claude/CLAUDE.md" = text // {
        enable = false;
      };
    };
    ours-switched-off = {
      home.file.".claude/CLAUDE.md".enable = false;
    };
    folder = {
      home.file.".claude".source = ./linking;
    };
    folder-out-of-store =
      { config, ... }:
      {
        home.file.".claude".source = config.lib.file.mkOutOfStoreSymlink "/home/ann/dotfiles";
      };
    file-by-file-with-it = {
      home.file.".claude" = {
        source = ./linking/with;
        recursive = true;
      };
    };
    file-by-file-without = {
      home.file.".claude" = {
        source = ./linking/without;
        recursive = true;
      };
    };
    file-by-file-unknown = {
      home.file.".claude" = {
        source = pkgs.emptyDirectory;
        recursive = true;
      };
    };
    rules-as-a-folder = {
      home.file.".claude/rules".source = ./linking;
    };
    rules-as-a-folder-and-text = {
      home.file.".claude/rules".source = ./linking;
      home.file.".claude/CLAUDE.md" = text;
    };
    intelligence = {
      home.file.".claude/intelligence/thoughts.md" = text;
    };
    xdg = {
      xdg.configFile."opencode/AGENTS.md" = text;
    };
    agents = {
      programs.codex = {
        enable = true;
        package = null;
        context = "declared\n";
      };
      programs.opencode = {
        enable = true;
        package = null;
      };
    };
    client = {
      programs.claude-code = {
        enable = true;
        package = null;
      };
    };
    client-with-rules = {
      programs.claude-code = {
        enable = true;
        package = null;
        rules.tabs = "Never use tabs.";
        configDir = "/home/ann/.config/claude";
      };
    };
    client-with-our-rule-overridden = {
      programs.claude-code = {
        enable = true;
        package = null;
        rules.nixos-intelligence = "Mine.";
      };
    };
    folders-moved = {
      xdg.configHome = "/home/ann/settings";
      home.preferXdgDirectories = true;
      programs.github-copilot-cli = {
        enable = true;
        package = null;
        configDir = "/home/ann/settings/copilot";
      };
    };
    client-with-a-folder-of-rules = {
      programs.claude-code = {
        enable = true;
        package = null;
        rulesDir = ./linking;
      };
    };
    client-of-an-older-home-manager = {
      disabledModules = [ "programs/claude-code" ];
      options.programs.claude-code = {
        enable = lib.mkEnableOption "the client";
        memory.text = lib.mkOption { type = lib.types.lines; };
      };
      config.programs.claude-code.enable = true;
    };
    more-links = {
      programs.nixos-intelligence.links = [
        {
          source = throw "a source was read";
          target = "commands/machine.md";
          onConflict = "leave";
        }
      ];
    };
  };

  evaluate =
    module:
    (home-manager.lib.homeManagerConfiguration {
      inherit pkgs;
      modules = [
        ../../nix/home-manager.nix
        module
        {
          home.username = "ann";
          home.homeDirectory = "/home/ann";
          home.stateVersion = "25.05";
          programs.nixos-intelligence.enable = true;
          # No name and no condition depends on the output, so it is never evaluated here.
          programs.nixos-intelligence.package = lib.mkDefault {
            type = "derivation";
            name = "nixos-intelligence";
            outPath = throw "the output was evaluated";
          };
        }
      ];
    }).config;
in
lib.mapAttrs (
  _: module:
  let
    config = evaluate module;
    relevant = lib.filter (
      file:
      lib.any (folder: lib.hasPrefix "${folder}/" "${file.target}/") [
        ".claude"
        ".codex"
        ".config/claude"
        ".config/opencode"
        ".copilot"
        ".gemini"
        "settings/codex"
        "settings/copilot"
        "settings/opencode"
      ]
    ) (lib.attrValues config.home.file);
    targets = files: lib.sort lib.lessThan (map (file: file.target) files);
  in
  {
    ours = targets (lib.filter (file: file.enable && file.force) relevant);
    others = targets (lib.filter (file: file.enable && !file.force) relevant);
    warnings = lib.filter (lib.hasPrefix "nixos-intelligence") config.warnings;
  }
) modules
