# Files that the configuration writes, with the user's file that is responsible. Names only: their
# contents are never read.
{
  lib,
  files,
  # File -> the enabled options that it declares, from ./options.nix.
  enabledIn,
}:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    head
    isAttrs
    ;

  inherit (import ../lib.nix { inherit lib; }) tryOr;
  utf8 = import ./utf8.nix;

  credit = file: if enabledIn ? ${file} then head enabledIn.${file} else null;

  # `option`: environment.etc, home.file, …; `place`: attribute name -> target.
  from =
    { option, name, place }:
    concatMap (
      { file, value, ... }:
      let
        plain = files.plain file;
        names = tryOr [ ] (if isAttrs value then attrNames value else [ ]);
        option' = credit plain;
        owner =
          if files.isUser plain then
            {
              files = [ (files.show plain) ];
              by = name;
            }
          else if option' != null && option'.files != [ ] then
            {
              inherit (option') files;
              by = option'.option;
            }
          else
            null;
      in
      if owner == null then [ ] else map (key: { target = utf8 (place key); } // owner) names
    ) (filter ({ file, ... }: !(files.isOurs (files.plain file))) option.definitionsWithLocations);

  unique =
    list:
    lib.attrValues (
      lib.foldl' (
        found: entry:
        found
        // {
          ${entry.target} = entry // {
            files = lib.unique ((found.${entry.target}.files or [ ]) ++ entry.files);
          };
        }
      ) { } list
    );
in
sources: unique (concatMap from sources)
