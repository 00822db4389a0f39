import type { Completes, Option } from '../command.ts';
import { byFirstWord, type DocumentedCommand, valueKind } from './documented-commands.ts';

/** The completion of fish: `nixos-intelligence.fish` in `vendor_completions.d`. */
export function fishCompletion(commands: readonly DocumentedCommand[]): string {
  const groups = [...byFirstWord(commands)];
  const rows = groups.flatMap(([first, below]) => [
    entry('__nixos_intelligence_after', `-a ${first}`, commands.find(({ name }) => name === first)?.summary),
    ...below.map(({ name, summary }) =>
      entry(`__nixos_intelligence_after ${first}`, `-a ${name.slice(first.length + 1)}`, summary),
    ),
  ]);
  return `# Completion of nixos-intelligence for fish, generated from the definitions of its commands.

# Whether exactly these words, and no more, follow the program's name.
function __nixos_intelligence_after
    set -l words (commandline -opc)
    set -e words[1]
    test "$words" = "$argv"
end

# Whether the command line begins with these words.
function __nixos_intelligence_in
    set -l words (commandline -opc)
    set -e words[1]
    test "$words[1..$(count $argv)]" = "$argv"
end

function __nixos_intelligence_names
    nixos-intelligence complete $argv[1] (commandline -ct) 2>/dev/null
end

complete -c nixos-intelligence -f
complete -c nixos-intelligence -l help -s h -d 'print the help'
${rows.join('\n')}
${commands.flatMap(commandRows).join('\n')}
`;
}

function commandRows({ name, options, completes }: DocumentedCommand): string[] {
  const condition = `__nixos_intelligence_in ${name}`;
  return [
    ...Object.entries(options).map(([option, definition]) =>
      entry(condition, `${optionFlags(option, definition)}`, definition.help),
    ),
    ...(completes === undefined ? [] : [entry(condition, offered(completes))]),
  ];
}

function entry(condition: string, what: string, description?: string): string {
  const text = description === undefined ? '' : ` -d ${quoted(description)}`;
  return `complete -c nixos-intelligence -n ${quoted(condition)} ${what}${text}`;
}

function optionFlags(name: string, { type, short, value }: Option): string {
  const typed = `-l ${name}${short ? ` -s ${short}` : ''}`;
  if (type === 'boolean') return typed;
  return { file: `${typed} -r -F`, folder: `${typed} -x -a '(__fish_complete_directories)'`, other: `${typed} -x` }[
    valueKind(value)
  ];
}

function offered(completes: Completes): string {
  if (typeof completes !== 'string') return `-a ${quoted(completes.join(' '))}`;
  if (completes === 'file') return '-F';
  return completes === 'folder'
    ? "-a '(__fish_complete_directories)'"
    : `-a '(__nixos_intelligence_names ${completes})'`;
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
