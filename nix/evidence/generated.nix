# Files that the configuration writes, with the user's file that makes it so. Names only: what is in
# them is never looked at.
{
  lib,
  files,
  # The enabled options declared in a file, as `enabled-options.nix` finds them.
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

  tryOr = import ./try-or.nix;

  credit = file: if enabledIn ? ${file} then head enabledIn.${file} else null;

  # `option`: environment.etc, home.file, …; `place`: an attribute name -> the target.
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
              files = map files.show option'.files;
              by = option'.option;
            }
          else
            null;
      in
      if owner == null then [ ] else map (key: { target = place key; } // owner) names
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
