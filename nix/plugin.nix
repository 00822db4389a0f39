# The Claude Code plugin of one user: the policies of the user's output and the hook with its
# programs. It is separate because the output must not have references.
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
    --bash ${lib.getExe' bash "bash"} --cat ${lib.getExe' coreutils "cat"} \
    --node ${lib.getExe nodejs}
''
