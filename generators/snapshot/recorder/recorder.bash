# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is split and compared,
# never evaluated.
# From bash 5.1 on, where every element of PROMPT_COMMAND finds $?, $_ and PIPESTATUS as the line left
# them. PS0 takes the time; there is no DEBUG trap, which bash-preexec and others need for themselves.
if [[ $- == *i* && -z ${__ni_log-} ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)); then
__ni_log=${XDG_STATE_HOME:-$HOME/.local/state}/nixos-intelligence/commands.log
@tables@
__ni_start= __ni_size= __ni_number= __ni_text=
# Before a line runs: sets __ni_start and expands to nothing.
__ni_ps0='${__ni_start:$((__ni_start = ${EPOCHREALTIME//[!0-9]}, 0)):0}'

__ni_keyword=$'(^|[\2\3|;&])[[:blank:]]*(if|then|elif|else|fi|for|while|until|do|done|case|esac'
__ni_keyword+='|select|function|coproc)([[:blank:];]|$)'

__ni_prompt() {
  local - ni_status=$? ni_flags=$- ni_stages=("${PIPESTATUS[@]}") ni_now=$EPOCHREALTIME
  set +eux
  local ni_start=$__ni_start
  __ni_start=
  if [[ ${NIXOS_INTELLIGENCE_CAPTURE-1} != 0 ]]; then
    if [[ -z $__ni_number ]]; then
      __ni_typed
    elif [[ -n $ni_start ]] && __ni_typed; then
      __ni_record "$__ni_text" 2>/dev/null
    fi
  fi
  # Whatever else sets PS0 may have come later. Without promptvars it would be printed.
  if ! shopt -q promptvars; then
    PS0=${PS0//"$__ni_ps0"}
  elif [[ ${PS0-} != *"$__ni_ps0"* ]]; then
    PS0=${PS0-}$__ni_ps0
  fi
  # A failure would end a shell with `set -e`.
  [[ $ni_flags == *e* ]] || return "$ni_status"
}

# Puts the line that was typed into __ni_text. Fails if the line was not saved in the history, or may not have been:
# a line that is hidden by ignorespace looks like one that ignoredups leaves out.
__ni_typed() {
  local entry number text before=$__ni_number
  __ni_history
  [[ ${#entry} -le 4096 && $entry =~ ^[[:blank:]]*([0-9]+)[*]?[[:blank:]]+(.*)$ ]] || entry=
  number=${BASH_REMATCH[1]-0} text=${BASH_REMATCH[2]-}
  [[ -n $entry ]] || number=0 text=
  local last=$__ni_text
  __ni_number=$number __ni_text=$text
  [[ -n $text && -o history ]] || return 1
  ((number == before + 1)) && return 0
  [[ $text != "$last" ]] && { [[ ${HISTCONTROL-} == *erasedups* ]]; return; }
  ((number == before)) && [[ -z ${HISTIGNORE-} && ${HISTCONTROL-} != *ignore@(space|both)* ]]
}
# Sets `entry` to the last line of the history; needs a process before bash 5.3.
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 503)); then
  eval '__ni_history() { entry=${ HISTTIMEFORMAT= builtin history 1; }; }'
else
  __ni_history() { entry=$(HISTTIMEFORMAT= builtin history 1); }
fi

# Writes the last command of a line with its status, if the line is a plain list of commands.
__ni_record() {
  local IFS=$' \t\n' text=$1 rest part word name sub= at=0 status=$ni_status stages
  local -a words
  set -f
  # Quoted text is no command; what it is replaced with is part of no name.
  rest=$text text=
  while [[ $rest =~ ^([^\'\"#]*)([\'\"#])(.*)$ ]]; do
    text+=${BASH_REMATCH[1]} rest=${BASH_REMATCH[3]}
    case ${BASH_REMATCH[2]} in
      '#')
        [[ -n $text && $text != *[[:blank:]\;\&\|] ]] || { rest=; break; }
        text+='#' ;;
      \')
        [[ $rest == *\'* ]] || return 0
        text+=\" rest=${rest#*\'} ;;
      \")
        part=${rest%%\"*}
        [[ $rest == *\"* && $part != *[\\\$\`]* ]] || return 0
        text+=\" rest=${rest#*\"} ;;
    esac
  done
  text+=$rest
  # Groups, substitutions, escapes, conditions, several lines: the status may be that of anything in them.
  case $text in *[\\\`\(\)\{\}$'\n']* | *'[['*) return 0 ;; esac
  # `&` and `|` beside `<` or `>` are redirections.
  text=${text//[<>]&/>} text=${text//&>/>} text=${text//>|/>} text=${text//|&/|}
  text=${text//&&/$'\2'} text=${text//||/$'\3'}
  text=${text%"${text##*[![:blank:];]}"}
  [[ $text =~ $__ni_keyword ]] && return 0
  # After `||` the last command need not have run, after `&&` only where the line succeeded.
  part=${text##*[;&]}
  rest=${part//[!$'\2\3']}
  case $rest in
    *$'\3') return 0 ;;
    *$'\2') [[ $status == 0 ]] || return 0 ;;
  esac
  part=${part##*[$'\2\3']}
  words=($part)
  [[ ${words[0]-} != '!' && " $part" != *[[:blank:]]time[[:blank:]]*!* ]] || return 0
  rest=${part//[!|]}
  stages=$((${#rest} + 1))
  if ((stages > 1)); then
    if ((${#ni_stages[@]} == stages)); then
      status=${ni_stages[-1]}
    elif [[ -o pipefail && $status != 0 ]]; then
      return 0
    fi
  fi
  words=(${part##*|})
  word=${words[0]-}
  if [[ -n $word && -n ${BASH_ALIASES[$word]-} ]]; then
    [[ ${BASH_ALIASES[$word]} =~ ^[[:alnum:][:blank:]._/=,:+-]+$ ]] || return 0
    words=(${BASH_ALIASES[$word]} "${words[@]:1}")
  fi
  while ((at < ${#words[@]})); do
    word=${words[at]}
    case $word in
      [A-Za-z_]*=*) ;;
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
    [[ $status == 127 && $__ni_public == *" $name "* ]] || return 0
  fi
  if [[ -n ${__ni_sub[$name]-} ]]; then
    word=${words[at + 1]-}
    if [[ $word =~ ^[a-zA-Z0-9._-]+$ && ${__ni_sub[$name]} == *" $word "* ]]; then
      sub=$word
      word=${words[at + 2]-}
      [[ $word =~ ^[a-zA-Z0-9._-]+$ && ${__ni_sub[$name]} == *" $sub/$word "* ]] && sub="$sub $word"
    fi
  fi
  [[ -n $__ni_size ]] && ((__ni_size <= 1048576)) || __ni_open
  ((__ni_size += 40))
  printf '%d\t%s\t%s\t%d\t%d\t%d\n' $((EPOCHSECONDS / 86400)) "$name" "$sub" "$status" \
    $(((${ni_now//[!0-9]} - ni_start) / 1000)) "$stages" >> "$__ni_log"
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

# Creates the log, moves a full one aside, and sets __ni_size. Of several shells only the one with the lock moves it;
# an old lock was left behind by a shell that was killed. The log is there all the time, and private.
__ni_open() {
  __ni_size=$(
    umask 077
    mkdir -p -- "${__ni_log%/*}"
    : >> "$__ni_log"
    if (($(wc -c < "$__ni_log") > 1048576)); then
      find "$__ni_log.lock" -prune -mmin +1 -exec rmdir {} \;
      if mkdir "$__ni_log.lock"; then
        (($(wc -c < "$__ni_log") > 1048576)) && : > "$__ni_log.new" &&
          ln -f -- "$__ni_log" "$__ni_log.1" && mv -f -- "$__ni_log.new" "$__ni_log"
        rmdir "$__ni_log.lock"
      fi
    fi
    wc -c < "$__ni_log" || echo 0
  )
}

# Element 0 is what others edit as the variable PROMPT_COMMAND: a command before __ni_prompt would change its $?.
PROMPT_COMMAND=("${PROMPT_COMMAND[0]-}" "${PROMPT_COMMAND[@]:1}" __ni_prompt)
fi
