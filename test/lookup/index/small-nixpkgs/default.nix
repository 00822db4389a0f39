# A package set in the shape of nixpkgs, for the index of all its packages.
{
  system,
  config ? { },
  overlays ? [ ],
}:
let
  package =
    attributes:
    derivation {
      inherit system;
      name = "${attributes.pname}-${attributes.version}";
      builder = "/bin/sh";
    }
    // {
      inherit (attributes) pname version;
      meta = attributes.meta or { };
    };
  # Like nixpkgs, which refuses what the configuration does not allow.
  refused = allowed: value: if config.${allowed} or false then value else throw "refused";
in
{
  lantern = package {
    pname = "lantern";
    version = "2.12.1";
    meta = {
      description = "Program that lights\nthe way";
      mainProgram = "light";
    };
  };
  compiler_1 = package {
    pname = "compiler";
    version = "1.4";
  };
  compiler_2 = package {
    pname = "compiler";
    version = "2.0";
  };
  closed = refused "allowUnfree" (package {
    pname = "closed";
    version = "7";
    meta.unfree = true;
  });
  halved = refused "allowBroken" (package {
    pname = "halved";
    version = "0.5";
    meta = {
      broken = true;
      description = [ "no text" ];
    };
  });
  gone = throw "gone has been removed";
  plugins = {
    recurseForDerivations = true;
    shade = package {
      pname = "lantern-shade";
      version = "3";
    };
  };
  notListed.inside = package {
    pname = "inside";
    version = "1";
  };
}
