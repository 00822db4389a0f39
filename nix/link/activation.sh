# shellcheck shell=bash disable=SC2154
# Part of home-manager's activation script (set -eu), between its checks and its linking. The module
# defines nixosIntelligenceLink, which runs ./link.sh over the list of links.

nixosIntelligenceSettle() {
  local state=${nixosIntelligenceState-} dry=()
  [[ -n $state ]] || return 0
  nixosIntelligenceState=
  unset -f find
  if [[ -v DRY_RUN ]]; then dry=(--dry-run); fi
  nixosIntelligenceLink settle --home "$HOME" --state "$state" "${dry[@]}" || true
  rm -rf -- "$state"
}

nixosIntelligenceHold() {
  local files dry=() trapped=()
  files=$(readlink -e "$newGenPath/home-files")
  nixosIntelligenceState=$(mktemp -d)
  # Rename the user's files back whatever fails from here on. Keep an existing trap.
  eval "trapped=($(trap -p EXIT))"
  # shellcheck disable=SC2064
  trap "nixosIntelligenceSettle || true; ${trapped[2]-}" EXIT
  if [[ -v DRY_RUN ]]; then dry=(--dry-run); fi
  if ! nixosIntelligenceLink hold --home "$HOME" --state "$nixosIntelligenceState" --new "$files" "${dry[@]}"; then
    errorEcho "nixos-intelligence: your files could not be protected, so nothing is linked"
    return 1
  fi
  # A target that cannot be written would end the activation. home-manager lists its files with
  # `find`, so hide the target from it.
  if [[ -s $nixosIntelligenceState/skip ]]; then
    find() {
      local root=${1-} hidden=() path
      if [[ -n $root && $root == "$(readlink -e "$newGenPath/home-files")" ]]; then
        shift
        while IFS= read -r path; do hidden+=(! -path "$root/$path"); done <"$nixosIntelligenceState/skip"
        command find "$root" "${hidden[@]}" "$@"
      else
        command find "$@"
      fi
    }
  fi
}

nixosIntelligenceHold
