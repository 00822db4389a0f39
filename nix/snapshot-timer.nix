# `snapshotTimer`: a user timer that takes the snapshot of the shell history.
{
  config,
  options,
  lib,
  ...
}:
let
  cfg = config.programs.nixos-intelligence;
  timer = cfg.snapshotTimer;
  isHome = options ? home;
  description = "Snapshot of the shell history for nixos-intelligence";
  command = "${lib.getExe' cfg.package "nixos-intelligence"} snapshot shell --out ${lib.escapeShellArg timer.folder}";
in
{
  _file = ./snapshot-timer.nix;

  options.programs.nixos-intelligence.snapshotTimer = {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Whether a systemd user timer takes the snapshot of the shell history.";
    };
    folder = lib.mkOption {
      type = lib.types.str;
      example = "/home/me/nixos-config/intelligence/me";
      description = ''
        Folder to write the snapshot to, as {option}`programs.nixos-intelligence.snapshots` names it.
        `%u` and `%h` stand for the user and the home, as in systemd units.
      '';
    };
    onCalendar = lib.mkOption {
      type = lib.types.singleLineStr;
      default = "weekly";
      description = "When, as a systemd calendar expression.";
    };
  };

  config = lib.mkIf (cfg.enable && timer.enable) {
    systemd.user =
      if isHome then
        {
          services.nixos-intelligence-snapshot = {
            Unit.Description = description;
            Service = {
              Type = "oneshot";
              ExecStart = command;
              Nice = 19;
            };
          };
          timers.nixos-intelligence-snapshot = {
            Unit.Description = description;
            Timer = {
              OnCalendar = timer.onCalendar;
              Persistent = true;
            };
            Install.WantedBy = [ "timers.target" ];
          };
        }
      else
        {
          services.nixos-intelligence-snapshot = {
            inherit description;
            serviceConfig = {
              Type = "oneshot";
              ExecStart = command;
              Nice = 19;
            };
          };
          timers.nixos-intelligence-snapshot = {
            inherit description;
            wantedBy = [ "timers.target" ];
            timerConfig = {
              OnCalendar = timer.onCalendar;
              Persistent = true;
            };
          };
        };
  };
}
