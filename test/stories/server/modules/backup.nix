{ pkgs, ... }:
{
  # Nightly, to the storage box; restored once a quarter.
  services.restic.backups.nightly = {
    repository = "sftp:box:harbor";
    passwordFile = "/run/keys/restic";
    paths = [ "/var/lib" ];
  };
  environment.systemPackages = [ pkgs.restic ];
}
