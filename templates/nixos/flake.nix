{
  description = "A NixOS host whose coding agents know it";

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
