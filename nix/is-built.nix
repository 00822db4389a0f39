# Whether a path is made by a build: to look into it in evaluation would be to build it there.
{ lib }:
path:
lib.isDerivation path
|| lib.any (context: context ? outputs) (lib.attrValues (builtins.getContext (toString path)))
