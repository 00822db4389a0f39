# A user's links: `plan`, the list that ./link.sh reads; `link`, the script itself, bound to that
# list; and `agents/<id>`, the context of every other agent that is installed. Which agents are
# installed is known only when the output is built, so this derivation depends on it.
{
  lib,
  runCommandLocal,
  runtimeShell,
  coreutils,
  # Name of the user.
  user,
  # The user's output, see ../output.nix.
  output,
  # Links that do not depend on what is installed: { source; target; onConflict; other ? null; },
  # with targets relative to the home.
  entries,
  # Agent id -> the target of its context.
  agents,
}:
let
  line =
    {
      source,
      target,
      onConflict,
      other ? null,
    }:
    lib.concatStringsSep "\t" ([ onConflict source target ] ++ lib.optional (other != null) other);
in
runCommandLocal "nixos-intelligence-links-${user}"
  {
    plan = lib.concatMapStrings (entry: "${line entry}\n") entries;
    agents = lib.concatStrings (lib.mapAttrsToList (id: target: "${id}\t${target}\n") agents);
    passAsFile = [
      "plan"
      "agents"
    ];
  }
  ''
    mkdir -p $out/agents
    cp "$planPath" $out/plan
    while IFS=$'\t' read -r id target; do
      if grep -qxF -- "$id" ${output}/agents; then
        ln -s ${output}/AGENTS.md "$out/agents/$id"
        printf 'leave\t%s\t%s\n' ${output}/AGENTS.md "$target" >>$out/plan
      else
        # home-manager links the files in this folder, of which there are none.
        mkdir "$out/agents/$id"
        printf 'drop\t-\t%s\n' "$target" >>$out/plan
      fi
    done <"$agentsPath"

    {
      echo '#!${runtimeShell}'
      echo 'PATH=${lib.makeBinPath [ coreutils ]}''${PATH:+:$PATH}'
      echo "set -- \"\$@\" --store ${builtins.storeDir} --plan $out/plan"
      cat ${./link.sh}
    } >$out/link
    chmod +x $out/link
  ''
