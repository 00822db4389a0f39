# `capture`: a recorder of command names and exit statuses for fish, bash and zsh. NixOS and
# home-manager share this file; their options for the start-up of a shell differ only in name.
{
  config,
  options,
  lib,
  ...
}:
let
  inherit (lib) mkIf;
  cfg = config.programs.nixos-intelligence;
  enabled = cfg.enable && cfg.capture.enable;
  isHome = options ? home;

  # Sourced instead of copied, which adds one readable line to the user's file.
  source = shell: "source ${cfg.package}/lib/nixos-intelligence/recorder.${shell}";
  # Older versions of home-manager have `initExtra` only.
  zshOption = if options ? programs.zsh.initContent then "initContent" else "initExtra";
in
{
  _file = ./capture.nix;

  options.programs.nixos-intelligence.capture.enable = lib.mkOption {
    type = lib.types.bool;
    default = false;
    description = ''
      Whether fish, bash and zsh record each typed command in
      {file}`~/.local/state/nixos-intelligence/commands.log`: name and subcommand (only if they are
      publicly known or a program on {env}`PATH`), exit status, duration and day, but never
      arguments. Only its owner can read the file, and it is rotated at one megabyte. On macOS fish
      records nothing. Set {env}`NIXOS_INTELLIGENCE_CAPTURE` to `0` to disable recording in a shell.
    '';
  };

  config = mkIf enabled (
    if isHome then
      {
        programs.fish.interactiveShellInit = source "fish";
        programs.bash.initExtra = source "bash";
        programs.zsh.${zshOption} = source "zsh";
      }
    else
      {
        programs.fish.interactiveShellInit = source "fish";
        programs.bash.interactiveShellInit = source "bash";
        programs.zsh.interactiveShellInit = source "zsh";
      }
  );
}
