# The programs of the machine's snapshot for which nixpkgs has a package: a JSON list of names, each
# that of a package and of its main program. Empty without a snapshot that can be read.
{ callPackage, nix }:
{ nixpkgs, snapshots }:
callPackage ./from-plain-nixpkgs.nix { inherit nix; } {
  name = "command-packages";
  what = "the packages for the programs of the snapshot";
  inherit nixpkgs;
  input = "${snapshots}/machine.json";
  otherwise = [ ];
  function = ''
    pkgs: machine:
    let
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
      programs =
        if builtins.pathExists machine then
          (builtins.fromJSON (builtins.readFile machine)).programs
        else
          [ ];
    in
    builtins.filter isProvided (map (program: program.name) programs)
  '';
}
