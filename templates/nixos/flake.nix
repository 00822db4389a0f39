{
  description = "A NixOS host with context for coding agents";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixos-intelligence.url = "github:nixos-intelligence/nixos-intelligence";
    nixos-intelligence.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.laptop = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./configuration.nix
          ./packages.nix
          ./intelligence.nix
        ];
      };
    };
}
