# The policies: options, their checks, and the build's input (`policies.json`, see
# generators/evidence/policies.ts).
{ lib }:
let
  inherit (lib) mkOption types;
  inherit (import ./lib.nix { inherit lib; }) isBuilt;
  utf8 = import ./evidence/utf8.nix;
  # The same for all text in a value.
  utf8In =
    value:
    if builtins.isList value then
      map utf8In value
    else if builtins.isString value then
      utf8 value
    else
      value;

  # The ready-made rules, by name. Made from generators/policy/rules by `npm run rules`.
  readyMade = lib.importJSON ../generators/policy/rules.json;
  # Their own options: lists of strings, by name.
  settings = lib.concatMapAttrs (_: rule: rule.settings) readyMade;

  # The option takes a text or a file. A file that is built is read in the build, as `textFile`:
  # reading it here would build it during evaluation.
  readText =
    text:
    if text == null || (builtins.isString text && !(lib.hasPrefix builtins.storeDir text)) then
      { text = utf8 text; }
    else if isBuilt text then
      {
        text = null;
        textFile = "${text}";
      }
    else
      {
        text =
          builtins.addErrorContext
            "while reading the option `programs.nixos-intelligence.policies.text'"
            (utf8 (builtins.readFile text));
      };

  oneOrMore = types.nullOr (types.coercedTo types.str lib.singleton (types.listOf types.str));

  rule = types.submodule {
    options = {
      command = mkOption {
        type = oneOrMore;
        default = null;
        example = "terraform";
        description = ''
          Command, or a list of commands any of which matches: its name, or its path if it has a
          `/`.
        '';
      };
      subcommand = mkOption {
        type = types.nullOr (
          types.coercedTo types.str (lib.splitString " ") (types.listOf types.str)
        );
        default = null;
        example = "apply";
        description = ''
          The words after the command, without its options: `"apply"`, `"stack rm"`,
          `"checkout --"`.
        '';
      };
      flags = mkOption {
        type = oneOrMore;
        default = null;
        example = [ "-auto-approve" ];
        description = ''
          Options that must all be present. `-rf` requires `-r` and `-f`, together or apart; `-f` is
          also `--force`. `"-x|--exclude"` is either.
        '';
      };
      path = mkOption {
        type = oneOrMore;
        default = null;
        example = "~/work/**";
        description = ''
          Globs for a file that a tool or a command reads or writes or, together with
          {option}`command`, for one of the command's arguments. A glob without a `/` matches the
          file's name; `~/work/**` matches {file}`~/work` too.
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
        description = ''
          `advise`: the call runs, with a hint; `ask`: the user decides; `block`: the call is
          refused.
        '';
      };
      reason = mkOption {
        type = types.str;
        example = "Infrastructure is applied by CI.";
        description = "Why, in a sentence for the agent.";
      };
      instead = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = "just plan";
        description = ''
          The command to use instead. The rule is active only if the configuration installs its
          first word; advice that always holds belongs in {option}`reason`.
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
        Whether the policies are part of the context and enforced by a hook. The hook is in the
        plugin, linked at {file}`skills/nixos-intelligence` in the folder of Claude Code; the other
        agents get files that start it. It can only refuse, ask or advise; it never grants a
        permission.
      '';
    };

    hook = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the plugin has the hook. Without it the policies are context only.
      '';
    };

    text = mkOption {
      type = types.nullOr (types.either types.path types.lines);
      default = null;
      example = lib.literalExpression "./CLAUDE-USER-POLICIES.md";
      description = ''
        Your own policies: Markdown, or a file that contains it. The text becomes the beginning of
        {file}`CLAUDE-USER-POLICIES.md`, unchanged, which {file}`CLAUDE.md` imports. It enters the
        Nix store. An `@path` after a blank is an import there, too: the client then sends that file
        to the model. Write a path that it must not read without the `@`.
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
        What happens to a command that cannot be understood (a program named by a variable, a script
        from a pipe) while a rule that asks or blocks is active.
      '';
    };

    count = mkOption {
      type = types.bool;
      default = false;
      description = ''
        Whether the hook counts its outcomes in
        {file}`~/.local/state/nixos-intelligence/policy-outcomes.jsonl`: rule, decision and day,
        without any text of a call.
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
      description = "Your own rules. Every condition that a rule sets must match.";
    };
  }
  // lib.mapAttrs (
    _: rule:
    mkOption {
      type = types.enum [
        "off"
        "advise"
        "ask"
        "block"
      ];
      inherit (rule) default description;
    }
  ) readyMade
  // lib.mapAttrs (
    _: setting:
    mkOption {
      type = types.listOf types.str;
      inherit (setting) default example description;
    }
  ) settings;

  # `prefix`: the path of the policies' options, for messages.
  assertions =
    prefix: cfg:
    lib.optionals cfg.enable (
      lib.concatLists (
        lib.mapAttrsToList (name: one: [
          {
            assertion = one.command != null || one.path != null || one.tool != null;
            message = ''
              The rule `${prefix}.rules.${name}' matches nothing.
              Set `command', `path' or `tool'.
            '';
          }
          {
            assertion = one.command != null || (one.subcommand == null && one.flags == null);
            message = ''
              The rule `${prefix}.rules.${name}' sets `subcommand' or `flags' without `command'.
              Set `command' to the program that they belong to.
            '';
          }
          {
            assertion = one.reason != "";
            message = ''
              The rule `${prefix}.rules.${name}' has an empty `reason'.
              Write a sentence: it is what the agent reads when the rule matches.
            '';
          }
          {
            assertion = !(readyMade ? ${name}) && name != "unclear";
            message = ''
              The rule `${prefix}.rules.${name}' has the name of a ready-made rule.
              Give it another name; the ready-made rule is set by `${prefix}.${name}'.
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
              The rule `${prefix}.rules.${name}' has an empty word or list.
              It is in `command', `subcommand', `flags', `path' or `tool'.
              Leave out the conditions that it does not need.
            '';
          }
        ]) cfg.rules
      )
    );

  # The build's input. `generated`: the files that ./evidence/generated.nix finds.
  input =
    { policies, rebuildCommand, ... }:
    generated:
    {
      schemaVersion = 1;
      inherit generated;
      rebuildCommand = utf8 rebuildCommand;
      inherit (policies) unclear count;
      decisions = lib.mapAttrs (name: _: policies.${name}) readyMade;
      settings = lib.mapAttrs (name: _: utf8In policies.${name}) settings;
      rules = lib.mapAttrs' (
        name: one:
        lib.nameValuePair (utf8 name) (
          lib.mapAttrs (_: utf8In) {
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
          }
        )
      ) policies.rules;
    }
    // readText policies.text;

  # Whose hooks the plugin starts, see ./plugin.nix. `managed`: the system has that of Claude Code.
  hooks =
    policies: managed:
    if !(policies.enable && policies.hook) then
      "none"
    else if managed then
      "others"
    else
      "all";

  # The links below the client's folder.
  links =
    {
      policies,
      output,
      plugin,
    }:
    lib.optional policies.enable {
      source = "${output}/CLAUDE-USER-POLICIES.md";
      target = "CLAUDE-USER-POLICIES.md";
      onConflict = "leave";
    }
    ++ [
      {
        source = "${plugin}";
        target = "skills/nixos-intelligence";
        onConflict = "leave";
        isPlugin = true;
      }
    ];

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
