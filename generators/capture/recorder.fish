# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is split and compared,
# never evaluated; no process is started for a command.
if status is-interactive; and not set -q __ni_log
set -g __ni_state $HOME/.local/state
test -n "$XDG_STATE_HOME"; and set __ni_state $XDG_STATE_HOME
set -g __ni_log $__ni_state/nixos-intelligence/commands.log
@tables@

function __ni_postexec --on-event fish_postexec
  set -l ni_status $status
  set -l stages (count $pipestatus)
  set -l took $CMD_DURATION
  test "$NIXOS_INTELLIGENCE_CAPTURE" != 0; or return 0
  # Quoted text is nobody's command; what then still holds a group or a substitution is left alone.
  set -l line (string replace -ra -- "'[^'\\\\\\\\]*'|\"[^\"\\\\\\\\\$]*\"" Q $argv[1] | string collect)
  string match -qr -- '[(){}\\\\\n\'"]' $line; and return 0
  set -l joined (string match -r -- '(&&|\|\||; *and |; *or )[^;&|]*(\|[^;&|]+)*$' $line)[2]
  test -n "$joined" -a "$ni_status" != 0; and return 0
  string match -q -- '*||*' "$joined"; and return 0
  set -l words (string match -r -- '[^;&|]*$' $line | string split -n ' ')
  while set -q words[1]
    switch $words[1]
      case '*=*'
      case sudo doas command nohup time exec builtin and
        set -q words[2]; or break
        string match -q -- '-*' $words[2]; and break
      case if else end for while switch function begin case or not '!'
        return 0
      case '*'
        break
    end
    set -e words[1]
  end
  set -q words[1]; or return 0
  set -l name $words[1]
  string match -qr -- '^[A-Za-z0-9][A-Za-z0-9._+-]{0,59}$' $name; or return 0
  if not command -sq -- $name
    test "$ni_status" = 127; and contains -- $name $__ni_public; or return 0
  end
  set -l sub ''
  set -l list __ni_sub_(string replace -ra -- '[^A-Za-z0-9_]' _ $name)
  if set -q $list; and set -q words[2]; and contains -- $words[2] $$list
    set sub $words[2]
    if set -q words[3]; and contains -- $words[2]/$words[3] $$list
      set sub "$words[2] $words[3]"
    end
  end
  if not set -q __ni_size
    set -l mask (umask)
    umask 077
    mkdir -p -- (string replace -r -- '/[^/]*$' '' $__ni_log)
    echo -n >> $__ni_log
    umask $mask
    set -g __ni_size (wc -c < $__ni_log | string trim)
    if test $__ni_size -gt 1048576
      mv -f -- $__ni_log $__ni_log.1
    end
    # fish tells no time by itself: the clock is asked once, the kernel's uptime from then on.
    read -l up rest < /proc/uptime
    set -g __ni_clock (math (date +%s) - $up)
    set -g __ni_midnight 0
  end
  read -l up rest < /proc/uptime
  if test $up -ge $__ni_midnight
    set -g __ni_day (math -s0 "floor(($__ni_clock + $up) / 86400)")
    set -g __ni_midnight (math "($__ni_day + 1) * 86400 - $__ni_clock")
  end
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' $__ni_day $name "$sub" $ni_status $took $stages >> $__ni_log
end
end
