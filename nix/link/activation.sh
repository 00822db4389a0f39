# shellcheck shell=bash disable=SC2154
# Part of home-manager's activation script (set -eu), before its check for files in the way. The module
# defines nixosIntelligenceLink, which runs ./link.sh over the list of links.

# home-manager lists its new files with `find`, to check and to link them. This one leaves out those of
# ours that it must not link.
nixosIntelligenceHidden=
find() {
  local files hidden=() target
  files=$(readlink -e "$newGenPath/home-files")
  if [[ ${1-} == "$files" ]]; then
    shift
    while IFS= read -r target; do
      if [[ -n $target ]]; then hidden+=(! -path "$files/$target"); fi
    done <<<"$nixosIntelligenceHidden"
    command find "$files" "${hidden[@]}" "$@"
  else
    command find "$@"
  fi
}

nixosIntelligencePrepare() {
  local files
  files=$(readlink -e "$newGenPath/home-files")
  # It lists these targets on file descriptor 3.
  {
    nixosIntelligenceHidden=$(
      nixosIntelligenceLink prepare --home "$HOME" --new "$files" "$@" 3>&1 >&4
    )
  } 4>&1
}

# The check must not change anything.
nixosIntelligencePrepare --dry-run >/dev/null || true
