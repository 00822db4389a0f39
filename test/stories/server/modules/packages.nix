{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    # Looking around
    ripgrep
    fd
    jq # the logs of the proxy are JSON
    htop
    miller # the access log as a table
    ncdu

    # Network
    curl
    mtr
    doggo

    # Working on the configuration
    git
    nixfmt
    just
  ];
}
