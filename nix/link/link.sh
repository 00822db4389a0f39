#!/usr/bin/env bash
# Links files of the Nix store into a home directory and takes the links out again. What stands
# there and is not ours is never lost: nothing is overwritten, and only links are ever removed,
# only those that point to a store path of our name.
#
#   link.sh start  --plan FILE --home DIR [--record FILE]   make the links
#   link.sh stop   --plan FILE --home DIR [--record FILE]   take them out
#   link.sh hold   --plan FILE --home DIR --state DIR --new DIR   before home-manager links its files
#   link.sh settle --plan FILE --home DIR --state DIR             after it
#   each also:     --dry-run (say what would be done, change nothing), --store DIR (/nix/store)
#
# The plan has one line per link, fields separated by tabs, targets relative to the home directory:
#
#   beside SOURCE TARGET OTHER   what stands at TARGET stays; ours then goes to OTHER
#   aside  SOURCE TARGET         what stands at TARGET is moved once to the next free TARGET.N
#   leave  SOURCE TARGET         what stands at TARGET stays, ours is not linked
#   drop   -      TARGET         not wanted (any more): a link of ours there goes
#
# home-manager overwrites what is in the way of a file that it is to link, or stops. So `hold`
# renames what is the user's for the moment of linking and `settle` puts the same file back; what
# cannot be written at all is listed in STATE/skip, for home-manager to pass over.
#
# The exit status is 0 whatever the home directory looks like: no rebuild stops over a link. Only
# `hold` gives 1, where it could not keep home-manager from what is the user's.
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

say() { printf 'nixos-intelligence: %s\n' "$*"; }

there() { [[ -e $1 || -L $1 ]]; }

# kind: absent; ours: a link to a store path of ours; home: the same through home-manager's files; dead:
# a link into files of home-manager that are gone; declared: a link to a file that the user's own
# home-manager configuration puts there; foreign: everything else.
classify() {
  local to rest name
  kind=absent
  there "$1" || return 0
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
  if ! there "$to"; then
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

# Renames FROM to TO if TO is free. `mv -n` succeeds without moving, so the effect is looked at.
rename() {
  mv -nT -- "$1" "$2" 2>/dev/null
  ! there "$1" && there "$2"
}

# Moves what is at PATH ($1) to the next free PATH.N; $2 is the name to show for it. Sets `moved`.
set_aside() {
  local path=$1 base=${2:-$1} n
  for ((n = 1; n < 10000; n++)); do
    moved=$base.$n
    there "$moved" && continue
    [[ -n $dry ]] && return 0
    rename "$path" "$moved" && return 0
    # Taken by somebody else in between: the next one. Otherwise it cannot be moved.
    there "$moved" && there "$path" || return 1
  done
  return 1
}

# Removes a link of ours. It is renamed first and looked at again, so that a file that an editor
# put there in between is not what is removed.
take() {
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

# Notes a path, so that `stop` can remove what `start` made, also when its plan is a later one.
note() {
  if [[ -n $record && -z $dry ]]; then { printf '%s\0' "$1" >>"$record"; } 2>/dev/null || true; fi
}

# Makes the missing folders above PATH.
make_parents() {
  local dir=${1%/*}
  [[ -d $dir ]] && return 0
  make_parents "$dir" || return 1
  mkdir -- "$dir" 2>/dev/null || return 1
  note "$dir"
}

# Puts a link to $1 at path $2, shown as $3, where nothing or a link of ours is.
put() {
  local source=$1 path=$2 shown=$3
  if [[ -L $path && $(readlink -n -- "$path" && printf x) == "${source}x" ]]; then
    note "$path"
    return 0
  fi
  if [[ ! -e $source ]]; then
    say "$source does not exist, so $shown is not linked"
    return 1
  fi
  if [[ -n $dry ]]; then
    say "would link $shown"
    return 0
  fi
  if { ! there "$path" || take "$path"; } && make_parents "$path" && ln -sT -- "$source" "$path" 2>/dev/null; then
    note "$path"
    return 0
  fi
  say "$shown cannot be written and is not linked; everything else goes on"
  return 1
}

# Takes a link of ours out, if one is there.
remove() {
  classify "$1"
  case $kind in
    ours) ;;
    home) [[ $mode == settle ]] || return 1 ;;
    *) return 1 ;;
  esac
  if [[ -n $dry ]]; then
    [[ $mode == settle ]] || say "would remove $2"
    return 0
  fi
  take "$1" || say "$2 is ours but cannot be removed"
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
        say "$shown and $other_shown are yours and stay as they are: ours is not linked"
      elif [[ $kind == home ]]; then
        say "$other_shown is already linked by home-manager"
      elif put "$source" "$other" "$other_shown"; then
        say "$shown is yours and stays as it is: ours is $other_shown, which is loaded as well"
      fi
      ;;
    leave:foreign) say "$shown is yours and stays as it is: ours is not linked there" ;;
    aside:foreign)
      if set_aside "$path"; then
        say "$shown was not ours: ${dry:+would be }moved to $tilde/${moved#"$home"/}"
        [[ -n $dry ]] || put "$source" "$path" "$shown"
      else
        say "$shown is not ours and cannot be moved: ours is not linked"
      fi
      ;;
    *:home)
      say "$shown is already linked by home-manager"
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

# Whether home-manager could write PATH: the nearest folder above it that exists can be written to,
# or there is nothing to write since the link of this generation is already there.
can_link() {
  local path=$1 target=$2 dir=${1%/*}
  if [[ -L $path && $(readlink -n -- "$path") == "$new/$target" ]]; then return 0; fi
  while ! there "$dir" && [[ $dir == */* ]]; do dir=${dir%/*}; done
  [[ -d $dir && -w $dir && -x $dir ]]
}

pass_over() {
  say "$tilde/$1 $2; everything else goes on without it"
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
      pass_over "$other" "cannot be written"
    fi
  fi
  classify "$path"
  # What an earlier run that was killed left behind: the user's file, still to be put back. If there is
  # a new one by now, both are kept.
  if there "$held" && [[ $kind == foreign ]]; then
    if set_aside "$held" "$path"; then
      say "an earlier rebuild was interrupted: what was at $tilde/$target then is ${dry:+would be }kept as $tilde/${moved#"$home"/}"
    else
      pass_over "$target" "is yours and cannot be moved"
      return 0
    fi
  fi
  if ! can_link "$path" "$target"; then
    pass_over "$target" "cannot be written"
    return 0
  fi
  [[ $kind == foreign ]] || return 0
  case $how in
    aside)
      if set_aside "$path"; then
        say "$tilde/$target was not ours: ${dry:+would be }moved to $tilde/${moved#"$home"/}"
      else
        pass_over "$target" "is not ours and cannot be moved"
      fi
      ;;
    *)
      [[ -z $dry ]] || return 0
      rename "$path" "$held" || pass_over "$target" "is yours and cannot be moved"
      ;;
  esac
}

settle() {
  local how=$1 target=$2 path=$home/$2 other=$3 held=$home/$2$held_suffix
  if [[ $how == beside ]] && there "$home/$other$held_suffix"; then settle leave "$other" ''; fi
  if there "$held" && [[ -z $dry ]]; then put_back "$path" "$held"; fi
  classify "$path"
  case $how:$kind in
    drop:*) remove "$path" "$tilde/$target" ;;
    beside:foreign | beside:declared)
      classify "$home/$other"
      if [[ $kind == ours || $kind == home || -n $dry ]]; then
        say "$tilde/$target is yours and stays as it is: ours is $tilde/$other, which is loaded as well"
      else
        say "$tilde/$target is yours and stays as it is: ours is not linked"
      fi
      ;;
    beside:ours | beside:home)
      if remove "$home/$other" "$tilde/$other" && [[ -z $dry ]]; then remove_if_made "${other%/*}"; fi
      ;;
    leave:foreign) say "$tilde/$target is yours and stays as it is: ours is not linked there" ;;
  esac
}

put_back() {
  local path=$1 held=$2
  classify "$path"
  case $kind in
    absent) ;;
    foreign | declared)
      # Written in the moment of linking, or by the user's own configuration: both are kept.
      if set_aside "$held" "$path"; then say "what was at $tilde/${path#"$home"/} is kept as $tilde/${moved#"$home"/}"; fi
      return 0
      ;;
    *) take "$path" ;;
  esac
  rename "$held" "$path" || say "$tilde/${path#"$home"/} could not be put back: it is kept as $tilde/${held#"$home"/}"
}

# Removes a folder below the home directory that was not there before home-manager linked.
remove_if_made() {
  local dir
  [[ -f $state/absent ]] || return 0
  while IFS= read -r dir; do
    if [[ $dir == "$1" ]]; then rmdir -- "$home/$dir" 2>/dev/null || true; fi
  done <"$state/absent"
}

# Removes what `start` made and the plan does not name any more: links of ours, then folders that are
# empty again, the deepest first.
remove_made() {
  local made=() i
  [[ -n $record && -f $record && -z $dry ]] || return 0
  mapfile -d '' -t made <"$record"
  for ((i = ${#made[@]} - 1; i >= 0; i--)); do
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
  say "the home directory ${home:-(none given)} does not exist: nothing is linked"
  exit 0
fi
if [[ ! -r $plan ]]; then
  say "the list of links cannot be read (${plan:-none given}): nothing is linked"
  [[ $mode != hold ]]
  exit
fi
failed=
while IFS=$'\t' read -r how source target other; do
  case $how in
    beside | aside | leave | drop) ;;
    *) continue ;;
  esac
  case $mode in
    start) start "$how" "$source" "$target" "${other-}" ;;
    stop) stop "$how" "$target" "${other-}" ;;
    hold) hold "$how" "$target" "${other-}" ;;
    settle) settle "$how" "$target" "${other-}" ;;
  esac
done <"$plan"
if [[ $mode == stop ]]; then remove_made; fi
# home-manager must not go on where neither was possible: to move what is the user's, nor to pass it over.
[[ -z $failed ]]
