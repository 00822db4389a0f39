{
  description = "Makes a coding agent know the machine it works on: context compiled from the evaluated configuration";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ];
      forAllSystems = function: lib.genAttrs systems (system: function nixpkgs.legacyPackages.${system});
      package = pkgs: pkgs.callPackage ./nix/package.nix { flakeSource = self.outPath; };
    in
    {
      # As paths: the module system then knows the modules' files, and imports each only once.
      nixosModules.default = ./nix/nixos.nix;
      homeModules.default = ./nix/home-manager.nix;

      lib = import ./nix/lib.nix { inherit lib; };

      overlays.default = final: _: { nixos-intelligence = final.callPackage ./nix/package.nix { }; };

      packages = forAllSystems (pkgs: rec {
        nixos-intelligence = package pkgs;
        default = nixos-intelligence;
        options-doc = pkgs.writeText "options.md" (import ./nix/options-doc.nix { inherit lib; });
      });

      apps = forAllSystems (pkgs: rec {
        nixos-intelligence = {
          type = "app";
          program = lib.getExe (package pkgs);
          meta.description = "Preview, snapshot and look up what a coding agent is told about this machine";
        };
        default = nixos-intelligence;
      });

      checks = lib.genAttrs systems (system: import ./nix/checks.nix { inherit self nixpkgs system; });

      templates = {
        nixos = {
          path = ./templates/nixos;
          description = "A NixOS host whose coding agents know it";
        };
        home-manager = {
          path = ./templates/home-manager;
          description = "A home-manager configuration whose coding agents know it";
        };
        default = self.templates.nixos;
      };

      formatter = forAllSystems (pkgs: pkgs.nixfmt-tree or pkgs.nixfmt);

      devShells = forAllSystems (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.nodejs
            pkgs.nixfmt
            pkgs.deadnix
            pkgs.statix
            pkgs.shellcheck
          ];
        };
      });
    };
}
