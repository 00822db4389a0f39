# `capture`: a recorder of command names and exit statuses for fish, bash and zsh. One file for NixOS and
# home-manager, whose options for a shell's start-up differ in name only.
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

  # Sourced, not copied into the user's file: a line to read, and one place to look.
  source = shell: "source ${cfg.package}/lib/nixos-intelligence/recorder.${shell}";
  # The name of the option has changed; whichever this home-manager has.
  zsh = options.programs.zsh or { };
in
{
  _file = ./capture.nix;

  options.programs.nixos-intelligence.capture.enable = lib.mkOption {
    type = lib.types.bool;
    default = false;
    description = ''
      Whether fish, bash and zsh record, for each command typed, its name and subcommand (both only if
      they are publicly known or a program on {env}`PATH`), exit status, duration and day in
      {file}`~/.local/state/nixos-intelligence/commands.log`. Never arguments. The file is readable by
      its owner only and moved aside at one megabyte. On macOS fish records nothing. {env}`NIXOS_INTELLIGENCE_CAPTURE` set to `0`
      switches it off in a shell.
    '';
  };

  config = mkIf enabled (
    if isHome then
      {
        programs.fish.interactiveShellInit = source "fish";
        programs.bash.initExtra = source "bash";
        programs.zsh = if zsh ? initContent then { initContent = source "zsh"; } else { initExtra = source "zsh"; };
      }
    else
      {
        programs.fish.interactiveShellInit = source "fish";
        programs.bash.interactiveShellInit = source "bash";
        programs.zsh.interactiveShellInit = source "zsh";
      }
  );
}
