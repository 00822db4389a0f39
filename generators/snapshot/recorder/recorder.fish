# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is matched and compared,
# never evaluated; no process is started for a command.
# From fish 3.4 on. What costs time in fish is a command substitution or a pipe, so there is none for a
# single command: named groups of a match set variables, a look-up is a match in one long string.
# Nothing else tells fish the time without a process: where there is no such file (macOS), nothing is recorded.
if status is-interactive; and not set -q __ni_log; and test -r /proc/uptime
set -g __ni_state $HOME/.local/state
test -n "$XDG_STATE_HOME"; and set __ni_state $XDG_STATE_HOME
set -g __ni_log $__ni_state/nixos-intelligence/commands.log
@tables@

# The form of a line, over "STATUS LINE", as an expression that never goes back. Quoted text is nobody's
# command; nothing matches a line with a group, a substitution, an escape or a second line. A `#` at the
# beginning of a word begins a comment, `&` beside `<` or `>` is a redirection.
set -l atom '\'[^\'\\\\]*+\'|"[^"\\\\$]*+"|(?<=[^\s;&|])#'
set -l text '(?:[^\'"(){}\\\\\n;&|#]++|'$atom'|(?<=[<>])&|&(?=>))*+'
set -l word '(?:[^\'"(){}\\\\\n;&|# ]++|'$atom')*+'
set -l ends '(?= |\n*+\z)'
set -l pipes '(?:'$text'&?\|(?!\|))*+'
# A status is the last command's, if that one ran: after `||` or `or` it need not have, and after `&&` or
# `and` only where the line succeeded; `not` has turned it round.
set -l before '^(?:0|([1-9]\d*+)) (?:'$pipes$text'(?:&&|\|\||[;&]))*+'
set -l ran '(?<!\|\|)(?(1)(?<!&&)(?! *+and ))(?! *+(?:and ++)?+(?:or|not|!) )'
set -l prefixes ' *+(?:[A-Za-z_]\w*+='$word' ++|(?:sudo|doas|command|nohup|time|exec|builtin|and) ++(?=[^-]))*+'
set -l keyword '(?:if|else|end|for|while|switch|function|begin|case|or|not)'$ends
# The list of `nixos-rebuild` is __ni_sub_nixos_rebuild, that of `git` __ni_sub_git_.
set -l name '(?=[A-Za-z0-9._+-]{1,60}'$ends')(?<name>(?<head>[A-Za-z0-9]\w*+)(?:-(?<tail>\w++))?+[A-Za-z0-9._+-]*+)'
set -l subs '(?: ++(?<first>[A-Za-z0-9._-]++)'$ends'(?: ++(?<second>[A-Za-z0-9._-]++)'$ends')?+)?+'
set -g __ni_form $before$ran$pipes$prefixes'(?!'$keyword')'$name$subs$text'(?:#.*+)?+\n*+\z'

# The further arguments are never given: they make local variables for the groups of the same names.
function __ni_postexec --on-event fish_postexec -a line name head tail first second up rest
  set -l ni_status $status
  set -l piped $pipestatus
  test "$NIXOS_INTELLIGENCE_CAPTURE" != 0; or return 0
  string match -rq -- $__ni_form "$ni_status $line"; or return 0
  # Asked each time: PATH changes, programs come and go. Functions and aliases are no programs.
  if not __ni_program $name
    test $ni_status = 127; and string match -q -- "* $name *" $__ni_public; or return 0
  end
  # The groups hold no character that has a meaning in a pattern; a list begins with its tool's name.
  set -l sub
  set -l list __ni_sub_$head"_$tail"
  if set -q first[1]; and set -q $list; and string match -q -- "$name: * $first *" $$list
    set sub $first
    set -q second[1]; and string match -q -- "$name: * $first/$second *" $$list; and set sub "$first $second"
  end
  set -q __ni_clock; or __ni_open
  # fish itself would complain at every prompt of a file that it cannot open.
  test -f $__ni_log -a -w $__ni_log; or return 0
  read up rest < /proc/uptime
  if test $up -ge $__ni_midnight
    set -g __ni_day (math -s0 "floor(($__ni_clock + $up) / 86400)")
    set -g __ni_midnight (math "($__ni_day + 1) * 86400 - $__ni_clock")
  end
  set -l stages 1
  set -q piped[2]; and set stages (count $piped)
  echo $__ni_day\t$name\t"$sub"\t$ni_status\t$CMD_DURATION\t$stages >> $__ni_log
end

# A program in a folder of PATH that is named from the root: behind `.` lie a project's own.
function __ni_program
  command -sq -- $argv[1]; or return 1
  string match -qv -- '/*' $PATH; or return 0
  for folder in $PATH
    string match -q -- '/*' $folder; and test -f $folder/$argv[1] -a -x $folder/$argv[1]; and return 0
  end
  return 1
end

# Once, before the first line is written.
function __ni_open
  set -l mask (umask)
  umask 077
  mkdir -p -- $__ni_state/nixos-intelligence 2>/dev/null
  if test -f $__ni_log; and test (wc -c < $__ni_log | string trim) -gt 1048576
    # Left behind by a shell that was killed.
    find $__ni_log.lock -prune -mmin +1 -exec rmdir {} \; 2>/dev/null
    # Of several shells only the one with the lock moves the log, which is there all the time.
    if mkdir $__ni_log.lock 2>/dev/null
      if test (wc -c < $__ni_log | string trim) -gt 1048576
        echo -n > $__ni_log.new
        ln -f -- $__ni_log $__ni_log.1 2>/dev/null; and mv -f -- $__ni_log.new $__ni_log 2>/dev/null
      end
      rmdir $__ni_log.lock 2>/dev/null
    end
  end
  if test -w $__ni_state/nixos-intelligence; and not test -e $__ni_log
    echo -n >> $__ni_log
  end
  umask $mask
  # fish tells no time by itself: the clock is asked here, the kernel's uptime from then on.
  read -l up rest < /proc/uptime
  set -g __ni_clock (math (date +%s) - $up)
  set -g __ni_midnight 0
end
end
