# The list of links that ./link.sh works on, and for every other agent what is to be linked for it.
# Which agents are installed is known only when the output is built, so this is built after it.
{
  lib,
  runCommandLocal,
  # Name of the user.
  user,
  # The user's output, see ../output.nix.
  output,
  # Links whatever is installed: { source, target, onConflict, other ? null }, targets relative to HOME.
  entries,
  # Other agents: file as the output's `links` names it -> where it is in this home.
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
    always = lib.concatMapStrings (entry: "${line entry}\n") entries;
    known = lib.concatStrings (lib.mapAttrsToList (reads: target: "${reads}\t${target}\n") agents);
    passAsFile = [
      "always"
      "known"
    ];
  }
  ''
    mkdir -p $out/agents
    cp "$alwaysPath" $out/plan
    number=0
    while IFS=$'\t' read -r reads target; do
      source=
      while IFS=$'\t' read -r file wanted; do
        if [ "$wanted" = "$reads" ]; then source=${output}/$file; fi
      done <${output}/links
      if [ -n "$source" ]; then
        ln -s "$source" $out/agents/$number
        printf 'leave\t%s\t%s\n' "$source" "$target" >>$out/plan
      else
        # An empty folder: home-manager, told to link what is in it, links nothing.
        mkdir $out/agents/$number
        printf 'drop\t-\t%s\n' "$target" >>$out/plan
      fi
      number=$((number + 1))
    done <"$knownPath"
  ''
