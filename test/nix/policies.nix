# The options of the policies: what is wrong is said with the option's path, and what the build gets.
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
      lib.filter (one: !one.assertion && lib.hasInfix "nixos-intelligence" one.message) (host policies).config.assertions
    );
  fails = value: !(builtins.tryEval (builtins.deepSeq value value)).success;
  rule = {
    decision = "block";
    reason = "So.";
  };
  # Were it looked into in evaluation, that would fail.
  built = derivation {
    name = "policies.md";
    system = "x86_64-linux";
    builder = "/nowhere";
  };
  at = "The rule `programs.nixos-intelligence.policies.rules.";
  linked = policies: map (link: link.target) (host policies).config.programs.nixos-intelligence.users.ann.links;
  managed = "claude-code/managed-settings.d/50-nixos-intelligence.json";
in
{
  "test a rule about nothing" = {
    expr = wrong { rules.empty = rule; };
    expected = [ "${at}empty' says nothing of what it is about." ];
  };
  "test a subcommand of no command" = {
    expr = wrong {
      rules.lost = rule // {
        subcommand = "apply";
        path = "*.tf";
      };
    };
    expected = [ "${at}lost' has `subcommand' or `flags' and no `command'." ];
  };
  "test the name of a ready-made rule" = {
    expr = wrong { rules.modern-cli = rule // { command = "x"; }; };
    expected = [ "${at}modern-cli' bears the name of a ready-made rule." ];
  };
  "test an empty reason" = {
    expr = wrong {
      rules.mute = {
        decision = "block";
        reason = "";
        command = "x";
      };
    };
    expected = [ "${at}mute' has an empty `reason', which is all that the agent would see." ];
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
  "test the user's text, or a file of it; one that is built is left to the build" = {
    expr =
      map
        (
          text:
          let
            input = (host { inherit text; }).config.programs.nixos-intelligence.users.ann.output.policies;
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
    ];
  };
  "test managed, only the policies are" = {
    expr = [
      (linked { managed = true; })
      ((host { managed = true; }).config.environment.etc ? ${managed})
      ((host { }).config.environment.etc ? ${managed})
    ];
    expected = [
      [ "CLAUDE-USER-POLICIES.md" ]
      true
      false
    ];
  };
  "test off is off" = {
    expr = linked { enable = false; };
    expected = [ ];
  };
}
