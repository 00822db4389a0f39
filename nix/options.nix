# The options that the NixOS and home-manager modules share.
{ lib, pkgs }:
let
  inherit (lib) literalExpression mkOption types;
  policies = import ./policies.nix { inherit lib; };
  inherit (import ./lib.nix { inherit lib; }) isFlake;
in
{
  # Options of a whole configuration.
  general = {
    enable = lib.mkEnableOption "context for coding agents, compiled from this configuration";

    package = mkOption {
      type = types.package;
      default = pkgs.callPackage ./package.nix { };
      defaultText = lib.literalMD "this flake's package, built with the configuration's `pkgs`";
      description = ''
        The package that provides {command}`nixos-intelligence`. The build runs it, and it is added
        to {env}`PATH` for taking snapshots.
      '';
    };

    index = {
      enable = lib.mkEnableOption "the index of all options and packages of this system" // {
        default = true;
        description = ''
          Whether to write {file}`intelligence/options.tsv`, {file}`packages.tsv` and
          {file}`renamed.json`: every option that can be set here with its documentation, and the
          value, file and line of each option that is set. A value is written only if the type of
          the option allows no private text: booleans, numbers, enumerations and packages.

          The documentation is that of the manual; if the configuration has no manual, its own Nix
          makes it. A home without {option}`manual.manpages.enable` and without
          {option}`nix.package` has neither, and the index lacks home-manager's options.
        '';
      };
      values = mkOption {
        type = types.enum [
          "enabled"
          "all"
        ];
        default = "enabled";
        description = ''
          Which of the options that your files set are found. `enabled`: those below a service or
          program that is not enabled are missing. `all`: every one, which makes the evaluation
          slower: 14 % more function calls on a NixOS system, up to 30 % in a home.
        '';
      };
      nixpkgs.enable = lib.mkEnableOption "the index of all packages of nixpkgs" // {
        description = ''
          Whether {command}`nixos-intelligence package`, {command}`search` and {command}`command`
          also know the packages that are not installed. The table is built once for each revision
          of nixpkgs, which takes a minute and some gigabytes of memory, and is linked as
          {file}`intelligence-nixpkgs`.
        '';
      };
    };

    report.enable = lib.mkEnableOption "the HTML report" // {
      default = true;
      description = ''
        Whether to write {file}`report.html`, one page for people: what changed and why, what takes
        space, what is used, what the agent reads. It loads nothing and contains what the other
        files of the output contain.
      '';
    };

    projects = {
      folders = mkOption {
        type = types.listOf (types.strMatching "(~/|/).*");
        default = [ ];
        example = [ "~/src" ];
        description = ''
          Folders in which {command}`nixos-intelligence snapshot projects`, {command}`rebuild` and
          {option}`snapshotTimer` look for your projects. They begin with `/` or `~/`. Without a
          folder nothing is looked for.
        '';
      };
      names = mkOption {
        type = types.enum [
          "none"
          "hashed"
          "plain"
        ];
        default = "none";
        description = ''
          How the snapshot names the projects. By default it does not; the snapshot enters the Nix
          store, which every user of the machine can read.
        '';
      };
    };

    rebuildCommand = mkOption {
      # The limits of the generators, so that a mistake is an evaluation error.
      type = types.nullOr (
        types.addCheck types.singleLineStr (text: builtins.stringLength text <= 300)
        // {
          description = "line of at most 300 bytes";
        }
      );
      default = null;
      example = "./rebuild --fresh";
      description = ''
        The command that rebuilds this configuration, if it is not the usual one
        ({command}`nixos-rebuild switch`, {command}`home-manager switch`). The context contains it;
        nothing runs it.
      '';
    };

    flake = {
      path = mkOption {
        type = types.nullOr types.str;
        example = "/home/me/nixos-config";
        description = ''
          The path of this configuration's checkout on the machine. The rebuild command in the
          context contains it; nothing reads it. If it is `null`, the command contains only the name
          of the configuration (`#host`).
        '';
      };
      attribute = mkOption {
        type = types.nullOr types.str;
        example = "laptop";
        description = ''
          Name of this configuration in the flake: the part after `#` in the rebuild command. If it
          is `null`, the command names none and takes the one of the host's name.
        '';
      };
      self = mkOption {
        type = types.nullOr (
          types.addCheck types.raw isFlake // { description = "flake or path"; }
        );
        example = literalExpression "self";
        description = ''
          The flake of this configuration. Names of files are relative to it, and revisions of its
          inputs are read from its {file}`flake.lock`. The default is right if `self` or `inputs` is
          among the `specialArgs`. If it is `null`, the root is guessed from the files of the
          configuration.
        '';
      };
    };

    policies = policies.options;
  };

  # Options of one user.
  user =
    { snapshotsDefault }:
    {
      snapshots = mkOption {
        type = types.nullOr types.path;
        default = snapshotsDefault;
        defaultText = lib.literalMD ''
          {file}`intelligence/<user>` in the configuration's folder, if it exists
        '';
        example = literalExpression "./intelligence/me";
        description = ''
          Folder with this user's snapshots of git history and shell history, which
          {command}`nixos-intelligence snapshot` writes. The build reads only its `*.json` files. A
          snapshot that is missing or damaged is left out and listed in
          {file}`intelligence/manifest.json`; it never fails a rebuild.
        '';
      };

      budget = {
        lines = mkOption {
          type = types.nullOr (types.ints.between 20 2000);
          default = null;
          example = 80;
          description = ''
            Maximum number of lines of {file}`CLAUDE.md`. The lowest-ranked lines are left out, and
            the text says how many and which file has them. `null`: 60 lines for up to 40 declared
            packages, 100 from 150 packages on, in proportion between.
          '';
        };
        tokens = mkOption {
          type = types.nullOr (types.ints.between 500 100000);
          default = null;
          example = 3000;
          description = ''
            Maximum number of estimated tokens of {file}`CLAUDE.md` (bytes divided by 4), in
            addition to the limit of lines. `null`: 1,000 for up to 40 declared packages, 2,000
            from 150 packages on, in proportion between.
          '';
        };
      };

      agents = mkOption {
        type = types.attrsOf (
          types.submodule {
            options.enable = mkOption {
              type = types.bool;
              description = "Whether the agent counts as installed.";
            };
          }
        );
        default = { };
        example = literalExpression "{ codex.enable = true; gemini-cli.enable = false; }";
        description = ''
          Coding agents, by the names in [agents.md](agents.md), that are used although this
          configuration does not install them, or not to be served although it does. An agent that
          is not listed is served if it is installed or configured.
        '';
      };

      links = mkOption {
        internal = true;
        visible = false;
        default = [ ];
        # Ours alone. Raw, because an evaluation pays for every submodule.
        description = ''
          Further links in the folder of Claude Code: `source`, in a store path named
          `nixos-intelligence-…`; `target` in that folder, which must not depend on evidence;
          `onConflict`, whether a file at this place stays (`leave`) or is moved `aside`; and
          `isPlugin`, whether the source has skills and the files of other agents.
        '';
        type = types.listOf types.raw;
      };

      output = mkOption {
        type = types.package;
        readOnly = true;
        description = ''
          The derivation with this user's {file}`CLAUDE.md`, {file}`AGENTS.md` and
          {file}`intelligence/`. Build it to see the result without activating anything.
        '';
      };
    };
}
