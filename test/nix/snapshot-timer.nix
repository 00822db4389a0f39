# The service that takes the snapshot, as a host and a home write it, for a folder of these words
# below the home.
{ nixpkgs, home-manager }:
folders:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.x86_64-linux;
  settings.programs.nixos-intelligence = {
    enable = true;
    snapshotTimer.enable = true;
    projects.folders = [ "~/src" ];
    snapshotTimer.folder = lib.concatStringsSep "/" ([ "%h" ] ++ folders);
  };

  host = nixpkgs.lib.nixosSystem {
    modules = [
      ./hosts/base.nix
      ../../nix/nixos.nix
      settings
      { programs.nixos-intelligence.users = [ "ann" ]; }
    ];
  };
  home = home-manager.lib.homeManagerConfiguration {
    inherit pkgs;
    modules = [
      ../../nix/home-manager.nix
      settings
      {
        home.username = "ann";
        home.homeDirectory = "/home/100% \"ann\"";
        home.stateVersion = "25.05";
      }
    ];
  };
  service = "nixos-intelligence-snapshot.service";
in
pkgs.linkFarm "snapshot-timers" {
  # Without the programs on its PATH, which are not needed and take long to build.
  host = pkgs.writeText service (
    lib.concatStringsSep "\n" (
      lib.filter (line: !lib.hasPrefix "Environment=" line) (
        lib.splitString "\n" host.config.systemd.user.units.${service}.text
      )
    )
  );
  home = home.config.xdg.configFile."systemd/user/${service}".source;
}
