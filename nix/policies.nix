# The policies: what an agent is told and what a hook enforces. Options, their checks, and what the
# build gets of them (`policies.json`, see generators/policy/schema.ts).
{ lib }:
let
  inherit (lib) mkOption types;
  isBuilt = import ./is-built.nix { inherit lib; };

  # option -> `rule`, which the generators call it by, and what the option says.
  readyMade = {
    modernCli = {
      rule = "modern-cli";
      default = "advise";
      what = ''
        The installed modern tool where it does the same: {command}`rg` over {command}`grep`, {command}`fd` over
        {command}`find`, {command}`eza` over {command}`ls`, {command}`bat` over {command}`cat` as a viewer, {command}`sd`
        over {command}`sed`, and so on. Only of tools that the configuration installs; filters in pipelines,
        {command}`git grep`, scripts, quoted words and here-documents are left alone.
      '';
    };
    nativeCli = {
      rule = "native-cli";
      default = "advise";
      what = ''
        The installed command line over an MCP server for the same: {command}`gh`, {command}`gcloud`, {command}`aws`,
        {command}`kubectl`, {command}`psql`, and so on. At `block` that server's tools are refused.
      '';
    };
    declarativeInstalls = {
      rule = "declarative-installs";
      default = "block";
      what = ''
        Installing past the configuration: {command}`nix-env -i`, {command}`nix profile install`, {command}`pip install`
        outside a virtual environment, {command}`npm install -g`, {command}`cargo install`, {command}`curl … | sh`.
      '';
    };
    generatedFiles = {
      rule = "generated-files";
      default = "block";
      what = ''
        Edits of links into the store and of files that the configuration generates. The reason names the
        file of the configuration to edit instead.
      '';
    };
    destructive = {
      rule = "destructive";
      default = "ask";
      what = ''
        Removing the home or the system, all old generations, force pushes to the main branch, disk tools.
      '';
    };
    secrets = {
      rule = "secrets";
      default = "block";
      what = ''
        Reading private keys, {file}`.env` files, age and sops keys, decrypted secrets.
      '';
    };
  };

  # A rule's name -> the option that sets it.
  optionOf = lib.mapAttrs' (option: { rule, ... }: lib.nameValuePair rule option) readyMade // {
    unclear = "unclear";
  };

  # The option takes the text itself or a file of it. One that is built is read in the build, as `textFile`.
  readText =
    text:
    if text == null || (builtins.isString text && !(lib.hasPrefix builtins.storeDir text)) then
      { inherit text; }
    else if isBuilt text then
      {
        text = null;
        textFile = "${text}";
      }
    else
      { text = builtins.readFile text; };

  oneOrMore = types.nullOr (types.coercedTo types.str lib.singleton (types.listOf types.str));

  rule = types.submodule {
    options = {
      command = mkOption {
        type = oneOrMore;
        default = null;
        example = "terraform";
        description = "Command, or a list of which any: by its name, or by its path where it has a `/`.";
      };
      subcommand = mkOption {
        type = types.nullOr (types.coercedTo types.str (lib.splitString " ") (types.listOf types.str));
        default = null;
        example = "apply";
        description = "The words behind the command, its options left aside: `\"apply\"`, `\"stack rm\"`.";
      };
      flags = mkOption {
        type = oneOrMore;
        default = null;
        example = [ "-auto-approve" ];
        description = "Options that must all be there. `-rf` asks for `-r` and `-f`, however they are written.";
      };
      path = mkOption {
        type = oneOrMore;
        default = null;
        example = "~/work/**";
        description = ''
          Globs for a file that is read or written by a tool or a command, or, beside {option}`command`, for one
          of its arguments. Without a `/` it is about the file's name.
        '';
      };
      tool = mkOption {
        type = oneOrMore;
        default = null;
        example = "mcp__jira__*";
        description = "Globs for names of the client's tools.";
      };
      decision = mkOption {
        type = types.enum [
          "advise"
          "ask"
          "block"
        ];
        description = "`advise`: a hint beside the call; `ask`: the user decides; `block`: refused with the reason.";
      };
      reason = mkOption {
        type = types.str;
        example = "Infrastructure is applied by CI.";
        description = "Why, in a sentence: the agent reads it.";
      };
      instead = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = "just plan";
        description = ''
          The command to use. The rule is active only where the first word of it is installed by the
          configuration; advice that always holds belongs into {option}`reason`.
        '';
      };
    };
  };
in
{
  options = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the policies are part of the context and enforced by a hook, in a plugin of Claude Code that is
        linked at {file}`skills/nixos-intelligence` in its folder. A hook can only refuse, ask or advise: nothing is
        ever granted.
      '';
    };

    hook = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the plugin with the hook is linked. Without it the policies are only told.";
    };

    text = mkOption {
      type = types.nullOr (types.either types.path types.lines);
      default = null;
      example = lib.literalExpression "./CLAUDE-USER-POLICIES.md";
      description = ''
        Your own policies, as markdown or as a file of it. It becomes the beginning of {file}`CLAUDE-USER-POLICIES.md`
        as it is, and {file}`CLAUDE.md` includes it. Whatever is in it enters the Nix store.
      '';
    };

    unclear = mkOption {
      type = types.enum [
        "pass"
        "ask"
        "block"
      ];
      default = "ask";
      description = ''
        What happens to a command that cannot be understood (a program named by a variable, a script out of a
        pipe) while a rule that asks or blocks is active. Rules that advise say nothing of it.
      '';
    };

    keep = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [
        "ls"
        "cat"
      ];
      description = "Commands for which {option}`modernCli` offers no replacement.";
    };

    count = mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether the hook counts its outcomes in {file}`~/.local/state/nixos-intelligence/policy-outcomes.jsonl`: rule,
        decision and day, no text of any call.
      '';
    };

    rules = mkOption {
      type = types.attrsOf rule;
      default = { };
      example = lib.literalExpression ''
        {
          no-apply = {
            command = "terraform";
            subcommand = "apply";
            decision = "block";
            reason = "Infrastructure is applied by CI.";
            instead = "terraform plan";
          };
        }
      '';
      description = "Rules of your own. Everything that a rule gives must match.";
    };
  }
  // lib.mapAttrs (
    _:
    { default, what, ... }:
    mkOption {
      type = types.enum [
        "off"
        "advise"
        "ask"
        "block"
      ];
      inherit default;
      description = what;
    }
  ) readyMade;

  # `prefix`: the option that holds the policies, for messages.
  assertions =
    prefix: cfg:
    lib.optionals cfg.enable (
      lib.concatLists (
        lib.mapAttrsToList (name: one: [
          {
            assertion = one.command != null || one.path != null || one.tool != null;
            message = ''
              The rule `${prefix}.rules.${name}' says nothing of what it is about.
              Set `command', `path' or `tool'.
            '';
          }
          {
            assertion = one.command != null || (one.subcommand == null && one.flags == null);
            message = ''
              The rule `${prefix}.rules.${name}' has `subcommand' or `flags' and no `command'.
              Set `command' to the program that they belong to.
            '';
          }
          {
            assertion = one.reason != "";
            message = ''
              The rule `${prefix}.rules.${name}' has an empty `reason', which is all that the agent would see.
              Write why in a sentence.
            '';
          }
          {
            assertion = !(optionOf ? ${name});
            message = ''
              The rule `${prefix}.rules.${name}' bears the name of a ready-made rule.
              Give it another name; the ready-made one is set by `${prefix}.${optionOf.${name}}'.
            '';
          }
          {
            assertion = lib.all (list: list == null || (list != [ ] && !(lib.elem "" list))) [
              one.command
              one.subcommand
              one.flags
              one.path
              one.tool
            ];
            message = ''
              The rule `${prefix}.rules.${name}' has an empty word or list in `command', `subcommand', `flags', `path' or `tool'.
              Leave out what it does not ask for.
            '';
          }
        ]) cfg.rules
      )
    );

  # The build's input. `generated`: files that the configuration writes, see ./evidence/generated.nix.
  input =
    { policies, rebuildCommand, ... }: generated:
    {
      schemaVersion = 1;
      inherit rebuildCommand generated;
      inherit (policies) unclear keep count;
      rules = lib.mapAttrs (_: one: {
        inherit (one)
          command
          subcommand
          flags
          path
          tool
          decision
          reason
          ;
        instead = if one.instead == "" then null else one.instead;
      }) policies.rules;
    }
    // readText policies.text
    // lib.mapAttrs (name: _: policies.${name}) readyMade;

  # What is linked below the client's folder.
  links =
    {
      policies,
      output,
      plugin,
    }:
    lib.optional policies.enable {
      source = "${output}/CLAUDE-USER-POLICIES.md";
      target = "CLAUDE-USER-POLICIES.md";
    }
    ++ lib.optional (policies.enable && policies.hook) {
      source = "${plugin}";
      target = "skills/nixos-intelligence";
    };

  # The settings of the system as defaults of a home's.
  asDefaults =
    cfg:
    lib.mapAttrs (_: lib.mkDefault) (removeAttrs cfg [
      "rules"
      "managed"
    ])
    // {
      rules = lib.mapAttrs (_: lib.mapAttrs (_: lib.mkDefault)) cfg.rules;
    };
}
