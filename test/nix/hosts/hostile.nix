# What evaluation refuses to tell. Nothing of it may stop the evidence.
{ lib, pkgs, ... }:
{
  options = {
    services.throwing.enable = lib.mkOption {
      type = lib.types.bool;
      description = "Whether to enable what throws.";
    };
    services.undefined.enable = lib.mkEnableOption "what has no definition" // {
      default = throw "no default";
    };
    programs.gone = lib.mkOption {
      type = lib.types.attrs;
      default = throw "removed";
    };
    # An alias whose value aborts, as that of services.redis.enable does.
    services.aborting.enable = lib.mkOption {
      type = lib.types.bool;
      visible = false;
      apply = _: abort "the value of a hidden alias was read";
      description = "Alias of {option}`services.cron.enable`.";
    };
    services.described.enable = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "The package ${(abort "the description of an unset option was read").name}.";
    };
  };
  config = {
    services.throwing.enable = throw "broken";
    services.aborting.enable = true;
    services.cron.enable = true;
    nixpkgs.config.allowUnfree = false;
    # Nothing forces what this user's packages are but the evidence of that user.
    users.users.bob.packages = [
      pkgs.jq
      (pkgs.hello.overrideAttrs (old: {
        meta = old.meta // {
          license = lib.licenses.unfree;
        };
      }))
      (pkgs.hello.overrideAttrs (old: {
        pname = "unwell";
        meta = old.meta // {
          description = throw "no description";
          homepage = [ "https://unwell.example" ];
        };
      }))
    ];
  };
}
