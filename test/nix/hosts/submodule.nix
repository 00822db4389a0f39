# An option that is a submodule, and a specialisation.
{ lib, ... }:
{
  options.player = {
    enable = lib.mkEnableOption "a player";
    session = lib.mkOption {
      default = { };
      type = lib.types.submodule { options.enable = lib.mkEnableOption "a session of its own"; };
    };
  };
  config = {
    player.enable = true;
    player.session.enable = true;
    specialisation.quiet.configuration.services.cron.enable = true;
  };
}
