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
      xdg.configFile."opencode/plugins/nixos-intelligence.js" = text;
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
          source = toString (pkgs.writeText "nixos-intelligence-machine" "");
          target = "commands/machine.md";
          onConflict = "leave";
        }
      ];
    };
  };

  evaluate =
    package: module:
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
          programs.nixos-intelligence.package = lib.mkDefault package;
        }
      ];
    }).config;

  # No name and no condition depends on the output.
  unread = {
    type = "derivation";
    name = "nixos-intelligence";
    outPath = throw "the output was evaluated";
  };
  # Every agent is installed.
  generators = pkgs.writeShellScriptBin "nixos-intelligence" ''
    case $1 in
      generate)
        mkdir -p "$5/intelligence"
        touch "$5/CLAUDE.md" "$5/AGENTS.md" "$5/CLAUDE-USER-POLICIES.md"
        printf '%s\n' codex copilot gemini-cli github-copilot-cli opencode >"$5/agents"
        ;;
      plugin)
        for file in codex/hooks.json github-copilot-cli/hooks/nixos-intelligence.json \
          opencode/plugins/nixos-intelligence.js; do
          mkdir -p "$5/clients/$(dirname "$file")"
          touch "$5/clients/$file"
        done
        ;;
    esac
  '';

  # The targets of the tree that is linked file by file.
  inTree =
    tree:
    map (file: lib.removePrefix "${tree}/" (toString file)) (
      lib.filesystem.listFilesRecursive tree
    );
in
lib.mapAttrs (
  _: module:
  let
    inherit (evaluate unread module) warnings home;
    built = (evaluate generators module).home.file;
    isOurs = name: lib.hasInfix "-nixos-intelligence-" (toString built.${name}.source);
    names = lib.attrNames (lib.filterAttrs (_: file: file.enable) home.file);
    folders = [
      ".claude"
      ".codex"
      ".config/claude"
      ".config/opencode"
      ".copilot"
      ".gemini"
      "settings/codex"
      "settings/copilot"
      "settings/opencode"
    ];
    isRelevant = target: lib.any (folder: lib.hasPrefix "${folder}/" "${target}/") folders;
    targets =
      names:
      lib.sort lib.lessThan (lib.filter isRelevant (map (name: home.file.${name}.target) names));
  in
  {
    ours = lib.sort lib.lessThan (
      targets (lib.filter isOurs names) ++ inTree built.nixos-intelligence.source
    );
    others = targets (lib.filter (name: !(isOurs name)) names);
    warnings = lib.filter (lib.hasPrefix "nixos-intelligence") warnings;
  }
) modules
