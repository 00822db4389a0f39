# The programs of the machine's snapshot for which nixpkgs has a package: a JSON list of names, each
# that of a package and of its main program. Evaluated in a builder, so that it costs the evaluation
# of a configuration nothing; a snapshot that cannot be read, or none, gives an empty list.
{
  lib,
  runCommand,
  # The Nix that evaluates them.
  nix,
  stdenv,
}:
{ nixpkgs, snapshots }:
let
  inherit (import ../lib.nix { inherit lib; }) storePath;
in
runCommand "command-packages.json"
  {
    nativeBuildInputs = [ nix ];
    preferLocalBuild = true;
    expression = builtins.toFile "command-packages.nix" ''
      { nixpkgs, system, machine }:
      let
        pkgs = import nixpkgs {
          inherit system;
          config = {
            allowUnfree = true;
            allowBroken = true;
            allowInsecurePredicate = _: true;
          };
          overlays = [ ];
        };
        isProvided =
          name:
          let
            package = pkgs.''${name} or null;
            read = builtins.tryEval (
              builtins.isAttrs package
              && package.type or null == "derivation"
              && package.meta.mainProgram or package.pname or null == name
            );
          in
          read.success && read.value;
      in
      builtins.filter isProvided (
        map (program: program.name) (builtins.fromJSON (builtins.readFile machine)).programs
      )
    '';
  }
  ''
    # Without HOME an unsandboxed builder would create /homeless-shelter.
    export HOME=$TMPDIR NIX_STORE_DIR=$TMPDIR/store NIX_STATE_DIR=$TMPDIR/state
    machine=${snapshots}/machine.json
    if ! [ -e "$machine" ]; then
      echo '[]' >"$out"
    elif ! nix-instantiate --eval --json --strict --readonly-mode "$expression" \
      --arg nixpkgs ${storePath nixpkgs} --argstr system ${stdenv.hostPlatform.system} \
      --argstr machine "$machine" >"$out"
    then
      echo "nixos-intelligence: no package could be found for the programs of the snapshot" >&2
      echo '[]' >"$out"
    fi
  ''
