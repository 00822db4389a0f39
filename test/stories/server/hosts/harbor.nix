{ pkgs, ... }:
{
  nixpkgs.hostPlatform = "x86_64-linux";
  fileSystems."/" = {
    device = "/dev/disk/by-label/root";
    fsType = "ext4";
  };
  boot.loader.grub.device = "/dev/vda";

  networking.hostName = "harbor";
  networking.firewall.allowedTCPPorts = [
    80
    443
  ];
  time.timeZone = "UTC";
  system.stateVersion = "24.11";

  users.users.ops = {
    isNormalUser = true;
    extraGroups = [
      "wheel"
      "podman"
    ];
    packages = with pkgs; [
      tmux # keeps long imports running when the connection breaks
      helix
    ];
  };
  security.sudo.wheelNeedsPassword = false;
  environment.variables.EDITOR = "hx";

  services.openssh = {
    enable = true;
    settings.PasswordAuthentication = false;
  };
  services.fail2ban.enable = true;
}
