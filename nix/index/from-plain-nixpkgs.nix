# What a function finds in a nixpkgs without overlays, which refuses no package, as JSON. Evaluated
# in a builder, so that it costs the evaluation of a configuration nothing. Where that fails, the
# file has `otherwise`: an index without it is better than no rebuild.
{
  lib,
  runCommand,
  # The Nix that evaluates it.
  nix,
  stdenv,
}:
{
  name,
  # Its subject, for the message of a failure.
  what,
  nixpkgs,
  # The Nix text of a function of the packages and of `input`.
  function,
  # A string.
  input,
  otherwise,
}:
let
  inherit (import ../lib.nix { inherit lib; }) storePath;
in
runCommand "${name}.json"
  {
    nativeBuildInputs = [ nix ];
    preferLocalBuild = true;
    inherit input;
    otherwise = builtins.toJSON otherwise;
    expression = builtins.toFile "${name}.nix" ''
      { nixpkgs, system, input }:
      (${function})
        (import nixpkgs {
          inherit system;
          config = {
            allowUnfree = true;
            allowBroken = true;
            allowInsecurePredicate = _: true;
          };
          overlays = [ ];
        })
        input
    '';
  }
  ''
    # Without HOME an unsandboxed builder would create /homeless-shelter.
    export HOME=$TMPDIR NIX_STORE_DIR=$TMPDIR/store NIX_STATE_DIR=$TMPDIR/state
    if ! nix-instantiate --eval --json --strict --readonly-mode "$expression" \
      --arg nixpkgs ${storePath nixpkgs} --argstr system ${stdenv.hostPlatform.system} \
      --argstr input "$input" >"$out"
    then
      echo "nixos-intelligence: ${what} could not be evaluated" >&2
      printf '%s\n' "$otherwise" >"$out"
    fi
  ''
