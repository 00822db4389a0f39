# Links the output of a user without home-manager: a unit of the system makes the links at boot and
# at switch, as that user, and removes them when it is stopped for good.
{
  config,
  options,
  pkgs,
  lib,
  utils,
  ...
}:
let
  inherit (import ./lib.nix { inherit lib; })
    agentFiles
    agents
    claudeLinks
    systemd
    ;

  cfg = config.programs.nixos-intelligence;
  managed = name: options ? home-manager && config.home-manager.users ? ${name};
  claude = agents.claude-code;

  linksOf =
    name: user:
    pkgs.callPackage ./link/plan.nix {
      user = name;
      inherit (user) output;
      entries = [
        {
          source = "${user.output}/CLAUDE.md";
          target = "${claude.folder}/${claude.context}";
          onConflict = "beside";
          other = "${claude.folder}/${claude.besideContext}";
        }
      ]
      ++ claudeLinks {
        inherit (claude) folder;
        inherit (user) output links;
      };
      agentFiles = agentFiles {
        folderOf = id: agents.${id}.folder;
        inherit (user) output links;
        system = true;
      };
    };

  service =
    name: user:
    let
      account = config.users.users.${name};
      run =
        mode:
        "-${
          utils.escapeSystemdExecArgs [
            "${linksOf name user}/link"
            mode
            "--home"
            account.home
            "--record"
            "/run/nixos-intelligence-${name}/made"
          ]
        }";
    in
    lib.nameValuePair "nixos-intelligence-${utils.escapeSystemdPath name}" {
      description = "Links for the coding agents of ${systemd.plain name}";
      wantedBy = [ "multi-user.target" ];
      after = [ "nss-user-lookup.target" ];
      unitConfig.RequiresMountsFor = systemd.path account.home;
      # Restart instead of stopping before the switch: the links are missing for a moment only.
      stopIfChanged = false;
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        User = systemd.plain account.name;
        # For the record of created folders, which are to be removed again.
        RuntimeDirectory = systemd.path "nixos-intelligence-${name}";
        ExecStart = run "start";
        ExecStop = run "stop";
        TimeoutSec = 60;
        SyslogIdentifier = "nixos-intelligence";
      };
    };
in
{
  _file = ./link-nixos.nix;

  config = lib.mkIf cfg.enable {
    systemd.services = lib.mapAttrs' service (
      lib.filterAttrs (name: _: !managed name) cfg.users
    );
  };
}
