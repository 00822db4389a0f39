# The module of another flake: an option that the user enables, and a second file with what it adds.
{ lib, config, ... }:
{
  imports = [ ./version.nix ];
  options.input = {
    enable = lib.mkEnableOption "the input";
    extra.enable = lib.mkEnableOption "more of the input";
  };
  config = lib.mkIf config.input.enable { services.cron.enable = true; };
}
