# `snapshotTimer`: a systemd user timer that takes the snapshots, and the file with the options of
# the snapshot commands.
{
  config,
  options,
  pkgs,
  lib,
  ...
}:
let
  cfg = config.programs.nixos-intelligence;
  timer = cfg.snapshotTimer;
  isHome = options ? home;
  description = "Snapshots for nixos-intelligence";
  inherit (import ./lib.nix { inherit lib; }) systemd;
  # `-`: the others run even if a snapshot fails, for example without any evidence of its kind.
  commands = map (
    kind:
    lib.concatStringsSep " " [
      "-${lib.getExe' cfg.package "nixos-intelligence"} snapshot ${kind} --out"
      (systemd.argument [
        "%h"
        "%u"
      ] timer.folder)
    ]
  ) ([ "shell" "sessions" ] ++ lib.optional (cfg.projects.folders != [ ]) "projects");
  settings = (pkgs.formats.json { }).generate "snapshots.json" {
    projects = { inherit (cfg.projects) folders names; };
  };
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
    enable = lib.mkEnableOption "a systemd user timer that takes the snapshots";
    folder = lib.mkOption {
      type = lib.types.str;
      example = "/home/me/nixos-config/intelligence/me";
      description = ''
        Folder for the snapshots, the same as in the user's {option}`snapshots`. It begins with `/`
        or `%h/`. As in systemd units, `%u` is the user and `%h` the home; write `%%u` and `%%h` for
        the literal characters. All other characters have no special meaning.
      '';
    };
    onCalendar = lib.mkOption {
      type = lib.types.singleLineStr;
      default = "weekly";
      description = "When to take the snapshots, as a systemd calendar expression.";
    };
  };

  config = lib.mkMerge [
    (lib.mkIf (cfg.enable && cfg.projects.folders != [ ]) (
      let
        file."nixos-intelligence/snapshots.json".source = settings;
      in
      if isHome then { xdg.configFile = file; } else { environment.etc = file; }
    ))
    (lib.mkIf (cfg.enable && timer.enable) {
      assertions = [
        {
          assertion = lib.hasPrefix "/" timer.folder || lib.hasPrefix "%h/" timer.folder;
          message = ''
            The option `programs.nixos-intelligence.snapshotTimer.folder' is
            "${timer.folder}", which is not an absolute path for systemd. Start it with
            the root (/home/me/config/intelligence/me) or with the home (%h/config/intelligence/%u).
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
                ExecStart = commands;
                # git must be on PATH, to add the file to the index for the flake. The PATH of a
                # user's manager may be empty.
                Environment = systemd.plain (builtins.toJSON "PATH=${path}");
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
              # The unit exists for all users of the system, but only those of this module use it.
              unitConfig.ConditionUser = map (
                name: "|${systemd.plain (config.users.users.${name}.name or name)}"
              ) (lib.attrNames cfg.users);
              # For git, as above.
              path = [
                "/run/current-system/sw"
                "/etc/profiles/per-user/%u"
              ];
              serviceConfig = {
                Type = "oneshot";
                ExecStart = commands;
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
    })
  ];
}
