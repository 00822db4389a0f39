# The flake's checks. Tests that need home-manager are in a flake of their own, test/nix.
{
  self,
  nixpkgs,
  system,
}:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.${system};
  package = self.packages.${system}.default;

  # A derivation if all tests pass, otherwise an error with every failure: name, expected, got.
  runTests =
    name: tests:
    let
      count = toString (lib.length (lib.attrNames tests));
      failures = lib.runTests tests;
      report = lib.concatMapStringsSep "\n" (
        failure:
        lib.concatStringsSep "\n" [
          "  ${failure.name}"
          "    expected ${builtins.toJSON failure.expected}"
          "    got      ${builtins.toJSON failure.result}"
        ]
      ) failures;
    in
    if failures == [ ] then
      pkgs.runCommandLocal "${name}-${count}-passed" { } "touch $out"
    else
      throw "${toString (lib.length failures)} of ${count} evaluation tests failed:\n${report}";
  evaluationTests = name: runTests name (import ../test/nix/${name}.nix { inherit self nixpkgs; });

  odd = import ../test/nix/odd.nix { inherit self nixpkgs; };
  host = import ../test/nix/output.nix { inherit self nixpkgs; };
  plugin = lib.findFirst (
    link: link.target == "skills/nixos-intelligence"
  ) null host.system.config.programs.nixos-intelligence.users.ann.links;

  nixFiles = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.fileFilter (file: file.hasExt "nix") ../.;
  };
  # The same key several times (`home.username`, `home.stateVersion`) is usual in configurations.
  statixConfig = pkgs.writeText "statix.toml" ''
    disabled = [ "repeated_keys" ]
  '';
in
{
  inherit package;

  format =
    pkgs.runCommandLocal "format"
      {
        nativeBuildInputs = [
          pkgs.nixfmt
          pkgs.deadnix
          pkgs.statix
        ];
      }
      ''
        cd ${nixFiles}
        find . -name '*.nix' -exec nixfmt --check {} +
        deadnix --fail --no-lambda-pattern-names .
        statix check --config ${statixConfig} .
        touch $out
      '';

  options-doc = pkgs.runCommandLocal "options-doc" { } ''
    made=${self.packages.${system}.options-doc}
    if ! diff -u ${../docs/options.md} $made/options.md ||
      ! diff -u ${../docs/options.html} $made/options.html; then
      echo "docs/options.md or options.html is outdated. To renew them:" >&2
      echo "cp -L \$(nix build --no-link --print-out-paths .#options-doc)/* docs" >&2
      exit 1
    fi
    touch $out
  '';
}
# Evaluation and builds of NixOS hosts.
// lib.optionalAttrs (system == "x86_64-linux") {
  evidence = evaluationTests "evidence";
  policies = evaluationTests "policies";

  # The files that the shells source are in the package.
  capture = pkgs.runCommandLocal "capture" { tests = evaluationTests "capture"; } ''
    for shell in bash fish zsh; do
      test -s ${package}/lib/nixos-intelligence/recorder.$shell
    done
    ln -s "$tests" $out
  '';

  # The plugin as it is linked: complete, and its hook denies a call.
  plugin = pkgs.runCommandLocal "plugin" { plugin = plugin.source; } ''
    cat >call <<'END'
    {
      "cwd": "/",
      "hook_event_name": "PreToolUse",
      "tool_name": "Bash",
      "tool_input": { "command": "nix-env -iA x" }
    }
    END
    HOME=/homeless-shelter "$plugin/hooks/pre-tool-use" <call >answer
    grep -q '"permissionDecision":"deny"' answer
    ln -s "$plugin" $out
  '';

  # An unusual configuration builds, and the output contains no secret and no store path.
  odd = pkgs.runCommandLocal "odd" { inherit (odd.config.system.build) nixosIntelligence; } ''
    test -s "$nixosIntelligence/ann/CLAUDE.md" && test -s "$nixosIntelligence/bob/CLAUDE.md"
    private='swordfish41|${builtins.storeDir}/[0-9a-z]{32}-'
    if grep -rE "$private" "$nixosIntelligence"/*/; then exit 1; fi
    touch $out
  '';

  output = pkgs.callPackage ../test/nix/check-output.nix { inherit (host) output; };
}
