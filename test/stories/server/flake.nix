{
  description = "A server without a desktop";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    nixos-intelligence.url = "github:nixos-intelligence/nixos-intelligence";
    nixos-intelligence.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { nixpkgs, ... }@inputs:
    {
      nixosConfigurations.harbor = nixpkgs.lib.nixosSystem {
        specialArgs = { inherit inputs; };
        modules = [
          ./hosts/harbor.nix
          ./modules/packages.nix
          ./modules/web.nix
          ./modules/databases.nix
          ./modules/backup.nix
          ./modules/agents.nix
        ];
      };
    };
}
