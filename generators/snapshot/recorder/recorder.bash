# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is split and compared,
# never evaluated; no process is started for a command.
if [[ $- == *i* && ${BASH_VERSINFO[0]} -ge 5 && -z ${__ni_log-} ]]; then
__ni_log=${XDG_STATE_HOME:-$HOME/.local/state}/nixos-intelligence/commands.log
@tables@
__ni_armed= __ni_command= __ni_start= __ni_size=

# Before every command of a line: only its text is kept, until the next prompt.
__ni_debug() {
  [[ -n $__ni_armed && $BASH_COMMAND != __ni_* ]] || return 0
  __ni_command=$BASH_COMMAND
  : "${__ni_start:=$EPOCHREALTIME}"
}

# First thing at the prompt: $? and PIPESTATUS are still those of the line.
__ni_prompt() {
  local status=$? stages=${#PIPESTATUS[@]}
  local armed=$__ni_armed command=$__ni_command start=$__ni_start
  __ni_armed= __ni_command= __ni_start=
  if [[ -n $armed && -n $command && ${NIXOS_INTELLIGENCE_CAPTURE-1} != 0 ]]; then
    __ni_record "$status" "$stages" "$command" "$start" 2>/dev/null
  fi
  return "$status"
}

__ni_record() {
  local - IFS=$' \t\n' word name sub= at=0 now=$EPOCHREALTIME
  local -a words
  set -f
  words=($3)
  while ((at < ${#words[@]})); do
    word=${words[at]}
    case $word in
      [A-Za-z_]*=*)
        # The value may go on in the next word: what comes then is no command.
        case $word in *[\'\"\`\$\\\(]*) return 0 ;; esac ;;
      sudo | doas | command | nohup | time | exec | builtin)
        case ${words[at + 1]-} in -* | '') break ;; esac ;;
      *) break ;;
    esac
    ((++at))
  done
  name=${words[at]-}
  [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ && ${#name} -le 60 ]] || return 0
  # Only programs: functions and aliases have names of the user's own.
  if ! __ni_program "$name"; then
    [[ $1 == 127 && $__ni_public == *" $name "* ]] || return 0
  fi
  if [[ -n ${__ni_sub[$name]-} ]]; then
    word=${words[at + 1]-}
    if [[ $word =~ ^[a-zA-Z0-9._-]+$ && ${__ni_sub[$name]} == *" $word "* ]]; then
      sub=$word
      word=${words[at + 2]-}
      [[ $word =~ ^[a-zA-Z0-9._-]+$ && ${__ni_sub[$name]} == *" $sub/$word "* ]] && sub="$sub $word"
    fi
  fi
  if [[ -z $__ni_size ]]; then
    (umask 077; mkdir -p -- "${__ni_log%/*}"; : >> "$__ni_log")
    __ni_size=$(wc -c < "$__ni_log" || echo 0)
  fi
  if ((__ni_size > 1048576)); then
    (umask 077; mv -f -- "$__ni_log" "$__ni_log.1" && : >> "$__ni_log")
    __ni_size=0
  fi
  ((__ni_size += 40))
  printf '%d\t%s\t%s\t%d\t%d\t%d\n' $((EPOCHSECONDS / 86400)) "$name" "$sub" "$1" \
    $(((${now/[^0-9]/} - ${4/[^0-9]/}) / 1000)) "$2" >> "$__ni_log"
}

# A program in a folder of PATH that is named from the root: behind `.` lie a project's own. `type -P` also
# finds those, files that are no programs, and what `hash -p` made up.
__ni_program() {
  local folder IFS=:
  for folder in $PATH; do
    [[ $folder == /* && -f $folder/$1 && -x $folder/$1 ]] && return 0
  done
  return 1
}

__ni_arm() {
  __ni_armed=1
}

# At the first prompt, when everything else that hooks into the shell is in place.
__ni_install() {
  local status=$? one before
  local -a keep
  for one in "${PROMPT_COMMAND[@]}"; do [[ $one == __ni_install ]] || keep+=("$one"); done
  PROMPT_COMMAND=(__ni_prompt "${keep[@]}" __ni_arm)
  before=$(trap -p DEBUG)
  before=${before#"trap -- '"}
  before=${before%"' DEBUG"}
  before=${before//"'\\''"/"'"}
  trap -- "__ni_debug${before:+; $before}" DEBUG
  __ni_armed=1
  return "$status"
}
PROMPT_COMMAND=("${PROMPT_COMMAND[@]}" __ni_install)
fi
