# The versions of packages in a nixpkgs without overlays and overrides, as JSON by attribute. What
# cannot be evaluated is absent.
{ callPackage, nix }:
{ nixpkgs, names }:
callPackage ./from-plain-nixpkgs.nix { inherit nix; } {
  name = "plain-versions";
  what = "the versions of nixpkgs";
  inherit nixpkgs;
  input = builtins.toJSON names;
  otherwise = { };
  function = ''
    pkgs: names:
    let
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
}
