# An unusual host.
{ self, nixpkgs }:
nixpkgs.lib.nixosSystem {
  specialArgs = {
    # Not the flake, but something of the same name.
    self.modules = [ ];
    inputs = { inherit nixpkgs; };
  };
  modules = [
    ./hosts/base.nix
    ./hosts/odd.nix
    self.nixosModules.default
    (
      { pkgs, ... }:
      {
        programs.nixos-intelligence = {
          enable = true;
          users.bob = { };
          # Built, and with more in it than is looked for.
          users.ann.snapshots = pkgs.runCommand "snapshots" { } ''
            mkdir -p $out/folder.json
            ln -s nowhere $out/git-history.json
            echo '{ "schemaVersion": ' >$out/shell-history.json
          '';
        };
      }
    )
  ];
}
