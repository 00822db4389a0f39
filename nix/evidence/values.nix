# What may enter the store of an option's value, which every user of the machine can read: booleans,
# numbers, members of an enumeration, null and names of packages, each only where the option's type
# allows nothing else at that place. Text, paths and values of free form are never read.
{ lib }:
let
  inherit (builtins)
    all
    elem
    isBool
    isFloat
    isInt
    isList
    isString
    length
    tryEval
    ;

  utf8 = import ./utf8.nix;

  longest = 30;

  # An attribute set with the text of a value, in Nix's notation, or null.
  shown = text: { inherit text; };

  # `postgresql-16.4`: under which attribute nixpkgs has it, only the source text shows
  # (generators/evidence/places.ts).
  packageName =
    package:
    let
      name = utf8 (package.name or null);
    in
    if name == null || name == "" then null else shown name;

  numeric = [
    "bool"
    "float"
    "int"
    "intBetween"
    "number"
    "numberBetween"
    "positiveInt"
    "signedInt16"
    "signedInt32"
    "signedInt8"
    "unsignedInt"
    "unsignedInt16"
    "unsignedInt32"
    "unsignedInt8"
  ];

  read =
    type: value:
    let
      name = type.name or "";
      nested = type.nestedTypes or { };
    in
    if elem name numeric || lib.hasPrefix "int" name || lib.hasPrefix "float" name then
      (if isBool value || isInt value || isFloat value then shown (builtins.toJSON value) else null)
    else if name == "boolByOr" then
      (if isBool value then shown (builtins.toJSON value) else null)
    else if name == "enum" then
      (
        if isString value then
          shown (builtins.toJSON (utf8 value))
        else if isInt value || isBool value then
          shown (builtins.toJSON value)
        else
          null
      )
    else if name == "package" || name == "shellPackage" then
      (if lib.isDerivation value then packageName value else null)
    else if name == "nullOr" then
      (if value == null then shown "null" else read nested.elemType value)
    else if name == "unique" then
      read nested.elemType value
    else if name == "coercedTo" then
      read nested.finalType value
    else if name == "either" then
      (
        if nested.left.check value then
          read nested.left value
        else if nested.right.check value then
          read nested.right value
        else
          null
      )
    else if name == "listOf" then
      (
        if isList value && length value <= longest then
          let
            elements = map (read nested.elemType) value;
          in
          if all (element: element != null) elements then
            shown "[ ${lib.concatMapStrings (element: "${element.text} ") elements}]"
          else
            null
        else
          null
      )
    else
      null;
in
{
  # type: of the option; value: forced only where the type allows it. Null where it is not shown.
  valueOf =
    type: value:
    let
      result = tryEval (
        let
          found = read type value;
          text = if found == null then null else builtins.unsafeDiscardStringContext found.text;
        in
        builtins.seq text text
      );
    in
    if result.success then result.value else null;

  # Whether `valueOf` forces a value of this type.
  isRead =
    type:
    let
      name = type.name or "";
    in
    elem name numeric
    || lib.hasPrefix "int" name
    || lib.hasPrefix "float" name
    || elem name [
      "boolByOr"
      "coercedTo"
      "either"
      "enum"
      "listOf"
      "nullOr"
      "package"
      "shellPackage"
      "unique"
    ];
}
