# The Claude Code plugin of one user: the hook, bound to its programs, over the policies as the
# user's output has them. Apart from the output, which must not refer to anything.
{
  lib,
  runCommandLocal,
  bash,
  coreutils,
  nodejs,
  # The command line, from ./package.nix.
  package,
  user,
  # The user's output, see ./output.nix.
  output,
}:
runCommandLocal "nixos-intelligence-plugin-${user}" { nativeBuildInputs = [ package ]; } ''
  nixos-intelligence plugin --policies ${output}/intelligence/policies.json --out "$out" \
    --bash ${lib.getExe' bash "bash"} --cat ${lib.getExe' coreutils "cat"} --node ${lib.getExe nodejs}
''
