{ pkgs, inputs, ... }:
{
  imports = [ inputs.nixos-intelligence.homeModules.default ];

  home.username = "me";
  home.homeDirectory = "/home/me";
  home.stateVersion = "25.05";

  programs.nixos-intelligence = {
    enable = true;
    # The path of this checkout and the name after `#`, for the rebuild command in the context.
    flake.path = "/home/me/home-config";
    flake.attribute = "me";
  };

  home.packages = with pkgs; [
    ripgrep # searches file contents, much faster than grep
    fd # finds files by name
    jq # JSON
    gh # GitHub from the command line
    delta # readable diffs
    just # project commands
  ];

  programs.home-manager.enable = true;
  programs.fish = {
    enable = true;
    shellAbbrs.gs = "git status";
  };
}
