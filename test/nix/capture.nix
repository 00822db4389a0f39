# Evaluation tests of ../../nix/capture.nix and ../../nix/snapshot-timer.nix on a NixOS host: what
# its shells read and its units say. Those of a home are in ./capture-home.nix, which needs
# home-manager.
{ self, nixpkgs }:
let
  inherit (nixpkgs) lib;

  host =
    settings:
    nixpkgs.lib.nixosSystem {
      modules = [
        ./hosts/base.nix
        {
          programs.fish.enable = true;
          programs.zsh.enable = true;
        }
        settings
      ];
    };
  ours =
    settings:
    host {
      imports = [ self.nixosModules.default ];
      programs.nixos-intelligence = {
        users = [ "ann" ];
      }
      // settings;
    };

  settings = import ./capture-settings.nix { inherit lib; };

  plain = host { };
  off = ours { enable = true; };
  disabled = ours settings.disabled;
  recorded = ours settings.recording;
  scheduled = ours settings.timed;

  # The start-up files of the shells, as they are written.
  startUp =
    { config, ... }:
    {
      bash = config.environment.etc.bashrc.text;
      fish = config.environment.etc."fish/config.fish".text;
      zsh = config.environment.etc.zshrc.text;
    };
  # The lines that name a recorder.
  sourced = lib.mapAttrs (
    _: text: map lib.trim (lib.filter (lib.hasInfix "/recorder.") (lib.splitString "\n" text))
  );
  unit =
    { config, ... }:
    name:
    config.systemd.user.units."nixos-intelligence-snapshot.${name}".text or null;
  # The lines of a unit's text with these keys.
  lines =
    text: keys:
    lib.filter (line: lib.any (key: lib.hasPrefix "${key}=" line) keys) (lib.splitString "\n" text);
  wanted = { config, ... }: config.systemd.user.timers.nixos-intelligence-snapshot.wantedBy;
  package = { config, ... }: config.programs.nixos-intelligence.package;
in
{
  "test each shell sources the package's recorder for it, once" = {
    expr = sourced (startUp recorded);
    expected = lib.genAttrs [ "bash" "fish" "zsh" ] (shell: [
      "source ${package recorded}/lib/nixos-intelligence/recorder.${shell}"
    ]);
  };

  "test capture and timer are disabled by default and do not change the shells' files" = {
    expr = map startUp [ off disabled scheduled ];
    expected = map startUp [ plain plain plain ];
  };

  "test there is no unit by default" = {
    expr = map (system: map (unit system) [ "service" "timer" ]) [
      off
      disabled
      recorded
    ];
    expected = lib.replicate 3 [ null null ];
  };

  "test the service takes the snapshots, for our users, at low priority" = {
    expr = lines (unit scheduled "service") [
      "ConditionUser"
      "Description"
      "ExecStart"
      "Nice"
      "Type"
    ];
    expected = [
      "ConditionUser=|ann"
      "Description=Snapshots for nixos-intelligence"
      (
        "ExecStart=-${package scheduled}/bin/nixos-intelligence snapshot shell"
        + " --out \"%h/nixos-config/intelligence/%u\""
      )
      (
        "ExecStart=-${package scheduled}/bin/nixos-intelligence snapshot sessions"
        + " --out \"%h/nixos-config/intelligence/%u\""
      )
      "Nice=19"
      "Type=oneshot"
    ];
  };

  "test the service finds the programs of the system and of the user, git among them" = {
    expr = lib.filter (lib.hasInfix "/run/current-system/sw/bin:/etc/profiles/per-user/%u/bin") (
      lines (unit scheduled "service") [ "Environment" ]
    ) != [ ];
    expected = true;
  };

  "test the timer is weekly or as set, and catches up on missed runs" = {
    expr =
      map (system: lines (unit system "timer") [ "OnCalendar" "Persistent" ] ++ wanted system)
        [
          scheduled
          (ours (lib.recursiveUpdate settings.timed { snapshotTimer.onCalendar = "Mon 09:00"; }))
        ];
    expected = [
      [ "OnCalendar=weekly" "Persistent=true" "timers.target" ]
      [ "OnCalendar=Mon 09:00" "Persistent=true" "timers.target" ]
    ];
  };

  "test a folder that systemd cannot resolve is an error that says what to write" = {
    expr = map (
      folder:
      let
        timed = ours (lib.recursiveUpdate settings.timed { snapshotTimer = { inherit folder; }; });
      in
      map (assertion: lib.head (lib.splitString "," assertion.message)) (
        lib.filter (assertion: !assertion.assertion) timed.config.assertions
      )
    ) [ "~/config" "$HOME/config" "/home/ann/config" ];
    expected = [
      [ "The option `programs.nixos-intelligence.snapshotTimer.folder' is\n\"~/config\"" ]
      [ "The option `programs.nixos-intelligence.snapshotTimer.folder' is\n\"$HOME/config\"" ]
      [ ]
    ];
  };
}
