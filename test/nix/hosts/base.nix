# The least that is a NixOS host.
{
  nixpkgs.hostPlatform = "x86_64-linux";
  networking.hostName = "box";
  system.stateVersion = "25.05";
  boot.loader.systemd-boot.enable = true;
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
  users.users.ann = {
    isNormalUser = true;
    extraGroups = [
      "wheel"
      "docker"
    ];
  };
  users.users.bob.isNormalUser = true;
}
