# Links a user's output into the home by home-manager, which also takes the links out when this is
# disabled or no longer imported. What the user's own configuration puts at our places is known here
# and left alone; what stands there otherwise is kept by ./link/activation.sh around the linking.
#
# The names and conditions below `home.file` depend on nothing but the configuration's names, never on
# the output, whose evidence is the configuration. (What home-manager makes of the rule it is fed is the
# exception: it looks at the path itself. So evidence reads definitions, never `home.file` as a whole.)
{
  config,
  options,
  pkgs,
  lib,
  modulesPath,
  ...
}:
let
  inherit (lib) mkIf mkMerge optional;

  cfg = config.programs.nixos-intelligence;
  inherit (config.home) homeDirectory;
  relative = lib.removePrefix "${homeDirectory}/";

  # home-manager's own module for the client, in the parts that it has: they came one after another.
  claude = options.programs.claude-code or { };
  claudeEnabled = claude ? enable && config.programs.claude-code.enable;
  folder = if claudeEnabled && claude ? configDir then config.programs.claude-code.configDir else ".claude";
  rulesFolder = if claude ? rulesDir then config.programs.claude-code.rulesDir else null;
  # Until August 2026 that module took the store path of a rule for its text, and nothing tells from
  # outside. Where this is not found, the rule is linked beside it, which has the same effect.
  takesFiles =
    let
      helpers = "${modulesPath}/programs/claude-code/lib.nix";
    in
    builtins.pathExists helpers
    && lib.hasInfix "content: if lib.hm.strings.isPathLike content then { source = content; }" (builtins.readFile helpers);
  fed = claudeEnabled && claude ? rules && rulesFolder == null && takesFiles;

  main = "${folder}/CLAUDE.md";
  rule = "${folder}/rules/nixos-intelligence.md";

  declared = import ./link/declared.nix {
    inherit lib homeDirectory;
    definitions = options.home.file.definitionsWithLocations;
    own = [ (toString ./link-home.nix) ];
    framework = toString modulesPath;
  };
  mainOwner = if claudeEnabled then null else declared.taken (relative main);
  mainIsFree = !claudeEnabled && mainOwner == null;
  ruleOwner = if fed then null else declared.taken (relative rule);
  ruleIsFree = ruleOwner == null;
  free = target: declared.taken (relative target) == null;

  context = "${cfg.output}/CLAUDE.md";
  folders = import ./link/in-client-folder.nix {
    inherit folder;
    inherit (cfg) output links;
  };

  agents = lib.imap0 (
    number:
    { agent, reads, ... }:
    {
      inherit reads;
      target =
        if lib.hasPrefix ".config/" reads then
          "${config.xdg.configHome}/${lib.removePrefix ".config/" reads}"
        else if agent == "codex" && config.home.preferXdgDirectories or false then
          "${config.xdg.configHome}/codex/${baseNameOf reads}"
        else
          reads;
      source = "${plan}/agents/${toString number}";
    }
  ) (lib.importJSON ../generators/agents/agents.json);

  plan = pkgs.callPackage ./link/plan.nix {
    user = config.home.username;
    inherit (cfg) output;
    entries = map (entry: entry // { target = relative entry.target; }) (
      if mainIsFree then
        [
          (
            {
              source = context;
              target = main;
              onConflict = if ruleIsFree then "beside" else "leave";
            }
            // lib.optionalAttrs ruleIsFree { other = relative rule; }
          )
        ]
      else
        optional ruleIsFree {
          source = context;
          target = rule;
          onConflict = "leave";
        }
    ) ++ map (entry: entry // { target = relative entry.target; }) (lib.filter (entry: free entry.target) folders);
    agents = lib.listToAttrs (
      map ({ reads, target, ... }: lib.nameValuePair reads (relative target)) (
        lib.filter (agent: free agent.target) agents
      )
    );
  };

  entry = source: {
    inherit source;
    # Not checked by home-manager beforehand, which would end the activation, and a dry run too.
    force = true;
  };

  place =
    { key, file, ... }:
    "home.file.\"${key}\"" + lib.optionalString (lib.hasPrefix "/" (toString file)) " in ${toString file}";
in
{
  _file = ./link-home.nix;

  config = mkIf cfg.enable {
    programs = lib.optionalAttrs (claude ? rules) {
      # As a thing with a path, not as the path: whether it is one can then be seen without the output.
      claude-code.rules = mkIf fed {
        nixos-intelligence = {
          type = "derivation";
          name = "CLAUDE.md";
          outPath = context;
        };
      };
    };

    home.file = {
      ${main} = mkIf mainIsFree (entry context);
      ${rule} = mkMerge [
        (mkIf (!fed && ruleIsFree) (entry context))
        # What home-manager's module makes of what it is fed; none of it where that is named otherwise.
        (mkIf (fed && builtins.elem rule (declared.keys (relative rule))) { force = true; })
      ];
    }
    // lib.listToAttrs (
      map ({ source, target, ... }: lib.nameValuePair target (mkIf (free target) (entry source))) folders
    )
    // lib.listToAttrs (
      map (
        { target, source, ... }:
        # `recursive`: where the source is an empty folder, since the agent is not installed, there is no link.
        lib.nameValuePair target (mkIf (free target) (entry source // { recursive = true; }))
      ) agents
    );

    home.activation = {
      nixosIntelligenceHold = lib.hm.dag.entryBetween [ "linkGeneration" ] [ "writeBoundary" ] ''
        nixosIntelligenceLink() {
          ${pkgs.callPackage ./link/script.nix { }} "$@" --store ${builtins.storeDir} --plan ${plan}/plan
        }
        ${builtins.readFile ./link/activation.sh}
      '';
      nixosIntelligenceSettle = lib.hm.dag.entryBetween [ "onFilesChange" ] [ "linkGeneration" ] ''
        nixosIntelligenceSettle
      '';
    };

    warnings =
      optional (mainOwner != null && mainOwner.live && ruleIsFree)
        "nixos-intelligence: ${place mainOwner} is your own ~/${relative main} and stays; ours is linked as ~/${relative rule}, which Claude Code loads as well."
      ++ optional (!mainIsFree && !ruleIsFree)
        "nixos-intelligence: ${place ruleOwner} leaves no place for ~/${relative rule}, so that Claude Code gets no context. Link single files there instead, or the folder with `recursive = true`."
      ++ map (
        { target, ... }:
        let
          owner = declared.taken (relative target);
        in
        if owner.whole then
          "nixos-intelligence: ${place owner} leaves no place for ~/${relative target}, which is not linked."
        else
          "nixos-intelligence: ${place owner} is your own ~/${relative target} and stays; ours is not linked."
      ) (lib.filter ({ target, ... }: !(free target)) folders);
  };
}
