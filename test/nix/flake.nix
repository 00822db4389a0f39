{
  description = "Configurations that the tests build and activate";

  # Overridden by the tests with what the machine has (flake:nixpkgs, flake:home-manager).
  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";
    home-manager.url = "github:nix-community/home-manager";
    home-manager.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, home-manager, ... }:
    let
      inherit (nixpkgs) lib;
      linking = import ./linking.nix { inherit nixpkgs home-manager; };
    in
    {
      inherit (linking) homes hosts real;
      declared = import ./declared.nix { inherit nixpkgs home-manager; };
      oddConfigurations = import ./odd-configurations.nix { inherit nixpkgs home-manager; };
      oddHomes = import ./odd-homes.nix { inherit nixpkgs home-manager; };
      snapshotTimer = import ./snapshot-timer.nix { inherit nixpkgs home-manager; } (
        # What stands in a unit file for something else, or ends a word in it or in a shell.
        lib.importJSON ./snapshot-timer.json
      );
      captureHome = import ./capture-home.nix { inherit nixpkgs home-manager; };
      packages = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
        system: { linking = linking.farm system; }
      );
    };
}
