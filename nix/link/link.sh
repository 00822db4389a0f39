#!/usr/bin/env bash
# Makes links from a home directory into the Nix store and removes them again. It never loses a file
# of the user: it overwrites nothing, and it removes only links to store paths with our name.
#
#   link.sh start   --plan FILE --home DIR [--record FILE]   make the links
#   link.sh stop    --plan FILE --home DIR [--record FILE]   remove them
#   link.sh prepare --plan FILE --home DIR --new DIR         before home-manager makes the links
#   all modes:      --dry-run (report only), --store DIR (default: /nix/store)
#
# The plan has one line per link, with fields separated by tabs and targets relative to the home:
#
#   beside SOURCE TARGET OTHER   if the user has a file at TARGET, link OTHER instead
#   aside  SOURCE TARGET         if the user has a file at TARGET, move it once to the next free TARGET.N
#   leave  SOURCE TARGET         if the user has a file at TARGET, make no link
#   drop   -      TARGET         remove a link of ours at TARGET
#
# home-manager stops if a file is in its way. So `prepare` prints on file descriptor 3 the targets in
# its new files (--new) that it must not link, and makes the way free for the others. A file of the
# user is never renamed for it, except at an `aside` target.
#
# The exit status is 0 whatever the state of the home directory, so that a link never fails a rebuild.
# Only `prepare` returns 1, if it could not read the plan.
set -u
export LC_ALL=C

mode=${1-}
plan='' home='' store=/nix/store record='' new='' dry=''
shift || true
while (($# > 0)); do
  case $1 in
    --plan) plan=${2-} ;;
    --home) home=${2-} ;;
    --store) store=${2-} ;;
    --record) record=${2-} ;;
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
    # Before `prepare` hid its target, home-manager linked it.
    home | dead) [[ $mode == prepare ]] || return 1 ;;
    *) return 1 ;;
  esac
  if [[ -n $dry ]]; then
    report "would remove $2"
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

# Whether home-manager can make the link at the target $1: it exists already, or the nearest existing
# folder above it is writable.
can_link() {
  local path=$home/$1 dir
  dir=${path%/*}
  if [[ -L $path && $(readlink -n -- "$path") == "$new/$1" ]]; then return 0; fi
  while ! exists "$dir" && [[ $dir == */* ]]; do dir=${dir%/*}; done
  [[ -d $dir && -w $dir && -x $dir ]]
}

hide() { printf '%s\n' "$1" >&3; }

# Makes the way free for home-manager's link at the target $2, or hides the target. Sets `way`: free;
# taken: a file of the user is there; locked: the link cannot be made; none: home-manager has no file
# for it.
clear_way() {
  local how=$1 target=$2 path=$home/$2
  way=none
  exists "$new/$target" || return 0
  way=taken
  # Not ours: one of the user's own configuration, which is left to home-manager.
  is_our_path "$(readlink -n -- "$new/$target")" || return 0
  classify "$path"
  case $kind:$how in
    foreign:aside)
      if set_aside "$path"; then
        way=free
        report "$tilde/$target was not ours: ${dry:+would be }moved to $tilde/${moved#"$home"/}"
        [[ -z $dry ]] || hide "$target"
      else
        way=locked
        report "$tilde/$target is not ours and cannot be moved; everything else continues without it"
        hide "$target"
      fi
      ;;
    foreign:*) hide "$target" ;;
    *)
      way=free
      if ! can_link "$target"; then
        way=locked
        report "$tilde/$target cannot be written; everything else continues without it"
        hide "$target"
      # A link that the service of a NixOS host made is in the way, too.
      elif [[ $kind == ours ]] && { [[ -n $dry ]] || ! remove_link "$path"; }; then
        hide "$target"
      fi
      ;;
  esac
}

prepare() {
  local how=$1 target=$2 shown=$tilde/$2 other=$3
  case $how in
    # home-manager removes its own link.
    drop)
      classify "$home/$target"
      [[ $kind != ours ]] || remove "$home/$target" "$shown"
      ;;
    beside)
      clear_way beside "$target"
      case $way in
        free | locked)
          hide "$other"
          if remove "$home/$other" "$tilde/$other" && [[ -z $dry ]]; then rmdir -- "$home/${other%/*}" 2>/dev/null; fi
          ;;
        taken)
          clear_way leave "$other"
          if [[ $way == free ]]; then
            report "$shown is yours and is left alone; ours is $tilde/$other, which is loaded as well"
          else
            report "$shown is yours and is left alone; ours is not linked"
          fi
          ;;
      esac
      ;;
    *)
      clear_way "$how" "$target"
      [[ $way != taken ]] || report "$shown is yours and is left alone; ours is not linked there"
      ;;
  esac
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
  start | stop | prepare) ;;
  *)
    echo "usage: link.sh start|stop|prepare --plan FILE --home DIR …" >&2
    exit 2
    ;;
esac
if [[ ! -d $home ]]; then
  report "the home directory ${home:-(none given)} does not exist: nothing is linked"
  exit 0
fi
if [[ ! -r $plan ]]; then
  report "the list of links cannot be read (${plan:-none given}): nothing is linked"
  [[ $mode != prepare ]]
  exit
fi
while IFS=$'\t' read -r how source target other; do
  case $how in
    beside | aside | leave | drop) ;;
    *) continue ;;
  esac
  for path in "$target" ${other:+"$other"}; do sweep "$home/$path"; done
  case $mode in
    start) start "$how" "$source" "$target" "${other-}" ;;
    stop) stop "$how" "$target" "${other-}" ;;
    prepare) prepare "$how" "$target" "${other-}" ;;
  esac
done <"$plan"
if [[ $mode == stop ]]; then remove_made; fi
exit 0
