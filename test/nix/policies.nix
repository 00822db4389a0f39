# The options of the policies: errors name the option's path; the build's input.
{ self, nixpkgs }:
let
  inherit (nixpkgs) lib;
  host =
    policies:
    lib.nixosSystem {
      specialArgs = { inherit self; };
      modules = [
        ./hosts/base.nix
        self.nixosModules.default
        {
          programs.nixos-intelligence = {
            enable = true;
            users = [ "ann" ];
            inherit policies;
          };
        }
      ];
    };
  # First lines of the assertions that fail.
  wrong =
    policies:
    map (one: lib.head (lib.splitString "\n" one.message)) (
      lib.filter (
        one: !one.assertion && lib.hasInfix "nixos-intelligence" one.message
      ) (host policies).config.assertions
    );
  fails = value: !(builtins.tryEval (builtins.deepSeq value value)).success;
  rule = {
    decision = "block";
    reason = "So.";
  };
  # Reading it during evaluation would fail.
  built = derivation {
    name = "policies.md";
    system = "x86_64-linux";
    builder = "/nowhere";
  };
  at = "The rule `programs.nixos-intelligence.policies.rules.";
  user = policies: (host policies).config.programs.nixos-intelligence.users.ann;
  linked = policies: map (link: link.target) (user policies).links;
  etc =
    policies:
    lib.filter (name: lib.hasPrefix "codex/" name || name == managed) (
      lib.attrNames (host policies).config.environment.etc
    );
  managed = "claude-code/managed-settings.d/50-nixos-intelligence.json";
in
{
  "test a rule without conditions" = {
    expr = wrong { rules.empty = rule; };
    expected = [ "${at}empty' matches nothing." ];
  };
  "test a subcommand without a command" = {
    expr = wrong {
      rules.lost = rule // {
        subcommand = "apply";
        path = "*.tf";
      };
    };
    expected = [ "${at}lost' sets `subcommand' or `flags' without `command'." ];
  };
  "test the name of a ready-made rule" = {
    expr = wrong { rules.modernCli = rule // { command = "x"; }; };
    expected = [ "${at}modernCli' has the name of a ready-made rule." ];
  };
  "test an empty reason" = {
    expr = wrong {
      rules.mute = {
        decision = "block";
        reason = "";
        command = "x";
      };
    };
    expected = [ "${at}mute' has an empty `reason'." ];
  };
  "test there is no way to grant" = {
    expr =
      fails
        (host {
          rules.grant = {
            command = "rm";
            decision = "allow";
            reason = "No.";
          };
        }).config.programs.nixos-intelligence.policies.rules.grant.decision;
    expected = true;
  };
  "test the user's text, or a file that contains it; the build reads a built file" = {
    expr =
      map
        (
          text:
          let
            input = (user { inherit text; }).output.policies;
          in
          {
            inherit (input) text;
            textFile = input.textFile or null;
          }
        )
        [
          "Words."
          ./hosts/policies.md
          built
        ];
    expected = [
      {
        text = "Words.";
        textFile = null;
      }
      {
        text = "Of a file.\n";
        textFile = null;
      }
      {
        text = null;
        textFile = "${built}";
      }
    ];
  };
  "test decisions and settings of the ready-made rules" = {
    expr =
      let
        input =
          (user {
            secrets = "ask";
            replaced = [ "ls" ];
          }).output.policies;
      in
      {
        inherit (input.decisions) secrets modernCli;
        inherit (input) settings;
      };
    expected = {
      secrets = "ask";
      modernCli = "advise";
      settings.replaced = [ "ls" ];
    };
  };
  "test words become lists" = {
    expr =
      let
        one = (host { rules.x = rule // { command = "terraform"; subcommand = "state rm"; }; })
          .config.programs.nixos-intelligence.policies.rules.x;
      in
      [
        one.command
        one.subcommand
      ];
    expected = [
      [ "terraform" ]
      [
        "state"
        "rm"
      ]
    ];
  };
  "test the plugin and the policies are linked" = {
    expr = linked { };
    expected = [
      "CLAUDE-USER-POLICIES.md"
      "skills/nixos-intelligence"
      "report.html"
    ];
  };
  "test with managed, the system has the hooks of Claude Code and Codex" = {
    expr = [
      (linked { managed = true; })
      (etc { managed = true; })
      (etc { })
    ];
    expected = [
      [
        "CLAUDE-USER-POLICIES.md"
        "skills/nixos-intelligence"
        "report.html"
      ]
      [
        managed
        "codex/hooks.json"
        "codex/requirements.toml"
      ]
      [ "codex/hooks.json" ]
    ];
  };
  "test without policies, the plugin has the skills alone" = {
    expr = linked { enable = false; };
    expected = [
      "skills/nixos-intelligence"
      "report.html"
    ];
  };
  "test the hooks of Codex that the user's own configuration declares stay" = {
    expr =
      let
        inherit
          ((host { managed = true; }).extendModules {
            modules = [
              {
                environment.etc."codex/hooks.json".text = "{}";
                environment.etc."codex/requirements.toml".text = "mine";
              }
            ];
          })
          config
          ;
      in
      [
        config.environment.etc."codex/hooks.json".text
        config.environment.etc."codex/requirements.toml".text
        (map (text: lib.hasInfix "codex/hooks.json" text) (
          lib.filter (lib.hasInfix "nixos-intelligence") config.warnings
        ))
      ];
    expected = [
      "{}"
      "mine"
      [ true ]
    ];
  };
}
