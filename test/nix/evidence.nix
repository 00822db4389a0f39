# Evaluation tests in the form of `lib.runTests`: names are sentences.
{ self, nixpkgs }:
let
  inherit (nixpkgs) lib;

  host =
    modules:
    nixpkgs.lib.nixosSystem {
      specialArgs = { inherit self; };
      modules = [ ./hosts/base.nix ] ++ modules;
    };
  module = self.nixosModules.default;
  enable = users: { programs.nixos-intelligence = { enable = true; inherit users; }; };

  plain = host [ ./hosts/tools.nix ];
  imported = host [
    ./hosts/tools.nix
    module
  ];
  tools = host [
    ./hosts/tools.nix
    module
    (enable [ "ann" ])
  ];
  more = host [
    ./hosts/tools.nix
    ./hosts/more.nix
    module
    (enable [ "ann" ])
    (enable { bob.budget.lines = 60; })
  ];
  hostile = host [
    ./hosts/hostile.nix
    module
    (enable [ "bob" ])
  ];
  odd = import ./odd.nix { inherit self nixpkgs; };
  with' =
    modules:
    host (
      modules
      ++ [
        module
        (enable [ "ann" "bob" ])
      ]
    );
  # In a source of its own, as the modules of a flake's inputs are.
  inputModule = builtins.path {
    name = "source";
    path = ./hosts/input;
  };
  input = with' [
    "${inputModule}/default.nix"
    ./hosts/input-user.nix
  ];

  outputOf = system: user: system.config.programs.nixos-intelligence.users.${user}.output;
  evaluated = system: user: (outputOf system user).evaluated;
  declared = system: user: lib.filter (package: !package.base) (evaluated system user).packages;
  names = system: user: map (package: package.id) (declared system user);
  package =
    system: user: id:
    lib.findFirst (candidate: candidate.id == id) null (evaluated system user).packages;
  files =
    system: user: id:
    map (declaration: declaration.file) (package system user id).declarations;
  # Name -> commands of each alias.
  aliases =
    system: user:
    lib.listToAttrs (
      map (alias: lib.nameValuePair alias.name alias.commands) (evaluated system user).aliases
    );
  failures =
    system:
    map (assertion: assertion.message) (
      lib.filter (assertion: !assertion.assertion) system.config.assertions
    );

  here = "test/nix/hosts";
in
{
  "test importing without enabling leaves the system's path unchanged" = {
    expr = imported.config.system.build.toplevel.drvPath;
    expected = plain.config.system.build.toplevel.drvPath;
  };

  "test every package of a list is there with its file" = {
    expr = map (id: {
      inherit id;
      declarations = (package tools "ann" id).declarations;
    }) [ "ripgrep" "just" ];
    expected = map (id: {
      inherit id;
      declarations = [
        {
          list = "environment.systemPackages";
          file = "${here}/tools.nix";
          by = null;
        }
      ];
    }) [ "ripgrep" "just" ];
  };

  "test a package that an enabled option brings belongs to that option" = {
    expr = map (id: (package tools "ann" id).declarations) [ "git" "docker" ];
    expected = map (by: [
      {
        list = "environment.systemPackages";
        file = "${here}/tools.nix";
        inherit by;
      }
    ]) [ "programs.git" "virtualisation.docker" ];
  };

  "test what NixOS adds by itself is base" = {
    expr = map (id: (package tools "ann" id).base) [ "coreutils" "ripgrep" ];
    expected = [ true false ];
  };

  "test a package says of itself what its meta says" = {
    expr = { inherit (package tools "ann" "ripgrep") name mainProgram licenses scopes; };
    expected = {
      name = "ripgrep";
      mainProgram = "rg";
      licenses = [ "MIT" ];
      scopes = [ "system" ];
    };
  };

  "test enabled options are those that the user's files set" = {
    expr = map (
      entry: [ entry.option ] ++ map (place: place.file) entry.places
    ) (evaluated tools "ann").options;
    expected = [
      [ "boot.loader.systemd-boot" "${here}/base.nix" ]
    ]
    ++ map (name: [ name "${here}/tools.nix" ]) [
      "programs.fish"
      "programs.git"
      "services.openssh"
      "virtualisation.docker"
    ];
  };

  "test a package declared twice is one package with both files" = {
    expr = files more "ann" "ripgrep";
    expected = [ "${here}/more.nix" "${here}/tools.nix" ];
  };

  "test conditions, merges, orders and plain store paths in lists are followed" = {
    expr = map (id: builtins.elem id (names more "ann")) [ "tree" "wget" "curl" "nmap" "htop" ];
    expected = [ true false true false true ];
  };

  "test each user has his own packages and nobody else's" = {
    expr =
      map
        (user: map (id: builtins.elem id (names more user)) [ "fzf" "greet" "cmatrix" "ripgrep" ])
        [ "ann" "bob" ];
    expected = [ [ true true false true ] [ false false true true ] ];
  };

  "test packages of users are found also where the module system does not tell their places" = {
    expr =
      let
        inherit (more) config options pkgs;
        system = import ../../nix/evidence/system.nix {
          inherit config pkgs lib;
          modulesPath = "${nixpkgs}/nixos/modules";
          options = options // {
            users = options.users // {
              users = removeAttrs options.users.users [ "valueMeta" ];
            };
          };
          inherit self;
        };
      in
      map (entry: [
        (lib.getName entry.package)
        entry.declaration.file
      ]) (system.userEntries "ann");
    expected = [
      [ "fzf" "${here}/more.nix" ]
      [ "greet" "${here}/more.nix" ]
    ];
  };

  "test of an alias only command names are told" = {
    expr = aliases more "ann";
    expected = {
      ls = [ "eza" ];
      deploy = [ "sudo" "ssh" "tee" "jq" "which" ];
      tricky = [ "cd" "make" "grep" "true" ];
      document = [ ];
      gs = [ "git" ];
    };
  };

  "test users are a list of names, an attribute set, or both" = {
    expr = lib.attrNames more.config.programs.nixos-intelligence.users;
    expected = [ "ann" "bob" ];
  };

  "test options and packages that throw are left out, counted, and stop nothing" = {
    expr = {
      options = map (entry: entry.option) (evaluated hostile "bob").options;
      packages = map (id: (package hostile "bob" id).description or "absent") [
        "jq"
        "unwell"
        "hello"
      ];
      skipped = map (entry: entry.what) (evaluated hostile "bob").skipped;
    };
    expected = {
      options = [ "boot.loader.systemd-boot" "services.cron" ];
      packages = [ "Lightweight and flexible command-line JSON processor" null "absent" ];
      skipped = [ "a package" "services.throwing" ];
    };
  };

  "test what has a path but no name, and what has odd names, is a package all the same" = {
    expr = lib.filter (name: lib.stringLength name < 100 && name != "nixos-intelligence") (
      names odd "ann"
    );
    expected = [ "__proto__" "constructor" "fd" "fzf" "gh" "jq" "source" "tree" ];
  };

  "test an element that throws is counted and the others stay" = {
    expr = map (entry: entry.what) (evaluated odd "ann").skipped;
    expected = [ "a package" ];
  };

  "test the build depends on nothing that it cannot depend on" = {
    expr = map (id: map builtins.hasContext (outputOf odd "ann").roots.${id}) [
      "tree"
      "source"
      "fd"
    ];
    expected = [ [ ] [ true ] [ true ] ];
  };

  "test a user without a shell, and one whose name is not the key" = {
    expr = map (user: { inherit ((evaluated odd user).user) name shell; }) [ "ann" "bob" ];
    expected = [
      { name = "ann"; shell = null; }
      { name = "robert"; shell = "bash"; }
    ];
  };

  "test the unit that links runs as the user, whatever the key" = {
    expr = odd.config.systemd.services.nixos-intelligence-bob.serviceConfig.User;
    expected = "robert";
  };

  "test files are generated where a definition as a whole has an order" = {
    expr = lib.any (file: file.target == "/etc/odd") (outputOf odd "ann").policies.generated;
    expected = true;
  };

  "test an alias whose text cannot be read for sure tells nothing" = {
    expr = lib.filterAttrs (_: commands: commands != [ ]) (aliases odd "ann");
    expected = {
      plain = [ "git" "grep" "make" "ls" ];
      address = [ "curl" ];
    };
  };

  "test of MCP servers the names and types are told, and one that throws hides no other" = {
    expr = map ({ name, type, ... }: "${name}: ${type}") (evaluated odd "ann").mcpServers;
    expected = [ "broken: unknown" "local: stdio" "remote: http" "text: unknown" ];
  };

  "test nothing of what is secret is in what is handed to the build" = {
    expr = lib.hasInfix "swordfish41" (
      builtins.unsafeDiscardStringContext (builtins.toJSON (evaluated odd "ann"))
    );
    expected = false;
  };

  "test a user who does not exist is an error that names the option" = {
    expr = failures (host [ module (enable [ "nobody-here" ]) ]);
    expected = [
      ''
        The option `programs.nixos-intelligence.users' has "nobody-here", which is not a user.
        Declare `users.users."nobody-here"', or correct the name.
      ''
    ];
  };

  "test a snapshot folder that is not there is no error" = {
    expr =
      let
        system = host [ module (enable { ann.snapshots = ./hosts/no-such-folder; }) ];
      in
      [ (failures system) (system.config.programs.nixos-intelligence.users.ann.output ? drvPath) ];
    expected = [ [ ] true ];
  };

  "test a snapshot folder is read whatever way it is written, and a file or a link is none" =
    let
      snapshots =
        folder:
        (outputOf (host [
          module
          (enable { ann.snapshots = folder; })
        ]) "ann").snapshots;
    in
    {
      expr = {
        slash = snapshots "${self}/test/nix/snapshots/" == snapshots ./snapshots;
        file = snapshots ./evidence.nix;
        link = snapshots ./hosts/linked-snapshots;
        # Not looked into before it is built.
        built = lib.hasSuffix "-built" (snapshots (derivation {
          name = "built";
          inherit (plain.pkgs.stdenv.hostPlatform) system;
          builder = "/none";
        }));
      };
      expected = {
        slash = true;
        file = "";
        link = "";
        built = true;
      };
    };

  "test a snapshot folder given as text is an error that says what to write" = {
    expr = failures (host [ module (enable { ann.snapshots = "/home/ann/snapshots"; }) ]);
    expected = [
      ''
        The option `programs.nixos-intelligence.users.ann.snapshots' is a string:
        "/home/ann/snapshots". A pure evaluation cannot read that folder.
        Write a path relative to the file that sets it (./intelligence/me), or use a flake input.
      ''
    ];
  };

  "test the rebuild command takes the checkout from nh's option or from its variables" = {
    expr = map (module: (evaluated (with' [ module ]) "ann").flake.checkout) [
      { }
      { programs.nh.flake = "/home/ann/config"; }
      { environment.sessionVariables.NH_FLAKE = "/home/ann/flake"; }
      { environment.variables.NH_OS_FLAKE = "/home/ann/os"; }
      { environment.variables.NH_FLAKE = "github:ann/config"; }
    ];
    expected = [ null "/home/ann/config" "/home/ann/flake" "/home/ann/os" null ];
  };

  "test the rebuild command has a name that the flake has" = {
    expr =
      map
        (
          names:
          (evaluated (with' [
            {
              programs.nixos-intelligence.flake.self = self // {
                nixosConfigurations = lib.genAttrs names (_: throw "not to be evaluated");
              };
            }
          ]) "ann").flake.attribute
        )
        [
          [ "box" "other" ]
          [ "only" ]
          [ "one" "other" ]
          [ ]
        ];
    expected = [ "box" "only" null null ];
  };

  "test a rebuild is run as root by what the host enables" = {
    expr = map (security: (evaluated (with' [ { inherit security; } ]) "ann").flake.elevate) [
      { }
      { sudo.enable = false; }
      {
        sudo.enable = false;
        doas.enable = true;
      }
      {
        sudo.enable = false;
        sudo-rs.enable = true;
      }
    ];
    expected = [ "sudo" null "doas" "sudo" ];
  };

  "test a login shell has the name of its program" = {
    expr = map (shell: (evaluated (with' [ shell ]) "bob").user.shell) [
      ({ pkgs, ... }: { users.users.bob.shell = pkgs.bash; })
      (
        { pkgs, ... }:
        {
          users.users.bob.shell = pkgs.bash // {
            shellPath = "/bin/nologin";
            meta.mainProgram = "su";
          };
        }
      )
    ];
    expected = [ "bash" "nologin" ];
  };

  "test what a module of another flake adds belongs to the user's file that enables it" = {
    expr = {
      package = (package input "ann" "hello").declarations;
      options = map (entry: {
        inherit (entry) option;
        by = entry.by or null;
        files = map (place: place.file) entry.places;
      }) (evaluated input "ann").options;
    };
    expected = {
      package = [
        {
          list = "environment.systemPackages";
          file = "${here}/input-user.nix";
          by = "input";
        }
      ];
      options = [
        {
          option = "boot.loader.systemd-boot";
          by = null;
          files = [ "${here}/base.nix" ];
        }
        {
          option = "input";
          by = null;
          files = [ "${here}/input-user.nix" ];
        }
        {
          option = "input.extra";
          by = null;
          files = [ "${here}/input-user.nix" ];
        }
        {
          option = "services.cron";
          by = "input";
          files = [ "${here}/input-user.nix" ];
        }
      ];
    };
  };

  "test a package of another flake's module that nobody enables is not the user's" = {
    expr = (package (with' [ "${inputModule}/version.nix" ]) "ann" "hello").base;
    expected = true;
  };

  "test what is enabled in a submodule is enabled, and a specialisation repeats nothing" =
    let
      inherit (evaluated (with' [ ./hosts/submodule.nix ]) "ann") options settings;
    in
    {
      expr = {
        enabled = lib.filter (lib.hasPrefix "player") (map (entry: entry.option) options);
        repeated = lib.filter (lib.hasPrefix "specialisation.") (
          map (entry: entry.option) settings
        );
      };
      expected = {
        enabled = [ "player" "player.session" ];
        repeated = [ ];
      };
    };

  "test keys of attribute sets are listed, but no addresses and nothing like a token" = {
    expr =
      lib.filter
        # The nix world's own module sets one for fish.
        (name: lib.hasInfix "\"" name && !(lib.hasInfix "fish/" name))
        (
          map (entry: entry.option)
            (evaluated (with' [
              {
                boot.kernel.sysctl."vm.swappiness" = 10;
                environment.etc."my/file.conf".text = "x";
                environment.etc."ann@example.org".text = "x";
                environment.variables."9f8a7b6c5d4e3f2a1b0c9d8e7f" = "x";
                networking.hosts."10.1.2.3" = [ "x" ];
                networking.hosts."fe80::1" = [ "x" ];
                services.nginx.enable = true;
                services.nginx.virtualHosts."shop.example.org".root = "/x";
                services.nginx.virtualHosts."db01.prod.corp.internal".root = "/x";
              }
            ]) "ann").settings
        );
    expected = [
      "boot.kernel.sysctl.\"vm.swappiness\""
      "environment.etc.\"my/file.conf\""
      "environment.etc.\"my/file.conf\".text"
      "fileSystems.\"/\""
      "fileSystems.\"/\".device"
      "fileSystems.\"/\".fsType"
    ];
  };
}
