# shellcheck shell=bash disable=SC2154
# Part of home-manager's activation, in its shell (set -eu), between its checks and its linking. The
# module defines nixosIntelligenceLink: ./link.sh with the list of links, for a mode.

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
  # Whatever goes wrong from here on, what was moved goes back. There may be a trap already.
  eval "trapped=($(trap -p EXIT))"
  # shellcheck disable=SC2064
  trap "nixosIntelligenceSettle || true; ${trapped[2]-}" EXIT
  if [[ -v DRY_RUN ]]; then dry=(--dry-run); fi
  if ! nixosIntelligenceLink hold --home "$HOME" --state "$nixosIntelligenceState" --new "$files" "${dry[@]}"; then
    errorEcho "nixos-intelligence: what is yours could not be kept from being overwritten, so nothing is linked"
    return 1
  fi
  # What cannot be written at all would end the activation: home-manager passes it over, by not
  # finding it among its files.
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
