# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is split and compared,
# never evaluated; no process is started for a command.
if [[ -o interactive && -z ${__ni_log-} ]] && zmodload zsh/datetime 2>/dev/null; then
typeset -g __ni_log=${XDG_STATE_HOME:-$HOME/.local/state}/nixos-intelligence/commands.log
@tables@
typeset -g __ni_line= __ni_start= __ni_size=

__ni_preexec() {
  __ni_line=${3:-$1}
  __ni_start=$EPOCHREALTIME
}

__ni_precmd() {
  # With pipefail $? need not be the last command's.
  local ni_status=$? ni_last=$pipestatus[-1] ni_stages=$#pipestatus line=$__ni_line
  (( ni_stages > 1 )) && ni_status=$ni_last
  setopt local_options no_err_exit no_err_return
  __ni_line=
  [[ -n $line && ${NIXOS_INTELLIGENCE_CAPTURE-1} != 0 ]] || return 0
  __ni_record $ni_status $ni_stages "$line" 2>/dev/null
}

__ni_record() {
  emulate -L zsh
  setopt extended_glob
  local word name= sub= joined=
  local -a words last
  # (z) splits as the shell would and expands nothing.
  words=(${(z)3})
  for word in $words; do
    case $word in
      ('|' | '|&') last=() ;;
      (';' | $'\n' | '&') last=() joined= ;;
      ('&&' | '||') last=() joined=$word ;;
      # Loops, groups, functions: the status may be of anything in them.
      (if | for | while | until | case | select | function | repeat | '{' | '}' | '(' | ')' | '()' | '!' | *\)) return 0 ;;
      (*) last+=($word) ;;
    esac
  done
  # The line may end in a separator; then the command before it is gone, and nothing is written.
  [[ -n $joined && $1 != 0 ]] && return 0
  [[ $joined == '||' ]] && return 0
  while (( $#last )); do
    case $last[1] in
      ([A-Za-z_][A-Za-z0-9_]#=*) ;;
      (sudo | doas | command | nohup | time | exec | builtin | noglob | nocorrect)
        [[ -z ${last[2]-} || ${last[2]-} == -* ]] && break ;;
      (*) break ;;
    esac
    shift last
  done
  name=${last[1]-}
  [[ $name == [A-Za-z0-9][A-Za-z0-9._+-]# && $#name -le 60 ]] || return 0
  if ! __ni_program $name; then
    [[ $1 == 127 && $__ni_public == *" $name "* ]] || return 0
  fi
  if [[ -n ${__ni_sub[$name]-} ]]; then
    word=${last[2]-}
    if [[ $word == [a-zA-Z0-9._-]## && $__ni_sub[$name] == *" $word "* ]]; then
      sub=$word
      word=${last[3]-}
      [[ $word == [a-zA-Z0-9._-]## && $__ni_sub[$name] == *" $sub/$word "* ]] && sub="$sub $word"
    fi
  fi
  [[ -n $__ni_size ]] && (( __ni_size <= 1048576 )) || __ni_open
  (( __ni_size += 40 ))
  printf '%d\t%s\t%s\t%d\t%d\t%d\n' $(( EPOCHSECONDS / 86400 )) $name "$sub" $1 \
    ${$(( (EPOCHREALTIME - __ni_start) * 1000 ))%.*} $2 >> $__ni_log
}

# A program in a folder of PATH that is named from the root: behind `.` lie a project's own. `commands` also
# has files that are no programs, and what `hash` made up.
__ni_program() {
  local folder
  for folder in $path; do
    [[ $folder == /* && -f $folder/$1 && -x $folder/$1 ]] && return 0
  done
  return 1
}

# Creates the log, moves a full one aside, and sets __ni_size. Of several shells only the one with the lock moves it;
# an old lock was left behind by a shell that was killed. The log is there all the time, and private.
__ni_open() {
  __ni_size=$(
    umask 077
    mkdir -p -- ${__ni_log:h}
    : >> $__ni_log
    if (( $(wc -c < $__ni_log) > 1048576 )); then
      find $__ni_log.lock -prune -mmin +1 -exec rmdir {} \;
      if mkdir $__ni_log.lock; then
        (( $(wc -c < $__ni_log) > 1048576 )) && : > $__ni_log.new &&
          ln -f -- $__ni_log $__ni_log.1 && mv -f -- $__ni_log.new $__ni_log
        rmdir $__ni_log.lock
      fi
    fi
    wc -c < $__ni_log || echo 0
  )
}

# First among the hooks, so that $? and pipestatus are still those of the line.
typeset -ga preexec_functions precmd_functions
preexec_functions=(__ni_preexec $preexec_functions)
precmd_functions=(__ni_precmd $precmd_functions)
fi
