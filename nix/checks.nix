# The flake's checks. What needs home-manager or a built system's tools stands in test/nix.
{
  self,
  nixpkgs,
  system,
}:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.${system};

  passed = name: pkgs.runCommandLocal name { } "touch $out";

  # Failures in full: name, expected, got.
  runTests =
    name: tests:
    let
      failures = lib.runTests tests;
    in
    if failures == [ ] then
      passed "${name}-${toString (lib.length (lib.attrNames tests))}-passed"
    else
      throw ''
        ${toString (lib.length failures)} of ${toString (lib.length (lib.attrNames tests))} evaluation tests failed:
        ${lib.concatMapStringsSep "\n" (
          failure:
          "  ${failure.name}\n    expected ${builtins.toJSON failure.expected}\n    got      ${builtins.toJSON failure.result}"
        ) failures}'';

  odd = import ../test/nix/odd.nix { inherit self nixpkgs; };
  host = import ../test/nix/output.nix { inherit self nixpkgs; };
in
{
  package = self.packages.${system}.default;

  options-doc = pkgs.runCommandLocal "options-doc" { } ''
    if ! diff -u ${../docs/options.md} ${self.packages.${system}.options-doc}; then
      echo "docs/options.md is not what the modules say. To mend it: cp \$(nix build --no-link --print-out-paths .#options-doc) docs/options.md" >&2
      exit 1
    fi
    touch $out
  '';
}
# Evaluation and building of NixOS hosts.
// lib.optionalAttrs (system == "x86_64-linux") {
  evidence = runTests "evidence" (import ../test/nix/evidence.nix { inherit self nixpkgs; });
  # What the shells source is in the package.
  capture =
    pkgs.runCommandLocal "capture"
      {
        tests = runTests "capture" (import ../test/nix/capture.nix { inherit self nixpkgs; });
      }
      ''
        for shell in bash fish zsh; do
          test -s ${self.packages.${system}.default}/lib/nixos-intelligence/recorder.$shell
        done
        ln -s "$tests" $out
      '';
  policies = runTests "policies" (import ../test/nix/policies.nix { inherit self nixpkgs; });
  # The plugin as it is linked: whole, and its hook refuses.
  plugin =
    pkgs.runCommandLocal "plugin"
      {
        plugin =
          (lib.findFirst (
            link: link.target == "skills/nixos-intelligence"
          ) null host.system.config.programs.nixos-intelligence.users.ann.links).source;
      }
      ''
        echo '{"cwd":"/","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"nix-env -iA x"}}' |
          HOME=/homeless-shelter "$plugin/hooks/pre-tool-use" >answer
        grep -q '"permissionDecision":"deny"' answer
        ln -s "$plugin" $out
      '';
  # Built, whatever is in it; of what is secret there is nothing.
  odd = pkgs.runCommandLocal "odd" { inherit (odd.config.system.build) nixosIntelligence; } ''
    test -s "$nixosIntelligence/ann/CLAUDE.md" && test -s "$nixosIntelligence/bob/CLAUDE.md"
    if grep -r -e hunter2 -e ${builtins.storeDir}/ "$nixosIntelligence"/*/; then exit 1; fi
    touch $out
  '';
  output = pkgs.callPackage ../test/nix/check-output.nix { inherit (host) output; };
}
