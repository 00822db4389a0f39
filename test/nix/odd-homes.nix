# Unusual home-manager configurations, in the form of `lib.runTests`, by evaluation alone.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.x86_64-linux;
  module = ../../nix/home-manager.nix;
  enabled = {
    programs.nixos-intelligence.enable = true;
  };

  home = homeWith pkgs;
  homeWith =
    pkgs: modules:
    home-manager.lib.homeManagerConfiguration {
      inherit pkgs;
      modules = [
        {
          home.username = "ann@corp.example";
          home.homeDirectory = "/home/ann";
          home.stateVersion = "25.05";
        }
      ]
      ++ modules;
    };

  host =
    modules:
    nixpkgs.lib.nixosSystem {
      modules = [
        ./hosts/base.nix
        home-manager.nixosModules.home-manager
        {
          users.users.cleo = {
            isNormalUser = true;
            name = "cleopatra";
            packages = [ pkgs.jq ];
          };
          home-manager.sharedModules = [ { home.stateVersion = "25.05"; } ];
          home-manager.users = {
            ann = { };
            bob.home.packages = [ pkgs.fzf ];
            cleo.home.packages = [ pkgs.fzf ];
          };
        }
      ]
      ++ modules;
    };
  some = {
    imports = [ ../../nix/nixos.nix ];
    programs.nixos-intelligence = {
      enable = true;
      users = [
        "ann"
        "cleo"
      ];
    };
  };

  evaluated = configuration: configuration.config.programs.nixos-intelligence.output.evaluated;
  evaluatedOf =
    system: user: system.config.programs.nixos-intelligence.users.${user}.output.evaluated;
  toplevel = system: system.config.system.build.toplevel.drvPath;
  evaluates = value: builtins.isString value;
in
lib.runTests {
  "test importing without enabling leaves a home's path unchanged" = {
    expr = (home [ module ]).activationPackage.drvPath;
    expected = (home [ ]).activationPackage.drvPath;
  };

  "test importing without enabling leaves a system's path unchanged, in its homes too" = {
    expr = toplevel (host [
      ../../nix/nixos.nix
      { home-manager.users.ann.imports = [ module ]; }
    ]);
    expected = toplevel (host [ ]);
  };

  "test home-manager may have users who are not among ours" = {
    expr = evaluates (toplevel (host [ some ]));
    expected = true;
  };

  "test a user whose name is not the key" = {
    expr =
      let
        found = evaluatedOf (host [ some ]) "cleo";
      in
      {
        inherit (found.user) name;
        packages = lib.intersectLists [ "fzf" "jq" ] (map (package: package.id) found.packages);
      };
    expected = {
      name = "cleopatra";
      packages = [ "fzf" "jq" ];
    };
  };

  "test a user who switched it off has no part in what is for all" = {
    expr =
      let
        system = host [
          some
          {
            home-manager.users.ann.programs.nixos-intelligence.enable = false;
            programs.nixos-intelligence.policies.managed = true;
          }
        ];
      in
      map evaluates [
        (toplevel system)
        system.config.system.build.nixosIntelligence.drvPath
      ];
    expected = [ true true ];
  };

  "test the home's module alone, below a system that has none" = {
    expr = evaluates (toplevel (host [
      {
        home-manager.users.cleo.imports = [
          module
          enabled
        ];
      }
    ]));
    expected = true;
  };

  "test a home's options come from its manual page, else from its own Nix, else not at all" = {
    expr =
      let
        # The nixpkgs of the tests may replace the page by an empty one.
        withPage = pkgs.extend (
          final: _: {
            runCommand =
              name: derivationArgs: command:
              final.runCommandWith {
                stdenv = final.stdenvNoCC;
                inherit name derivationArgs;
              } command;
          }
        );
        noPage.manual.manpages.enable = false;
        fileOf =
          pkgs: modules:
          let
            configuration = homeWith pkgs ([ module enabled ] ++ modules);
            inherit (configuration.config.programs.nixos-intelligence.output) optionDocs;
          in
          builtins.substring 44 (-1) (lib.head optionDocs).json;
      in
      [
        (fileOf withPage [ ])
        (fileOf pkgs [ noPage { nix.package = pkgs.nix; } ])
        (fileOf pkgs [
          noPage
          {
            nix.enable = false;
            nix.package = pkgs.nix;
          }
        ])
        (fileOf pkgs [ noPage ])
      ];
    expected = [
      "options.json/share/doc/nixos/options.json"
      "home-manager-options.json"
      ""
      ""
    ];
  };

  "test an abbreviation that a function expands has no commands" = {
    expr = map (alias: [ alias.name ] ++ alias.commands) (evaluated (home [
      module
      enabled
      {
        programs.fish = {
          enable = true;
          shellAbbrs.last = {
            function = "last_history_item";
            position = "anywhere";
          };
          shellAbbrs.gs = "git status";
        };
      }
    ])).aliases;
    expected = [ [ "gs" "git" ] [ "last" ] ];
  };

  "test files whose definition as a whole has an order" = {
    expr = evaluates (home [
      module
      enabled
      { home.file = lib.mkBefore { "notes".text = "notes"; }; }
    ]).activationPackage.drvPath;
    expected = true;
  };
}
