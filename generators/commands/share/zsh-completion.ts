import type { Completes, Option } from '../command.ts';
import { byFirstWord, type DocumentedCommand, valueKind } from './documented-commands.ts';

/** The completion of zsh: `_nixos-intelligence` in a folder of `fpath`. */
export function zshCompletion(commands: readonly DocumentedCommand[]): string {
  const groups = [...byFirstWord(commands)];
  const first = groups.map(
    ([name, below]) => `${name}:${commands.find((one) => one.name === name)?.summary ?? summaryOf(name, below)}`,
  );
  return `#compdef nixos-intelligence
# Completion of nixos-intelligence for zsh, generated from the definitions of its commands.

_nixos-intelligence_names() {
  local -a names
  names=(\${(f)"$(nixos-intelligence complete $1 "$PREFIX" 2>/dev/null)"})
  # More follows after the dot of an option's name.
  compadd -S '' -- \${(M)names:#*.}
  compadd -- \${names:#*.}
}

_nixos-intelligence_command() {
  case $1 in
${commands.map(commandCase).join('\n')}
  esac
}

_nixos-intelligence() {
  local -a names
  if (( CURRENT == 2 )); then
    names=(
${first.map((text) => `      ${quoted(text)}`).join('\n')}
    )
    _describe command names
    return
  fi
  shift words
  (( CURRENT -= 1 ))
  case $words[1] in
${groups
  .filter(([, below]) => below.length > 0)
  .map(groupCase)
  .join('\n')}
    *) _nixos-intelligence_command $words[1] ;;
  esac
}

_nixos-intelligence "$@"
`;
}

const summaryOf = (first: string, below: readonly DocumentedCommand[]): string =>
  below.map(({ name }) => name.slice(first.length + 1)).join(', ');

function groupCase([first, below]: [string, DocumentedCommand[]]): string {
  const names = below.map(({ name, summary }) => `        ${quoted(`${name.slice(first.length + 1)}:${summary}`)}`);
  return `    ${first})
      if (( CURRENT == 2 )); then
        names=(
${names.map((name) => `  ${name}`).join('\n')}
        )
        _describe command names
      else
        shift words
        (( CURRENT -= 1 ))
        _nixos-intelligence_command "${first} $words[1]"
      fi
      ;;`;
}

function commandCase({ name, options, completes }: DocumentedCommand): string {
  const specifications = [
    ...Object.entries(options).flatMap(([option, definition]) => optionSpecifications(option, definition)),
    quoted('--help[print the help]'),
    ...(completes === undefined ? [] : [quoted(`*: :${action(completes)}`)]),
  ];
  return [
    `    ${quoted(name)})`,
    '      _arguments \\',
    ...specifications.map((text, index) => `        ${text}${index < specifications.length - 1 ? ' \\' : ''}`),
    '      ;;',
  ].join('\n');
}

function optionSpecifications(name: string, { type, short, multiple, value, help }: Option): string[] {
  const text = `[${help.replace(/[[\]:\\]/g, '\\$&')}]`;
  const argument =
    type === 'boolean'
      ? ''
      : `:${value ?? 'TEXT'}:${{ file: '_files', folder: '_files -/', other: ' ' }[valueKind(value)]}`;
  const typed = [`--${name}`, ...(short ? [`-${short}`] : [])];
  return typed.map((option) => quoted(`${multiple ? '*' : ''}${option}${text}${argument}`));
}

/** An action of `_arguments`; after a blank it is called without further arguments. */
function action(completes: Completes): string {
  if (typeof completes !== 'string') return `(${completes.join(' ')})`;
  if (completes === 'file') return '_files';
  return completes === 'folder' ? '_files -/' : ` _nixos-intelligence_names ${completes}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
