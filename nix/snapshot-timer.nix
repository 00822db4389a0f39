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
  inherit (import ./systemd-quoting.nix { inherit lib; }) argument plain;
  command = lib.concatStringsSep " " [
    "${lib.getExe' cfg.package "nixos-intelligence"} snapshot shell --out"
    (argument { keep = [ "%h" "%u" ]; } timer.folder)
  ];
  path = lib.concatStringsSep ":" [
    "${config.home.profileDirectory}/bin"
    "/run/current-system/sw/bin"
    "/usr/local/bin"
    "/usr/bin"
    "/bin"
  ];
in
{
  _file = ./snapshot-timer.nix;

  options.programs.nixos-intelligence.snapshotTimer = {
    enable = lib.mkEnableOption "a systemd user timer that takes the snapshot of the shell history";
    folder = lib.mkOption {
      type = lib.types.str;
      example = "/home/me/nixos-config/intelligence/me";
      description = ''
        Folder to write the snapshot to, as the user's {option}`snapshots` names it.
        It begins with `/` or `%h/`. `%u` and `%h` stand for the user and the home, as in systemd units;
        write `%%u` and `%%h` where they do not. Everything else stands for itself.
      '';
    };
    onCalendar = lib.mkOption {
      type = lib.types.singleLineStr;
      default = "weekly";
      description = "When, as a systemd calendar expression.";
    };
  };

  config = lib.mkIf (cfg.enable && timer.enable) {
    assertions = [
      {
        assertion = lib.hasPrefix "/" timer.folder || lib.hasPrefix "%h/" timer.folder;
        message = ''
          The option `programs.nixos-intelligence.snapshotTimer.folder' is "${timer.folder}", which systemd takes as it stands.
          Write it from the root (/home/me/nixos-config/intelligence/me) or from the home (%h/nixos-config/intelligence/%u).
        '';
      }
    ];

    systemd.user =
      if isHome then
        {
          services.nixos-intelligence-snapshot = {
            Unit.Description = description;
            Service = {
              Type = "oneshot";
              ExecStart = command;
              # With git, which makes a flake see the file; a user's manager may know no program.
              Environment = plain (builtins.toJSON "PATH=${path}");
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
            # A unit of the system's is everybody's: the history of nobody else goes into the folder.
            unitConfig.ConditionUser = map (name: "|${plain (config.users.users.${name}.name or name)}") (
              lib.attrNames cfg.users
            );
            # As above: the system's own units know a handful of programs.
            path = [
              "/run/current-system/sw"
              "/etc/profiles/per-user/%u"
            ];
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
