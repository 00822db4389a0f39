# A user's links: `plan`, the list that ./link.sh reads; `link`, the script itself, bound to that
# list; and `files`, the links as a tree, for home-manager. Which agents are installed is known
# only when the output is built, so this derivation depends on it.
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
  # The files of other agents: { id; source; target; }. A source may be a folder, whose files are
  # linked one by one.
  agentFiles,
}:
let
  line =
    {
      source,
      target,
      onConflict,
      other ? null,
      ...
    }:
    lib.concatStringsSep "\t" ([ onConflict source target ] ++ lib.optional (other != null) other);
in
runCommandLocal "nixos-intelligence-links-${user}"
  {
    plan = lib.concatMapStrings (entry: "${line entry}\n") entries;
    agentFiles = lib.concatMapStrings (
      {
        id,
        source,
        target,
      }:
      "${id}\t${source}\t${target}\n"
    ) agentFiles;
    passAsFile = [
      "plan"
      "agentFiles"
    ];
  }
  ''
    mkdir -p $out/files
    cp "$planPath" $out/plan
    # Without policies that need a hook, the plugin has no files for other agents.
    while IFS=$'\t' read -r id folder target; do
      [[ -e $folder ]] || continue
      find "$folder" ! -type d -printf '%P\n' | sort | while read -r path; do
        if grep -qxF -- "$id" ${output}/agents; then
          printf 'leave\t%s\t%s\n' "$folder''${path:+/$path}" "$target''${path:+/$path}"
        else
          printf 'drop\t-\t%s\n' "$target''${path:+/$path}"
        fi
      done
    done <"$agentFilesPath" >>$out/plan

    while IFS=$'\t' read -r _ source target other; do
      [[ -e $source ]] || continue
      for path in "$target" ''${other:+"$other"}; do
        mkdir -p "$out/files/$(dirname "$path")"
        ln -s "$source" "$out/files/$path"
      done
    done <$out/plan

    {
      echo '#!${runtimeShell}'
      echo 'PATH=${lib.makeBinPath [ coreutils ]}''${PATH:+:$PATH}'
      echo "set -- \"\$@\" --store ${builtins.storeDir} --plan $out/plan"
      cat ${./link.sh}
    } >$out/link
    chmod +x $out/link
  ''
