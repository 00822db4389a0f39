# One argument of a command line in a systemd unit, as it stands: systemd's quoting is not a shell's. (NixOS
# has `utils.escapeSystemdExecArg`; home-manager has none.) Specifiers among `keep` keep their meaning, and
# so does `%%` beside them.
{ lib }:
{
  keep ? [ ],
}:
text:
let
  kept = lib.optionals (keep != [ ]) ([ "%%" ] ++ keep);
in
# The first that fits is taken; a string of JSON is one of systemd's, control characters and all.
lib.replaceStrings (kept ++ [ "%" "$" ]) (kept ++ [ "%%" "$$" ]) (builtins.toJSON text)
