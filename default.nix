# What the flake exports without an input, for configurations without flakes:
# `imports = [ (import sources.nixos-intelligence).nixosModules.default ];`
{
  # As paths, so that the module system knows the files and imports each only once.
  nixosModules.default = ./nix/nixos.nix;
  homeModules.default = ./nix/home-manager.nix;

  overlays.default = final: _: {
    nixos-intelligence = final.callPackage ./nix/package.nix { };
  };
}
