{ pkgs, ... }:
{
  services.postgresql = {
    enable = true;
    package = pkgs.postgresql_16; # the shop does not start with 17 yet
  };
  services.redis.servers.shop.enable = true;
  environment.systemPackages = [ pkgs.pgcli ];
}
