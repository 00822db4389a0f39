# The documentation of all options of NixOS or home-manager, as `nixosOptionsDoc` has it. Evaluated
# in a builder (./options-json.nix), so that it costs the evaluation of a configuration nothing.
{
  # "nixos" or "home-manager".
  kind,
  # The sources of nixpkgs and, for home-manager, of home-manager.
  nixpkgs,
  homeManager ? null,
  system,
}:
let
  pkgs =
    import nixpkgs {
      inherit system;
      config = { };
      overlays = [ ];
    }
    // {
      path = nixpkgs;
    };
  homeLib = import (homeManager + "/modules/lib/stdlib-extended.nix") pkgs.lib;

  options =
    if kind == "nixos" then
      (import (nixpkgs + "/nixos/lib/eval-config.nix") {
        inherit (pkgs) lib;
        inherit system;
        modules = [
          {
            _module.check = false;
            _module.args.pkgs = pkgs.lib.mkForce pkgs;
          }
        ];
      }).options
    else
      (homeLib.evalModules {
        modules =
          import (homeManager + "/modules/modules.nix") {
            lib = homeLib;
            inherit pkgs;
            check = false;
          }
          ++ [
            {
              _module.check = false;
              _module.args.pkgs = homeLib.mkForce pkgs;
              _module.args.pkgs_i686 = homeLib.mkForce { };
            }
          ];
        class = "homeManager";
      }).options;

  inherit (pkgs) lib;
  root = toString (if kind == "nixos" then nixpkgs else homeManager);
  prefix = if kind == "nixos" then "" else "home-manager/";

  # What throws costs that field alone.
  try =
    name: value:
    let
      result = builtins.tryEval (builtins.deepSeq value value);
    in
    lib.optionalAttrs (result.success && result.value != null) { ${name} = result.value; };

  describe = option: {
    inherit (option) name;
    value =
      try "type" (option.type or null)
      // try "description" (option.description.text or option.description or null)
      // try "default" (rendered (option.default or null))
      // try "example" (rendered (option.example or null))
      // try "declarations" (
        map (
          file:
          let
            plain = builtins.unsafeDiscardStringContext (toString file);
          in
          "${prefix}${lib.removePrefix "${root}/" plain}"
        ) option.declarations
      )
      // lib.optionalAttrs (option.readOnly or false) { readOnly = true; };
  };
  rendered =
    value:
    if value == null then
      null
    else
      {
        text = value.text or (lib.generators.toPretty { } value);
      };
in
builtins.listToAttrs (
  map describe (
    builtins.filter (option: (option.visible or true) == true && !(option.internal or false)) (
      lib.optionAttrSetToDocList options
    )
  )
)
