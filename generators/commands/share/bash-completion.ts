import type { Completes } from '../command.ts';
import { byFirstWord, type DocumentedCommand, valueKind } from './documented-commands.ts';

/** The completion of bash, to be sourced or put into `share/bash-completion/completions`. */
export function bashCompletion(commands: readonly DocumentedCommand[]): string {
  const groups = byFirstWord(commands);
  const grouped = [...groups].filter(([, below]) => below.length > 0);
  return `# Completion of nixos-intelligence for bash, generated from the definitions of its commands.
_nixos_intelligence() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  local below='' options='' folders='' files='' values='' completes=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '${[...groups.keys(), '--help'].join(' ')}' -- "$current")
    return
  fi
  case $command in
${grouped.map(([first, below]) => `    ${first}) below='${below.map(({ name }) => name.slice(first.length + 1)).join(' ')}' ;;`).join('\n')}
  esac
  if [[ $below ]]; then
    if ((COMP_CWORD == 2)); then
      mapfile -t COMPREPLY < <(compgen -W "$below" -- "$current")
      return
    fi
    command+=" \${COMP_WORDS[2]}"
  fi
  case $command in
${commands.map(commandCase).join('\n')}
    *) return ;;
  esac
  if [[ " $folders " == *" $previous "* ]]; then
    completes='folder'
  elif [[ " $files " == *" $previous "* ]]; then
    completes='file'
  elif [[ " $values " == *" $previous "* ]]; then
    return
  elif [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  case $completes in
    '') ;;
    folder) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    file) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    words:*) mapfile -t COMPREPLY < <(compgen -W "\${completes#words:}" -- "$current") ;;
    *)
      mapfile -t COMPREPLY < <(nixos-intelligence complete "$completes" "$current" 2>/dev/null)
      # More follows after the dot of an option's name.
      [[ \${COMPREPLY[0]} == *. ]] && compopt -o nospace
      ;;
  esac
  return 0
}
complete -F _nixos_intelligence nixos-intelligence
`;
}

function commandCase({ name, options, completes }: DocumentedCommand): string {
  const entries = Object.entries(options).map(([option, { type, value, short }]) => ({
    typed: [`--${option}`, ...(short ? [`-${short}`] : [])],
    kind: type === 'boolean' ? 'flag' : valueKind(value),
  }));
  const ofKind = (kind: string): string => entries.flatMap((one) => (one.kind === kind ? one.typed : [])).join(' ');
  const assignments = Object.entries({
    options: [...Object.keys(options).map((option) => `--${option}`), '--help'].join(' '),
    folders: ofKind('folder'),
    files: ofKind('file'),
    values: ofKind('other'),
    completes: completesText(completes),
  }).flatMap(([variable, value]) => (value === '' ? [] : [`      ${variable}='${value}'`]));
  return [`    ${name.replace(' ', '\\ ')})`, ...assignments, '      ;;'].join('\n');
}

function completesText(completes: Completes | undefined): string {
  if (completes === undefined) return '';
  return typeof completes === 'string' ? completes : `words:${completes.join(' ')}`;
}
