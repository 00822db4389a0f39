# The attributes that overlays of the user or of other flakes define, each with its place. The
# overlays are called once more for the names of their attributes; no value is forced.
{
  files,
  pkgs,
  # Whether a file belongs to the configuration or one of its inputs except nixpkgs.
  isOutside,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    isAttrs
    isFunction
    tryEval
    unsafeGetAttrPos
    ;
  # Everything that an overlay finds in `prev` is in the whole set, too.
  attributesOf =
    overlay:
    let
      called = tryEval (if isFunction overlay then overlay pkgs else null);
      read = tryEval (if isFunction called.value then called.value pkgs else null);
    in
    if called.success && read.success && isAttrs read.value then read.value else { };
in
concatMap (
  overlay:
  let
    attributes = attributesOf overlay;
  in
  concatMap (
    attribute:
    let
      position = unsafeGetAttrPos attribute attributes;
    in
    if position != null && isOutside (files.plain position.file) then
      [
        {
          inherit attribute;
          file = files.showPosition (files.plain position.file);
          inherit (position) line;
        }
      ]
    else
      [ ]
  ) (attrNames attributes)
) (pkgs.overlays or [ ])
