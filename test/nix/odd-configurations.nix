# Configurations that evaluate, although something in them throws, aborts, recurses, has a wrong
# type or is not UTF-8: nothing else reads it. With the module they evaluate and build as well.
# `named`: what cannot be caught, with the words of the message that show where it is.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  inherit (lib) mkOption types;
  pkgs = nixpkgs.legacyPackages.x86_64-linux;

  # A byte that no UTF-8 text has at its place.
  byte = builtins.substring 0 1 "é";
  latin1 = "caf${byte} au lait";
  itself = [ itself ];
  nothing = abort "forced";
  recursion = recursion;

  home =
    { modules, arguments, ... }:
    (home-manager.lib.homeManagerConfiguration {
      inherit pkgs;
      extraSpecialArgs = arguments;
      modules = [
        {
          home.username = "ann";
          home.homeDirectory = "/home/ann";
          home.stateVersion = "25.05";
        }
      ]
      ++ modules;
    }).config;
  host =
    { modules, arguments, ... }:
    (nixpkgs.lib.nixosSystem {
      specialArgs = arguments;
      modules = [ ./hosts/base.nix ] ++ modules;
    }).config;

  row =
    {
      isHost ? false,
      arguments ? { },
      modules,
      # Options of the module.
      settings ? { },
    }:
    rec {
      configuration =
        modules: (if isHost then host else home) { inherit arguments modules; };
      path =
        config:
        (if isHost then config.system.build.toplevel else config.home.activationPackage).drvPath;
      with' = configuration (
        modules
        ++ [
          (if isHost then ../../nix/nixos.nix else ../../nix/home-manager.nix)
          {
            programs.nixos-intelligence = {
              enable = true;
            }
            // lib.optionalAttrs isHost { users.ann = { }; }
            // settings;
          }
        ]
      );
      withoutPath = path (configuration modules);
      withPath = path with';
      output = with'.programs.nixos-intelligence.${if isHost then "users" else "output"};
      outputs = if isHost then [ output.ann.output ] else [ output ];
    };

  inHome = modules: row { modules = lib.toList modules; };
  onHost =
    modules:
    row {
      isHost = true;
      modules = lib.toList modules;
    };
  set =
    settings:
    row {
      modules = [ ];
      inherit settings;
    };
  package = attributes: inHome { home.packages = [ (pkgs.jq // attributes) ]; };
  meta = attributes: package { meta = pkgs.jq.meta // attributes; };
  # A module with options below `programs.mine`, which is enabled.
  mine =
    options: definitions:
    inHome {
      options.programs.mine = {
        enable = lib.mkEnableOption "mine";
      }
      // options;
      config.programs.mine = {
        enable = true;
      }
      // definitions;
    };
  option = type: attributes: mkOption ({ inherit type; } // attributes);
  selfIs =
    self:
    row {
      modules = [ ];
      arguments = { inherit self; };
    };
in
rec {
  # Name -> [ whether it evaluates without the module, and with it ]. An `abort` ends this, and the
  # trace has the name.
  evaluated = lib.mapAttrs (
    name: row:
    map
      (path: builtins.addErrorContext "in the row `${name}'" (builtins.tryEval path).success)
      [
        row.withoutPath
        row.withPath
      ]
  ) rows;
  # A file with the outputs of all.
  outputs = pkgs.writeText "outputs" (
    lib.concatMapStrings (row: lib.concatMapStrings (output: "${output}\n") row.outputs) (
      lib.attrValues rows
    )
  );

  rows = {
    "description: not UTF-8" = meta { description = latin1; };
    "description: a cut character" = meta { description = builtins.substring 0 2 "–"; };
    "description: only invalid bytes" = meta { description = "${byte}${byte}${byte}"; };
    "description: other scripts" = meta { description = "Ünïcödé – 日本 😀 Кириллица"; };
    "description: long, in another script" = meta {
      description = lib.strings.replicate 20000 "я";
    };
    "description: throws" = meta { description = throw "no"; };
    "description: a list" = meta { description = [ "a" ]; };
    "description: a list that contains itself" = meta { description = itself; };
    "description: a function" = meta { description = x: x; };
    "description: a number" = meta { description = 5; };
    "meta: null" = package { meta = null; };
    "meta: a number" = package { meta = 5; };
    "meta: a function" = package { meta = x: x; };
    "license: a list that contains itself" = meta { license = itself; };
    "license: a set that contains itself" = meta {
      license =
        let
          license = {
            shortName = license;
          };
        in
        license;
    };
    "license: a function" = meta { license = x: x; };
    "license: throws" = meta { license = throw "no"; };
    "license: an element throws" = meta { license = [ lib.licenses.mit (throw "no") ]; };
    "license: not UTF-8" = meta { license = latin1; };
    "license: a name that is not UTF-8" = meta { license.fullName = latin1; };
    "license: nested lists" = meta { license = [ [ lib.licenses.mit [ [ "x" ] ] ] ]; };
    "homepage: an empty list" = meta { homepage = [ ]; };
    "homepage: a list that contains itself" = meta { homepage = itself; };
    "homepage: not UTF-8" = meta { homepage = latin1; };
    "mainProgram: a number" = meta { mainProgram = 5; };
    "mainProgram: not UTF-8" = meta { mainProgram = latin1; };
    "name: empty" = package {
      name = "";
      pname = null;
    };
    "name and pname: empty" = package {
      name = "";
      pname = "";
    };
    "name: not UTF-8" = package {
      name = latin1;
      pname = null;
    };
    "pname: not UTF-8" = package { pname = latin1; };
    "pname: throws" = package { pname = throw "no"; };
    "pname: a set" = package { pname = { }; };
    "version: a number" = package { version = 5; };
    "version: a list that contains itself" = package { version = itself; };
    "version: not UTF-8" = package { version = latin1; };
    "version: throws" = package { version = throw "no"; };
    "package: contains itself" = package { passthru = pkgs.jq // { inherit pkgs; }; };
    "package: an attribute aborts" = package { tests = nothing; };

    "option: its default aborts" = mine { x = option types.str { default = nothing; }; } { };
    "option: its default recurses" = mine { x = option types.bool { default = recursion; }; } { };
    "option: its default has a wrong type" = mine { x = option types.bool { default = "x"; }; } { };
    "option: its description aborts" =
      mine { x = option types.bool { description = nothing; }; } { x = true; };
    "option: its example aborts" =
      mine { x = option types.bool { example = nothing; }; } { x = true; };
    "option: a boolean throws" = mine { x = option types.bool { }; } { x = throw "no"; };
    "option: of a wrong type" = mine { x = option types.bool { }; } { x = "x"; };
    "option: an enumeration that is not UTF-8" =
      mine { x = option (types.enum [ latin1 ]) { }; } { x = latin1; };
    "option: a list that contains itself" =
      mine { x = option (types.listOf types.raw) { }; } { x = itself; };
    "option: a submodule with what aborts" =
      mine
        {
          x = option (types.attrsOf (types.submodule {
            options.y = option types.str { default = nothing; };
            options.z = option types.str { };
          })) { };
        }
        {
          x.a.z = throw "no";
        };
    "option: a key that is not UTF-8" =
      mine { x = option (types.attrsOf types.str) { }; } { x.${latin1} = "x"; };
    "option: without a type" = mine { x = mkOption { }; } { x = { }; };
    "option: its name is not UTF-8" =
      mine { ${latin1} = option types.bool { }; } { ${latin1} = true; };
    "option: its name has quotes and dots" =
      mine { "a.b\"c" = option types.bool { }; } { "a.b\"c" = true; };
    "option: visible throws" =
      mine { x = option types.bool { visible = throw "no"; }; } { x = true; };
    "option: its package aborts" = mine {
      package = option types.package { default = nothing; }; } {
    };
    "option: its settings abort" = mine {
      settings = option types.attrs { default = nothing; }; } {
    };
    "option: its servers abort" = mine {
      mcpServers = option types.attrs { default = nothing; }; } {
    };
    "option: its servers throw" =
      mine { mcpServers = option types.raw { }; } { mcpServers = throw "no"; };
    "option: a server throws" =
      mine { mcpServers = option types.raw { }; } {
        mcpServers.${latin1} = throw "no";
      };
    "enable: its description aborts" = inHome {
      options.programs.mine.enable = option types.bool { description = nothing; };
      config.programs.mine.enable = true;
    };
    "enable: its description is not UTF-8" = inHome {
      options.programs.mine.enable = option types.bool { description = latin1; };
      config.programs.mine.enable = true;
    };
    "enable: its default aborts" = inHome {
      options.programs.mine.enable = option types.bool { default = nothing; };
    };
    "enable: its default recurses" = inHome {
      options.programs.mine.enable = option types.bool { default = recursion; };
    };
    "enable: throws" = inHome {
      options.programs.mine.enable = option types.bool { };
      config.programs.mine.enable = throw "no";
    };
    "enable: hidden, and aborts" = inHome {
      options.programs.mine.enable = option types.bool {
        visible = false;
        apply = _: nothing;
      };
      config.programs.mine.enable = true;
    };
    "enable: a text" = inHome {
      options.programs.mine.enable = option types.raw { };
      config.programs.mine.enable = "yes";
    };

    "alias: its name is not UTF-8" = inHome {
      programs.fish.enable = true;
      programs.fish.shellAliases.${latin1} = "ls";
    };
    "alias: its text is not UTF-8" = inHome {
      programs.bash.enable = true;
      home.shellAliases.x = "ls ${latin1}";
    };
    "alias: aborts in a shell that is off" = inHome { programs.zsh.shellAliases.x = nothing; };
    "alias: aborts where no shell is on" = inHome { home.shellAliases.x = nothing; };
    "alias: very long" = inHome {
      programs.bash.enable = true;
      home.shellAliases.x = lib.strings.replicate 20000 "a && b ";
    };
    "abbreviation: has a function" = inHome {
      programs.fish.enable = true;
      programs.fish.shellAbbrs.x.function = "f";
    };

    "file: its name is not UTF-8" = inHome {
      xdg.configFile.${latin1}.source = ./flake.nix;
    };
    "file: off, and its text throws" = inHome {
      home.file.".claude/CLAUDE.md" = {
        enable = false;
        text = throw "no";
      };
    };
    "session variable: not UTF-8" = inHome { home.sessionVariables.X = latin1; };

    "self: a text" = selfIs "x";
    "self: a number" = selfIs 5;
    "self: throws" = selfIs (throw "no");
    "self: a set without a path" = selfIs { modules = [ ]; };
    "self: a path that does not exist" = selfIs "/nix/store/00000000000000000000000000000000-x";
    "self: a set whose path throws" = selfIs { outPath = throw "no"; };
    "inputs: throw" = row {
      modules = [ ];
      arguments.inputs = throw "no";
    };

    "flake.path: not UTF-8" = set { flake.path = "/home/ann/${latin1}"; };
    "flake.attribute: not UTF-8" = set { flake.attribute = latin1; };
    "rebuildCommand: not UTF-8" = set { rebuildCommand = "./${latin1}"; };
    "policies: a text that is not UTF-8" = set { policies.text = "Never ${latin1}.\n"; };
    "policies: a rule that is not UTF-8" = set {
      policies.rules.${latin1} = {
        command = latin1;
        decision = "ask";
        reason = latin1;
      };
    };

    "host: a message of the day is not UTF-8" = onHost { users.motd = latin1; };
    "host: the name of a file in /etc is not UTF-8" = onHost {
      environment.etc.${latin1}.text = "";
    };
    "host: an alias is not UTF-8" = onHost { environment.shellAliases.${latin1} = latin1; };
    "host: without Nix" = onHost { nix.enable = false; };
    "host: a container" = onHost { boot.isContainer = true; };
    "host: a service with a package that aborts" = onHost {
      options.services.mine = {
        enable = lib.mkEnableOption "mine";
        package = option types.package { default = nothing; };
      };
      config.services.mine.enable = true;
    };
    "host: the license of a package contains itself" = onHost {
      environment.systemPackages = [ (pkgs.jq // { meta.license = itself; }) ];
    };
    # Keys that are absent because of their conditions, of every kind of type.
    "host: conditions of keys are false" = onHost {
      environment.shellAliases.off = lib.mkIf false "ls";
      environment.variables.OFF = lib.mkIf false "x";
      environment.etc."off.conf" = lib.mkIf false { text = ""; };
      system.activationScripts.off = lib.mkIf false "true";
      systemd.services.off = lib.mkIf false { script = "true"; };
      boot.kernel.sysctl."vm.swappiness" = lib.mkIf false 10;
      users.users.off = lib.mkIf false { isNormalUser = true; };
      nix.settings.keep-outputs = lib.mkIf false true;
      networking.firewall.interfaces.eth0 = lib.mkIf false { allowedTCPPorts = [ 22 ]; };
      services.openssh.settings.X11Forwarding = lib.mkIf false true;
      fileSystems."/off" = lib.mkIf false { device = "/dev/x"; };
    };
    "home: conditions of keys are false" = inHome {
      home.file.off = lib.mkIf false { text = ""; };
      home.sessionVariables.OFF = lib.mkIf false "x";
      home.shellAliases.off = lib.mkIf false "ls";
      programs.fish.enable = true;
      programs.fish.functions.off = lib.mkIf false "ls";
      systemd.user.services.off = lib.mkIf false { Unit.Description = "off"; };
      xdg.configFile.off = lib.mkIf false { text = ""; };
      programs.git.enable = true;
      programs.git.extraConfig = lib.mkIf false { a.b = "c"; };
    };
    # Looking into it would evaluate parts that nothing else needs.
    "host: variants of the configuration" = onHost {
      virtualisation.vmVariant = {
        virtualisation.memorySize = 2048;
        services.openssh.enable = lib.mkForce false;
        virtualisation.efi.OVMF = lib.mkForce nothing;
      };
      specialisation.other.configuration.services.openssh.enable = true;
    };
    # What is built of the whole system is built of our output too.
    "host: a part of system.build is made of the system" = onHost (
      { config, pkgs, ... }:
      {
        system.build.mine = pkgs.writeText "mine" "${config.system.build.toplevel}";
      }
    );
    "host: a part of system.build is another one" = onHost (
      { config, lib, ... }:
      {
        system.build.mine = { inherit (config.system.build) toplevel; };
      }
    );
    "option: one in a submodule aborts" =
      mine
        {
          x = option (types.attrsOf (types.submodule {
            options.y = option types.str { };
          })) { };
        }
        {
          x.a.y = nothing;
        };
    "file: off, and its text aborts" = inHome {
      home.file.".claude/CLAUDE.md" = {
        enable = false;
        text = nothing;
      };
    };
    # Our own output in files and commands of the configuration.
    "host: files and a service with the output" = onHost (
      { config, pkgs, ... }:
      let
        output = config.programs.nixos-intelligence.users.ann.output or pkgs.jq;
      in
      {
        environment.etc.mine.source = "${output}/CLAUDE.md";
        systemd.services.mine.serviceConfig.ExecStart = "${pkgs.coreutils}/bin/cat ${output}";
      }
    );
    "home: files with the output" = inHome (
      { config, pkgs, ... }:
      let
        output = config.programs.nixos-intelligence.output or pkgs.jq;
      in
      {
        home.file.mine.source = "${output}/AGENTS.md";
        xdg.configFile.mine.source = "${output}/AGENTS.md";
      }
    );
    "host: a submodule as a function" = onHost {
      users.users.ann =
        { config, lib, ... }:
        {
          description = lib.mkIf (config.name == "ann") "Ann";
        };
      systemd.services.mine = lib.mkMerge [
        { script = "true"; }
        (lib.mkIf false { enable = false; })
      ];
    };
    "host: a user whose name has an at sign" = onHost { users.users.ann.name = "ann@corp"; };
  };

  # The row, and the words of the message.
  named = {
    "description: aborts" = {
      row = meta { description = nothing; };
      message = "package jq";
    };
    "description: recurses" = {
      row = meta { description = recursion; };
      message = "package jq";
    };
    "description: an endless call" = {
      row = meta {
        description =
          let
            f = x: f (x + 1) + "";
          in
          f 1;
      };
      message = "package jq";
    };
    "license: aborts" = {
      row = meta { license = [ nothing ]; };
      message = "package jq";
    };
    "version: aborts" = {
      row = package { version = nothing; };
      message = "package jq";
    };
    "option: a boolean aborts" = {
      row = mine { x = option types.bool { }; } { x = nothing; };
      message = "programs.mine.x";
    };
    "option: a text aborts" = {
      row = mine { x = option types.str { }; } { x = nothing; };
      message = "programs.mine.x";
    };
    "option: an optional text aborts" = {
      row = mine { x = option (types.nullOr types.str) { }; } { x = nothing; };
      message = "programs.mine.x";
    };
    "option: its servers abort" = {
      row = mine { mcpServers = option types.raw { }; } { mcpServers = nothing; };
      message = "programs.mine.mcpServers";
    };
    "enable: aborts" = {
      row = inHome {
        options.programs.mine.enable = option types.bool { };
        config.programs.mine.enable = nothing;
      };
      message = "programs.mine.enable";
    };
    "self: aborts" = {
      row = selfIs nothing;
      message = "programs.nixos-intelligence.flake.self";
    };
    "flake.self: a text" = {
      row = set { flake.self = "x"; };
      message = "programs.nixos-intelligence.flake.self";
    };
    "flake.self: a number" = {
      row = set { flake.self = 5; };
      message = "programs.nixos-intelligence.flake.self";
    };
    "policies.text: a file that does not exist" = {
      row = set { policies.text = ./no-such-file.md; };
      message = "programs.nixos-intelligence.policies.text";
    };
  };
}
