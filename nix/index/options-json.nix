# The options of NixOS or home-manager as JSON: one derivation for each source of them, shared by
# hosts and users. Where its evaluation fails, the file is empty: an index without them is better
# than no rebuild.
{
  lib,
  runCommand,
  # The Nix that evaluates them.
  nix,
  stdenv,
}:
{
  kind,
  nixpkgs,
  homeManager ? null,
}:
let
  inherit (import ../lib.nix { inherit lib; }) storePath;
  homeArgument = lib.optionalString (
    homeManager != null
  ) "--arg homeManager ${storePath homeManager}";
in
runCommand "${kind}-options.json"
  {
    nativeBuildInputs = [ nix ];
    preferLocalBuild = true;
    expression = ./evaluate-options.nix;
  }
  ''
    # Without HOME an unsandboxed builder would create /homeless-shelter.
    export HOME=$TMPDIR NIX_STORE_DIR=$TMPDIR/store NIX_STATE_DIR=$TMPDIR/state
    if ! nix-instantiate --eval --json --strict --readonly-mode "$expression" \
      --argstr kind ${kind} --argstr system ${stdenv.hostPlatform.system} \
      --arg nixpkgs ${storePath nixpkgs} \
      ${homeArgument} >"$out"
    then
      echo "nixos-intelligence: the options of ${kind} could not be evaluated" >&2
      echo '{}' >"$out"
    fi
  ''
