# Evaluation tests of ../../nix/capture.nix and ../../nix/snapshot-timer.nix in a home, by
# evaluation alone.
{ nixpkgs, home-manager }:
let
  inherit (nixpkgs) lib;
  pkgs = nixpkgs.legacyPackages.x86_64-linux;

  home =
    modules:
    (home-manager.lib.homeManagerConfiguration {
      inherit pkgs;
      modules = [
        {
          home.username = "ann";
          home.homeDirectory = "/home/ann";
          home.stateVersion = "25.05";
          programs.bash.enable = true;
          programs.fish.enable = true;
          programs.zsh.enable = true;
        }
      ]
      ++ modules;
    }).config;
  ours =
    settings:
    home [
      ../../nix/home-manager.nix
      { programs.nixos-intelligence = settings; }
    ];

  settings = import ./capture-settings.nix { inherit lib; };

  plain = home [ ];
  off = ours { enable = true; };
  disabled = ours settings.disabled;
  recorded = ours settings.recording;
  scheduled = ours settings.timed;

  package = config: config.programs.nixos-intelligence.package;
  startUp =
    { programs, ... }:
    {
      bash = programs.bash.initExtra;
      fish = programs.fish.interactiveShellInit;
      zsh = programs.zsh.initContent or programs.zsh.initExtra;
    };
  recorderLines = text: lib.filter (lib.hasInfix "/recorder.") (lib.splitString "\n" text);
  units =
    { systemd, ... }:
    {
      service = systemd.user.services.nixos-intelligence-snapshot or null;
      timer = systemd.user.timers.nixos-intelligence-snapshot or null;
    };
in
lib.runTests {
  "test each shell sources the package's recorder for it, once" = {
    expr = lib.mapAttrs (_: recorderLines) (startUp recorded);
    expected = lib.genAttrs [ "bash" "fish" "zsh" ] (shell: [
      "source ${package recorded}/lib/nixos-intelligence/recorder.${shell}"
    ]);
  };

  "test capture and timer are disabled by default and do not change the shells' files" = {
    expr = map startUp [ off disabled scheduled ];
    expected = map startUp [ plain plain plain ];
  };

  "test there is no unit by default" = {
    expr = map units [ off disabled recorded ];
    expected = map units [ plain plain plain ];
  };

  "test the service takes the snapshots at low priority" = {
    # A single command is a list in newer home-manager.
    expr =
      let
        service = (units scheduled).service.Service;
      in
      lib.mapAttrs (_: lib.toList) { inherit (service) ExecStart Nice Type; };
    expected = lib.mapAttrs (_: lib.toList) {
      ExecStart =
        map
          (
            kind:
            "-${package scheduled}/bin/nixos-intelligence snapshot ${kind}"
            + " --out \"%h/nixos-config/intelligence/%u\""
          )
          [
            "shell"
            "sessions"
          ];
      Nice = 19;
      Type = "oneshot";
    };
  };

  "test the timer is weekly or as set, and catches up on missed runs" = {
    expr = map (config: { inherit ((units config).timer) Install Timer; }) [
      scheduled
      (ours (lib.recursiveUpdate settings.timed { snapshotTimer.onCalendar = "Mon 09:00"; }))
    ];
    expected = map
      (onCalendar: {
        Install.WantedBy = [ "timers.target" ];
        Timer = {
          OnCalendar = onCalendar;
          Persistent = true;
        };
      })
      [ "weekly" "Mon 09:00" ];
  };
}
