#!/usr/bin/env bash
# Makes links from a home directory into the Nix store and removes them again. It never loses a file
# of the user: it overwrites nothing, and it removes only links to store paths with our name.
#
#   link.sh start  --plan FILE --home DIR [--record FILE]         make the links
#   link.sh stop   --plan FILE --home DIR [--record FILE]         remove them
#   link.sh hold   --plan FILE --home DIR --state DIR --new DIR   before home-manager makes its links
#   link.sh settle --plan FILE --home DIR --state DIR             after it
#   all modes:     --dry-run (report only), --store DIR (default: /nix/store)
#
# The plan has one line per link, with fields separated by tabs and targets relative to the home:
#
#   beside SOURCE TARGET OTHER   if the user has a file at TARGET, link OTHER instead
#   aside  SOURCE TARGET         if the user has a file at TARGET, move it once to the next free TARGET.N
#   leave  SOURCE TARGET         if the user has a file at TARGET, make no link
#   drop   -      TARGET         remove a link of ours at TARGET
#
# home-manager stops if a file is in its way, or overwrites it. So `hold` renames the user's files
# while home-manager makes its links, and `settle` renames them back. Targets that cannot be written
# are listed in STATE/skip, for home-manager to skip.
#
# The exit status is 0 whatever the state of the home directory, so that a link never fails a rebuild.
# Only `hold` returns 1, if it could not protect the user's files from home-manager.
set -u
export LC_ALL=C

mode=${1-}
plan='' home='' store=/nix/store record='' state='' new='' dry=''
shift || true
while (($# > 0)); do
  case $1 in
    --plan) plan=${2-} ;;
    --home) home=${2-} ;;
    --store) store=${2-} ;;
    --record) record=${2-} ;;
    --state) state=${2-} ;;
    --new) new=${2-} ;;
    --dry-run) dry=yes ;;
    *)
      echo "link.sh: unknown argument $1" >&2
      exit 2
      ;;
  esac
  if [[ $1 != --dry-run ]]; then shift || true; fi
  shift || true
done
held_suffix=.nixos-intelligence-held
tilde='~'

report() { printf 'nixos-intelligence: %s\n' "$*"; }

exists() { [[ -e $1 || -L $1 ]]; }

# Sets `kind` for a path: absent; ours: a link to a store path of ours; home: the same through
# home-manager's files; dead: a link into home-manager's files that do not exist any more; declared: a
# link to a file of the user's home-manager configuration; foreign: everything else.
classify() {
  local to rest name
  kind=absent
  exists "$1" || return 0
  kind=foreign
  [[ -L $1 ]] || return 0
  to=$(readlink -n -- "$1" && printf x)
  to=${to%x}
  if is_our_path "$to"; then
    kind=ours
    return 0
  fi
  rest=${to#"$store"/}
  name=${rest%%/*}
  [[ $rest != "$to" && $name =~ ^[0-9a-z]{32}-home-manager-files$ ]] || return 0
  if ! exists "$to"; then
    kind=dead
  elif is_our_path "$(readlink -n -- "$to")"; then
    kind=home
  else
    kind=declared
  fi
}

is_our_path() {
  local rest=${1#"$store"/}
  [[ $rest != "$1" && ${rest%%/*} =~ ^[0-9a-z]{32}-nixos-intelligence-.+$ ]]
}

# Renames $1 to $2 if $2 is free. `mv -n` also succeeds without moving, so the result is checked.
rename() {
  mv -nT -- "$1" "$2" 2>/dev/null
  ! exists "$1" && exists "$2"
}

# Moves $1 to the next free name $2.N ($2 defaults to $1) and sets `moved` to that name.
set_aside() {
  local path=$1 base=${2:-$1} n
  for ((n = 1; n < 10000; n++)); do
    moved=$base.$n
    exists "$moved" && continue
    [[ -n $dry ]] && return 0
    rename "$path" "$moved" && return 0
    # If the name was taken in the meantime, try the next one. Otherwise the file cannot be moved.
    exists "$moved" && exists "$path" || return 1
  done
  return 1
}

# Removes a link of ours. The link is renamed and checked again before that, in case an editor has
# replaced it by a file in the meantime.
remove_link() {
  local path=$1 away=$1.nixos-intelligence-$$
  [[ -n $dry ]] && return 0
  rename "$path" "$away" || return 1
  classify "$away"
  case $kind in
    ours | home | dead) rm -f -- "$away" ;;
    *)
      rename "$away" "$path"
      return 1
      ;;
  esac
}

# Finishes what a killed run left beside $1: removes a link of ours, and puts back what is the user's.
sweep() {
  local path=$1 left
  for left in "$path".nixos-intelligence-*; do
    if [[ ! ${left##*-} =~ ^[0-9]+$ || -n $dry ]] || ! exists "$left"; then continue; fi
    classify "$left"
    case $kind in
      ours | home | dead) rm -f -- "$left" ;;
      *)
        rename "$left" "$path" && continue
        if set_aside "$left" "$path"; then
          report "an earlier run was interrupted; your file from then is kept as $tilde/${moved#"$home"/}"
        fi
        ;;
    esac
  done
}

# Records a path, so that `stop` removes everything that `start` made even if the plan has changed.
note() {
  if [[ -n $record && -z $dry ]]; then { printf '%s\0' "$1" >>"$record"; } 2>/dev/null || true; fi
}

# Creates the missing folders above $1.
make_parents() {
  local dir=${1%/*}
  [[ -d $dir ]] && return 0
  make_parents "$dir" || return 1
  # First, so that the record is complete when this is killed in between.
  note "$dir"
  mkdir -- "$dir" 2>/dev/null
}

# Makes a link to $1 at $2, where nothing or a link of ours is; messages call it $3.
put() {
  local source=$1 path=$2 shown=$3
  if [[ -L $path && $(readlink -n -- "$path" && printf x) == "${source}x" ]]; then
    note "$path"
    return 0
  fi
  if [[ ! -e $source ]]; then
    report "$source does not exist, so $shown is not linked"
    return 1
  fi
  if [[ -n $dry ]]; then
    report "would link $shown"
    return 0
  fi
  if { ! exists "$path" || remove_link "$path"; } && make_parents "$path"; then
    note "$path"
    if ln -sT -- "$source" "$path" 2>/dev/null; then return 0; fi
  fi
  report "$shown cannot be written and is not linked; everything else continues"
  return 1
}

# Removes $1 if it is a link of ours; messages call it $2.
remove() {
  classify "$1"
  case $kind in
    ours) ;;
    home) [[ $mode == settle ]] || return 1 ;;
    *) return 1 ;;
  esac
  if [[ -n $dry ]]; then
    [[ $mode == settle ]] || report "would remove $2"
    return 0
  fi
  remove_link "$1" || report "$2 is ours but cannot be removed"
}

start() {
  local how=$1 source=$2 path=$home/$3 shown=$tilde/$3 other=$home/$4 other_shown=$tilde/$4
  classify "$path"
  if [[ $kind == declared ]]; then kind=foreign; fi
  case $how:$kind in
    drop:*) remove "$path" "$shown" ;;
    beside:foreign)
      classify "$other"
      if [[ $kind == foreign || $kind == declared ]]; then
        report "$shown and $other_shown are yours and are left alone; ours is not linked"
      elif [[ $kind == home ]]; then
        report "$other_shown is already linked by home-manager"
      elif put "$source" "$other" "$other_shown"; then
        report "$shown is yours and is left alone; ours is $other_shown, which is loaded as well"
      fi
      ;;
    leave:foreign) report "$shown is yours and is left alone; ours is not linked there" ;;
    aside:foreign)
      if set_aside "$path"; then
        report "$shown was not ours: ${dry:+would be }moved to $tilde/${moved#"$home"/}"
        [[ -n $dry ]] || put "$source" "$path" "$shown"
      else
        report "$shown is not ours and cannot be moved: ours is not linked"
      fi
      ;;
    *:home)
      report "$shown is already linked by home-manager"
      if [[ $how == beside ]]; then remove "$other" "$other_shown"; fi
      ;;
    *)
      if put "$source" "$path" "$shown" && [[ $how == beside ]]; then remove "$other" "$other_shown"; fi
      ;;
  esac
}

stop() {
  remove "$home/$2" "$tilde/$2"
  if [[ $1 == beside ]]; then remove "$home/$3" "$tilde/$3"; fi
}

# Whether home-manager can make the link $1 (target $2): it exists already, or the nearest existing
# folder above it is writable.
can_link() {
  local path=$1 target=$2 dir=${1%/*}
  if [[ -L $path && $(readlink -n -- "$path") == "$new/$target" ]]; then return 0; fi
  while ! exists "$dir" && [[ $dir == */* ]]; do dir=${dir%/*}; done
  [[ -d $dir && -w $dir && -x $dir ]]
}

skip_target() {
  report "$tilde/$1 $2; everything else continues without it"
  [[ -z $dry ]] || return 0
  printf '%s\n' "$1" >>"$state/skip" || failed=yes
}

hold() {
  local how=$1 target=$2 path=$home/$2 other=$3 held=$home/$2$held_suffix
  [[ $how != drop ]] || return 0
  if [[ $how == beside ]]; then
    if can_link "$home/$other" "$other"; then
      classify "$home/$other"
      [[ $kind != foreign ]] || hold leave "$other" ''
      if [[ -z $dry && ! -d $home/${other%/*} ]]; then printf '%s\n' "${other%/*}" >>"$state/absent"; fi
    else
      skip_target "$other" "cannot be written"
    fi
  fi
  classify "$path"
  # A killed run may have left the user's file renamed. If there is a new file by now, both are kept.
  if exists "$held" && [[ $kind == foreign ]]; then
    if set_aside "$held" "$path"; then
      report "an earlier rebuild was interrupted; the file that was at $tilde/$target is ${dry:+would be }kept as $tilde/${moved#"$home"/}"
    else
      skip_target "$target" "is yours and cannot be moved"
      return 0
    fi
  fi
  if ! can_link "$path" "$target"; then
    skip_target "$target" "cannot be written"
    return 0
  fi
  [[ $kind == foreign ]] || return 0
  case $how in
    aside)
      if set_aside "$path"; then
        report "$tilde/$target was not ours: ${dry:+would be }moved to $tilde/${moved#"$home"/}"
      else
        skip_target "$target" "is not ours and cannot be moved"
      fi
      ;;
    *)
      [[ -z $dry ]] || return 0
      rename "$path" "$held" || skip_target "$target" "is yours and cannot be moved"
      ;;
  esac
}

settle() {
  local how=$1 target=$2 path=$home/$2 other=$3 held=$home/$2$held_suffix
  if [[ $how == beside ]] && exists "$home/$other$held_suffix"; then settle leave "$other" ''; fi
  if exists "$held" && [[ -z $dry ]]; then restore "$path" "$held"; fi
  classify "$path"
  case $how:$kind in
    drop:*) remove "$path" "$tilde/$target" ;;
    beside:foreign | beside:declared)
      classify "$home/$other"
      if [[ $kind == ours || $kind == home || -n $dry ]]; then
        report "$tilde/$target is yours and is left alone; ours is $tilde/$other, which is loaded as well"
      else
        report "$tilde/$target is yours and is left alone; ours is not linked"
      fi
      ;;
    beside:ours | beside:home)
      if remove "$home/$other" "$tilde/$other" && [[ -z $dry ]]; then remove_if_made "${other%/*}"; fi
      ;;
    leave:foreign) report "$tilde/$target is yours and is left alone; ours is not linked there" ;;
  esac
}

restore() {
  local path=$1 held=$2
  classify "$path"
  case $kind in
    absent) ;;
    foreign | declared)
      # A file that was written in the meantime, or by the user's own configuration: both are kept.
      if set_aside "$held" "$path"; then report "the file at $tilde/${path#"$home"/} is kept as $tilde/${moved#"$home"/}"; fi
      return 0
      ;;
    *) remove_link "$path" ;;
  esac
  rename "$held" "$path" || report "$tilde/${path#"$home"/} could not be put back: it is kept as $tilde/${held#"$home"/}"
}

# Removes a folder below the home directory that did not exist before home-manager made its links.
remove_if_made() {
  local dir
  [[ -f $state/absent ]] || return 0
  while IFS= read -r dir; do
    if [[ $dir == "$1" ]]; then rmdir -- "$home/$dir" 2>/dev/null || true; fi
  done <"$state/absent"
}

# Removes recorded links that the plan does not contain any more, and recorded folders that are empty.
# The deepest come first.
remove_made() {
  local made=() i
  [[ -n $record && -f $record && -z $dry ]] || return 0
  mapfile -d '' -t made <"$record"
  for ((i = ${#made[@]} - 1; i >= 0; i--)); do
    sweep "${made[i]}"
    if [[ -L ${made[i]} ]]; then
      remove "${made[i]}" "$tilde/${made[i]#"$home"/}"
    else
      rmdir -- "${made[i]}" 2>/dev/null || true
    fi
  done
  rm -f -- "$record"
}

case $mode in
  start | stop | hold | settle) ;;
  *)
    echo "usage: link.sh start|stop|hold|settle --plan FILE --home DIR …" >&2
    exit 2
    ;;
esac
if [[ ! -d $home ]]; then
  report "the home directory ${home:-(none given)} does not exist: nothing is linked"
  exit 0
fi
if [[ ! -r $plan ]]; then
  report "the list of links cannot be read (${plan:-none given}): nothing is linked"
  [[ $mode != hold ]]
  exit
fi
failed=
while IFS=$'\t' read -r how source target other; do
  case $how in
    beside | aside | leave | drop) ;;
    *) continue ;;
  esac
  for path in "$target" ${other:+"$other"}; do sweep "$home/$path"; done
  case $mode in
    start) start "$how" "$source" "$target" "${other-}" ;;
    stop) stop "$how" "$target" "${other-}" ;;
    hold) hold "$how" "$target" "${other-}" ;;
    settle) settle "$how" "$target" "${other-}" ;;
  esac
done <"$plan"
if [[ $mode == stop ]]; then remove_made; fi
# home-manager must stop if a file of the user could neither be moved nor be skipped.
[[ -z $failed ]]
