# The versions of packages in a nixpkgs without overlays and overrides, as JSON by attribute.
# Evaluated in a builder, so that it costs the evaluation of a configuration nothing. What cannot be
# evaluated is absent.
{
  lib,
  runCommand,
  # The Nix that evaluates them.
  nix,
  stdenv,
}:
{ nixpkgs, names }:
let
  inherit (import ../lib.nix { inherit lib; }) storePath;
in
runCommand "plain-versions.json"
  {
    nativeBuildInputs = [ nix ];
    preferLocalBuild = true;
    expression = builtins.toFile "plain-versions.nix" ''
      { nixpkgs, system, names }:
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
        versionOf =
          name:
          let
            package = pkgs.''${name} or null;
            read = builtins.tryEval (
              if builtins.isAttrs package && package.pname or null == name then
                package.version or null
              else
                null
            );
          in
          if read.success && builtins.isString read.value then
            [ { inherit name; inherit (read) value; } ]
          else
            [ ];
      in
      builtins.listToAttrs (builtins.concatMap versionOf (builtins.fromJSON names))
    '';
    names = builtins.toJSON names;
  }
  ''
    # Without HOME an unsandboxed builder would create /homeless-shelter.
    export HOME=$TMPDIR NIX_STORE_DIR=$TMPDIR/store NIX_STATE_DIR=$TMPDIR/state
    if ! nix-instantiate --eval --json --strict --readonly-mode "$expression" \
      --arg nixpkgs ${storePath nixpkgs} --argstr system ${stdenv.hostPlatform.system} \
      --argstr names "$names" >"$out"
    then
      echo "nixos-intelligence: the versions of nixpkgs could not be evaluated" >&2
      echo '{}' >"$out"
    fi
  ''
