# The options that NixOS and home-manager share.
{ lib, pkgs }:
let
  inherit (lib) literalExpression mkOption types;
  policies = import ./policies.nix { inherit lib; };
in
{
  # For the machine's configuration as a whole.
  general = {
    enable = lib.mkEnableOption "context for coding agents, compiled from this configuration";

    package = mkOption {
      type = types.package;
      default = pkgs.callPackage ./package.nix { };
      defaultText = lib.literalMD "the package of this flake, built with the `pkgs` of the configuration";
      description = ''
        The package that provides {command}`nixos-intelligence`. It runs in the build, and is put on
        {env}`PATH` so that snapshots can be taken.
      '';
    };

    rebuildCommand = mkOption {
      # What the generators would refuse must not reach the build.
      type = types.nullOr (
        types.addCheck types.singleLineStr (text: builtins.stringLength text <= 300)
        // {
          description = "line of at most 300 bytes";
        }
      );
      default = null;
      example = "./rebuild --fresh";
      description = ''
        The command with which this configuration is rebuilt, where it is not the usual one
        ({command}`nixos-rebuild switch`, {command}`home-manager switch`). It is only written down.
      '';
    };

    flake = {
      path = mkOption {
        type = types.nullOr types.str;
        example = "/home/me/nixos-config";
        description = ''
          Where the checkout of this configuration lies on the machine. It is only written down: the
          rebuild command that an agent is told contains it. Where it is null the command names the
          configuration (`#host`) without saying where it lies.
        '';
      };
      attribute = mkOption {
        type = types.nullOr types.str;
        example = "laptop";
        description = ''
          Name of this configuration in the flake, as it stands after `#` in the rebuild command.
        '';
      };
      self = mkOption {
        type = types.nullOr types.raw;
        example = literalExpression "self";
        description = ''
          The flake of this configuration. Files are shown relative to it, revisions of its inputs
          are read from its {file}`flake.lock`. Found by itself when `self` or `inputs` is among
          the `specialArgs`; otherwise the root is guessed from where the configuration's files lie.
        '';
      };
    };

    policies = policies.options;
  };

  # For one user.
  user =
    { snapshotsDefault }:
    {
      snapshots = mkOption {
        type = types.nullOr types.path;
        default = snapshotsDefault;
        defaultText = lib.literalMD "{file}`intelligence/<user>` in the flake, where that folder exists";
        example = literalExpression "./intelligence/me";
        description = ''
          Folder with this user's snapshots, as {command}`nixos-intelligence snapshot` writes them:
          what was reduced from git history and shell history. Only its `*.json` files are read, in
          the build. What is missing or damaged is left out, and said in
          {file}`intelligence/manifest.json`; it never fails a rebuild.
        '';
      };

      budget = {
        lines = mkOption {
          type = types.ints.between 20 2000;
          default = 150;
          description = ''
            Lines that {file}`CLAUDE.md` may have at most. What does not fit is cut by rank, with a
            count of what was left out and the file that has it.
          '';
        };
        tokens = mkOption {
          type = types.nullOr (types.ints.between 500 100000);
          default = null;
          example = 3000;
          description = ''
            Estimated tokens that {file}`CLAUDE.md` may have at most, beside the limit in lines.
          '';
        };
      };

      links = mkOption {
        internal = true;
        visible = false;
        default = [ ];
        description = "What else is linked below the folder of Claude Code.";
        type = types.listOf (
          types.submodule {
            options = {
              source = mkOption {
                type = types.path;
                description = "Where the link points to, in a store path named `nixos-intelligence-…`.";
              };
              target = mkOption {
                type = types.str;
                example = "skills/nixos-intelligence";
                description = "Relative to the folder of Claude Code. Must not depend on evidence.";
              };
              onConflict = mkOption {
                type = types.enum [
                  "aside"
                  "leave"
                ];
                default = "leave";
                description = "What happens to what is there and is not ours: moved aside, or left with nothing linked.";
              };
            };
          }
        );
      };

      output = mkOption {
        type = types.package;
        readOnly = true;
        description = ''
          What this user gets: a derivation with {file}`CLAUDE.md`, {file}`AGENTS.md` and
          {file}`intelligence/`. Build it to look without activating anything.
        '';
      };
    };
}
