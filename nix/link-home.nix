# Links a user's output into the home by home-manager, which also removes the links when this is
# disabled or no longer imported. Files that the user's configuration declares at our places are
# known here and left alone; ./link/activation.sh protects everything else in the home.
#
# Names and conditions below `home.file` depend only on names in the configuration, never on the
# output: its evidence is the configuration.
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  ...
}@args:
let
  inherit (lib) mkIf optional;
  inherit (import ./lib.nix { inherit lib; })
    agentFiles
    agents
    claudeLinks
    folderInHome
    ;

  cfg = config.programs.nixos-intelligence;
  inherit (config.home) homeDirectory;

  declared = import ./link/declared.nix {
    inherit lib homeDirectory;
    definitions = options.home.file.definitionsWithLocations;
    own = [ (toString ./link-home.nix) ];
    framework = toString modulesPath;
  };
  isFree = target: declared.ownerOf target == null;
  folderOf = id: declared.relative (folderInHome { inherit config options; } id);

  # Whether the system serves this user, too.
  system =
    let
      module = args.osConfig.programs.nixos-intelligence or { enable = false; };
    in
    module.enable && module.users ? ${config._module.args.name or config.home.username};

  folder = folderOf "claude-code";
  main = "${folder}/${agents.claude-code.context}";
  rule = "${folder}/${agents.claude-code.besideContext}";
  context = "${cfg.output}/CLAUDE.md";

  # The module of the client writes CLAUDE.md from its option `context`, which is the user's.
  claudeModule = options ? programs.claude-code.enable && config.programs.claude-code.enable;
  mainOwner = if claudeModule then null else declared.ownerOf main;
  mainIsFree = !claudeModule && mainOwner == null;
  ruleOwner = declared.ownerOf rule;
  ruleIsFree = ruleOwner == null;

  claudeFiles = claudeLinks {
    inherit folder;
    inherit (cfg) output links;
  };
  links = pkgs.callPackage ./link/plan.nix {
    user = config.home.username;
    inherit (cfg) output;
    entries =
      optional mainIsFree (
        {
          source = context;
          target = main;
          onConflict = if ruleIsFree then "beside" else "leave";
        }
        // lib.optionalAttrs ruleIsFree { other = rule; }
      )
      ++ optional (!mainIsFree && ruleIsFree) {
        source = context;
        target = rule;
        onConflict = "leave";
      }
      ++ lib.filter (entry: isFree entry.target) claudeFiles;
    agentFiles = lib.filter ({ target, ... }: isFree target) (
      codexContext
      ++ agentFiles {
        inherit folderOf system;
        inherit (cfg) output links;
      }
    );
  };

  # The module of Codex writes the user's text to AGENTS.md. AGENTS.override.md, which Codex reads
  # in its place, gets both texts: the option for that file takes no file that is built.
  codexContext =
    let
      own = config.programs.codex.context or "";
      file = if lib.isPath own then "${own}" else pkgs.writeText "context.md" own;
    in
    optional (own != "" && options ? programs.codex.context && config.programs.codex.enable) {
      id = "codex";
      source = pkgs.runCommandLocal "nixos-intelligence-codex-context" { } ''
        cat ${file} - ${cfg.output}/AGENTS.md >$out <<<""
      '';
      target = "${folderOf "codex"}/AGENTS.override.md";
    };

  # The home itself, spelled longer than any folder: home-manager links in the order of the length
  # of the targets, and what is there already stays. So a file in a folder that the user's
  # configuration links file by file comes before ours.
  wholeHome = lib.concatStrings (lib.replicate 100 "./") + ".";
in
{
  _file = ./link-home.nix;

  config = mkIf cfg.enable {
    # One entry for all links, as an evaluation pays for every entry.
    home.file.nixos-intelligence = {
      source = "${links}/files";
      target = wholeHome;
      recursive = true;
    };

    home.activation = {
      nixosIntelligenceCheck = lib.hm.dag.entryBefore [ "checkLinkTargets" ] ''
        nixosIntelligenceLink() { ${links}/link "$@"; }
        ${builtins.readFile ./link/activation.sh}
      '';
      nixosIntelligencePrepare = lib.hm.dag.entryBetween [ "linkGeneration" ] [ "writeBoundary" ] ''
        nixosIntelligencePrepare ''${DRY_RUN+--dry-run}
      '';
      nixosIntelligenceDone = lib.hm.dag.entryBetween [ "onFilesChange" ] [ "linkGeneration" ] ''
        unset -f find
      '';
    };

    warnings =
      let
        declares =
          owner: target:
          let
            file = toString owner.file;
            isUserFile = lib.hasPrefix "/" file && !(lib.hasPrefix (toString modulesPath) file);
          in
          "nixos-intelligence: `home.file.\"${owner.key}\"`"
          + lib.optionalString isUserFile " in ${file}"
          + (if owner.whole then " links a whole folder above" else " declares")
          + " ~/${target}";
        advice =
          owner:
          lib.optionalString owner.whole " Set `recursive = true` there to link single files.";
      in
      optional (mainOwner != null && mainOwner.enabled && ruleIsFree) (
        declares mainOwner main
        + ", which stays as it is. Ours is linked as ~/${rule}; Claude Code loads both."
      )
      ++ optional (!mainIsFree && !ruleIsFree && ruleOwner.enabled) (
        declares ruleOwner rule + ", so Claude Code gets no context." + advice ruleOwner
      )
      ++ lib.concatMap (
        { target, ... }:
        let
          owner = declared.ownerOf target;
        in
        optional (owner != null && owner.enabled) (
          declares owner target + ", so nothing is linked there." + advice owner
        )
      ) claudeFiles;
  };
}
