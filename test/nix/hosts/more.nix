# The same package again, and lists in every form that the module system takes.
{ pkgs, lib, ... }:
{
  environment.systemPackages = lib.mkMerge [
    [ pkgs.ripgrep ]
    (lib.mkIf true [ pkgs.tree ])
    (lib.mkIf false [ pkgs.wget ])
    (lib.mkBefore [
      (lib.mkIf true pkgs.curl)
      (lib.mkIf false pkgs.nmap)
      "${pkgs.htop}"
    ])
  ];
  users.users.ann.packages = [
    pkgs.fzf
    (pkgs.writeShellScriptBin "greet" "echo hello")
  ];
  users.users.bob.packages = [ pkgs.cmatrix ];
  environment.shellAliases = {
    ls = "eza --icons";
    # Its words must not get out: an argument, a host, a token, a quoted command.
    deploy =
      "TOKEN=hunter2 sudo ssh ann@vault.example 'rm -rf /srv' | tee /tmp/log"
      + " && jq '.a | .b' x; $(which fd) y";
    tricky =
      "cd /srv/hunter2 2>&1 >out && if not make secret; then grep x <<< hunter2 >& log; fi;"
      + " (true) && `which a` hunter2 # hunter2";
    document = "cat <<END\nhunter2\nEND";
  };
  programs.fish.shellAbbrs.gs = "git status";
}
