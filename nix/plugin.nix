# The plugin of one user: the skills, the policies of the user's output and the hook with its
# programs, and the files of single agents. It is separate because the output must not have
# references.
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
  # Whose hooks it starts: "all", "others" (not that of Claude Code) or "none".
  hooks,
}:
runCommandLocal "nixos-intelligence-plugin-${user}" { nativeBuildInputs = [ package ]; } ''
  nixos-intelligence plugin --in ${output} --out "$out" --hooks ${hooks} \
    --bash ${lib.getExe' bash "bash"} --cat ${lib.getExe' coreutils "cat"} \
    --node ${lib.getExe nodejs}
  # The package is part of the closure already.
  if [ -e "$out/hooks/hook.cjs" ]; then
    ln -sf ${package}/lib/nixos-intelligence/hook.cjs "$out/hooks/hook.cjs"
  fi
''
