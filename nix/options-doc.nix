# The option reference, docs/options.md, from the options themselves.
{ lib }:
let
  inherit (builtins) concatStringsSep filter;

  # Packages and other values that options only mention must not be needed to document them.
  absent = name: throw "the options' documentation needs `${name}`";

  optionsOf =
    module:
    (lib.evalModules {
      modules = [
        module
        { _module.check = false; }
      ];
      specialArgs = {
        pkgs = absent "pkgs";
        modulesPath = "/modules";
      };
    }).options;

  text = value: if builtins.isString value then value else value.text or "";

  # Roles of the manual ({option}`x`) become plain code spans.
  plain =
    value:
    lib.replaceStrings
      [
        "{option}`"
        "{file}`"
        "{command}`"
        "{env}`"
      ]
      [
        "`"
        "`"
        "`"
        "`"
      ]
      (lib.trim (text value));

  code =
    value:
    let
      written = lib.trim value.text or (lib.generators.toPretty { } value);
    in
    if (value._type or null) == "literalMD" then
      plain written
    else if lib.hasInfix "\n" written then
      "\n\n```nix\n${written}\n```"
    else
      "`${written}`";

  entry =
    option:
    concatStringsSep "\n\n" (
      [
        "### `${lib.replaceStrings [ "<name>" ] [ "‹name›" ] option.name}`"
        (plain option.description)
        (concatStringsSep "  \n" (
          [ "Type: ${option.type}" ]
          ++ lib.optional (option.readOnly or false) "Read-only"
          ++ lib.optional (option ? default) "Default: ${code option.default}"
          ++ lib.optional (option ? example) "Example: ${code option.example}"
        ))
      ]
    );

  section =
    title: module:
    let
      options = filter (
        option:
        option.visible
        && !option.internal
        && lib.hasPrefix "programs.nixos-intelligence" option.name
      ) (lib.optionAttrSetToDocList (optionsOf module));
    in
    concatStringsSep "\n\n" ([ "## ${title}" ] ++ map entry options);
in
''
  # Options

  Generated from the modules by `nix build .#options-doc`; do not edit.

''
+ concatStringsSep "\n\n" [
  (section "NixOS" ./nixos.nix)
  (section "home-manager" ./home-manager.nix)
]
+ "\n"
