# All packages of a nixpkgs as a table, for look-ups: one derivation for each nixpkgs, shared by
# hosts and users. A package that cannot be evaluated is absent. Where nix-env fails, there is no
# table: an index without it is better than no rebuild.
{
  lib,
  runCommand,
  # The Nix that evaluates them.
  nix,
  # The command line, from ../package.nix.
  package,
  stdenv,
}:
{ nixpkgs }:
let
  inherit (import ../lib.nix { inherit lib; }) storePath;
in
runCommand "nixos-intelligence-nixpkgs"
  {
    nativeBuildInputs = [
      nix
      package
    ];
    preferLocalBuild = true;
    # What is marked as broken, insecure or unfree is to be listed with its mark.
    nixpkgsConfig = ''
      {
        allowAliases = false;
        allowBroken = true;
        allowInsecurePredicate = _: true;
        allowUnfree = true;
      }
    '';
  }
  ''
    # Without HOME an unsandboxed builder would create /homeless-shelter.
    export HOME=$TMPDIR NIX_STORE_DIR=$TMPDIR/store NIX_STATE_DIR=$TMPDIR/state
    mkdir "$out"
    if nix-env --query --available --attr-path --meta --json --readonly-mode \
      --file ${storePath nixpkgs} --argstr system ${stdenv.hostPlatform.system} \
      --arg config "$nixpkgsConfig" --arg overlays '[ ]' >"$TMPDIR/packages.json"
    then
      nixos-intelligence index-nixpkgs --in "$TMPDIR/packages.json" --out "$out/packages.tsv"
    else
      echo "nixos-intelligence: the packages of nixpkgs could not be evaluated" >&2
    fi
  ''
