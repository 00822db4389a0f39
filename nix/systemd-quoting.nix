# Text as it stands, in a systemd unit: systemd's quoting is not a shell's.
{ lib }:
{
  # Where words are not parted and nothing is quoted: `%` alone stands for something else.
  plain = lib.replaceStrings [ "%" ] [ "%%" ];

  # One argument of a command line. (NixOS has `utils.escapeSystemdExecArg`; home-manager has none.)
  # Specifiers among `keep` keep their meaning, and so does `%%` beside them.
  argument =
    {
      keep ? [ ],
    }:
    text:
    let
      kept = lib.optionals (keep != [ ]) ([ "%%" ] ++ keep);
    in
    # The first that fits is taken; a string of JSON is one of systemd's, control characters and all.
    lib.replaceStrings (kept ++ [ "%" "$" ]) (kept ++ [ "%%" "$$" ]) (builtins.toJSON text);
}
