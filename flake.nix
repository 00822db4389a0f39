{
  description = "Context for coding agents, compiled from the evaluated configuration";

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
      forAllSystems =
        function: lib.genAttrs systems (system: function nixpkgs.legacyPackages.${system});
    in
    {
      inherit (import ./.) nixosModules homeModules overlays;

      lib = {
        # { config, options, pkgs, lib, modulesPath, self ? null }: the arguments of a module
        systemEvidence = import ./nix/evidence/system.nix;
        homeEvidence = import ./nix/evidence/home.nix;
        # { system ? null, home ? null, user, flake } -> { evaluated; roots; services; }
        evidence = arguments: import ./nix/evidence ({ inherit lib; } // arguments);
      };

      packages = forAllSystems (pkgs: rec {
        nixos-intelligence = pkgs.callPackage ./nix/package.nix { };
        default = nixos-intelligence;
        options-doc =
          let
            inherit (import ./nix/options-doc.nix { inherit lib; }) markdown html;
          in
          pkgs.linkFarm "options-doc" {
            "options.md" = pkgs.writeText "options.md" markdown;
            "options.html" = pkgs.writeText "options.html" html;
          };
      });

      apps = forAllSystems (pkgs: rec {
        nixos-intelligence = {
          type = "app";
          program = lib.getExe self.packages.${pkgs.stdenv.hostPlatform.system}.default;
          meta.description = "Preview, snapshot and look up the context of coding agents";
        };
        default = nixos-intelligence;
      });

      checks = lib.genAttrs systems (
        system: import ./nix/checks.nix { inherit self nixpkgs system; }
      );

      templates = {
        nixos = {
          path = ./templates/nixos;
          description = "A NixOS host with context for coding agents";
        };
        home-manager = {
          path = ./templates/home-manager;
          description = "A home-manager configuration with context for coding agents";
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
