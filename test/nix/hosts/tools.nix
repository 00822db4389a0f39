# Ten packages and four programs, as most configurations declare them.
{ pkgs, ... }:
{
  environment.systemPackages = with pkgs; [
    ripgrep
    fd
    bat
    jq
    gh
    eza
    delta
    hyperfine
    tokei
    just
  ];
  programs.fish.enable = true;
  programs.git.enable = true;
  services.openssh.enable = true;
  virtualisation.docker.enable = true;
}
