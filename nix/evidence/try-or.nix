# The value, or the fallback where its evaluation throws. (The walk of ./enabled-options.nix and
# ./packages.nix do so in place: a call for every option and package is one too many.)
fallback: value:
let
  read = builtins.tryEval value;
in
if read.success then read.value else fallback
