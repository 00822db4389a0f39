{ pkgs, ... }:
{
  # Replace this by your hardware-configuration.nix.
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
  boot.loader.systemd-boot.enable = true;

  networking.hostName = "laptop";
  system.stateVersion = "25.05";

  users.users.me = {
    isNormalUser = true;
    shell = pkgs.fish;
    extraGroups = [
      "wheel"
      "docker"
    ];
    packages = [ pkgs.hyperfine ]; # compares the speed of commands
  };

  programs.fish = {
    enable = true;
    shellAbbrs.gs = "git status";
  };
  environment.shellAliases.ls = "eza";

  programs.git.enable = true;
  services.openssh.enable = true;
  services.tailscale.enable = true;
  virtualisation.docker.enable = true;
}
