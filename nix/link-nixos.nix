# A user whom home-manager does not manage: a unit of the system links the output into the home, as
# that user, at boot and at switch, and takes the links out when it is stopped for good.
{
  config,
  options,
  pkgs,
  lib,
  utils,
  ...
}:
let
  cfg = config.programs.nixos-intelligence;
  agents = lib.importJSON ../generators/agents/agents.json;
  script = pkgs.callPackage ./link/script.nix { };

  managed = name: options ? home-manager && config.home-manager.users ? ${name};
  served = lib.filterAttrs (name: _: !managed name) cfg.users;

  plan =
    name: user:
    pkgs.callPackage ./link/plan.nix {
      user = name;
      inherit (user) output;
      entries = [
        {
          source = "${user.output}/CLAUDE.md";
          target = ".claude/CLAUDE.md";
          onConflict = "beside";
          other = ".claude/rules/nixos-intelligence.md";
        }
      ]
      ++ import ./link/in-client-folder.nix {
        folder = ".claude";
        inherit (user) output links;
      };
      agents = lib.listToAttrs (map ({ reads, ... }: lib.nameValuePair reads reads) agents);
    };

  inherit (import ./systemd-quoting.nix { inherit lib; }) plain;
  # In a list of paths in a unit file, a blank ends one.
  quote = path: "\"${plain (lib.replaceStrings [ "\\" "\"" ] [ "\\\\" "\\\"" ] path)}\"";

  service =
    name: user:
    let
      inherit (config.users.users.${name}) home;
      run =
        mode:
        "-${
          utils.escapeSystemdExecArgs [
            script
            mode
            "--store"
            builtins.storeDir
            "--plan"
            "${plan name user}/plan"
            "--home"
            home
            "--record"
            "/run/nixos-intelligence-${name}/made"
          ]
        }";
    in
    lib.nameValuePair "nixos-intelligence-${utils.escapeSystemdPath name}" {
      description = "Links for the coding agents of ${plain name}";
      wantedBy = [ "multi-user.target" ];
      after = [ "nss-user-lookup.target" ];
      unitConfig.RequiresMountsFor = quote home;
      # Not stopped before the switch and started after it: the links are gone for a moment only.
      stopIfChanged = false;
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        User = plain config.users.users.${name}.name;
        # Which folders were made, to be removed again.
        RuntimeDirectory = quote "nixos-intelligence-${name}";
        ExecStart = run "start";
        ExecStop = run "stop";
        TimeoutSec = 60;
        SyslogIdentifier = "nixos-intelligence";
      };
    };
in
{
  _file = ./link-nixos.nix;

  config = lib.mkIf cfg.enable { systemd.services = lib.mapAttrs' service served; };
}
