# The inputs that a flake's lock file pins. Asking an input itself could fetch it.
{
  lib,
  # The flake's root, or null.
  root,
}:
let
  file = "${root}/flake.lock";
  lock = import ./try-or.nix { } (
    if root != null && builtins.pathExists file then builtins.fromJSON (builtins.readFile file) else { }
  );
  nodes = lock.nodes or { };
  start = lock.root or "root";

  # A reference is a node's name, or a path of `follows` from the root on.
  resolve =
    reference:
    if builtins.isString reference then
      reference
    else
      lib.foldl' (node: step: resolve nodes.${node}.inputs.${step}) start reference;
in
# input name -> its node
lib.mapAttrs (_: reference: nodes.${resolve reference} or { }) (nodes.${start}.inputs or { })
