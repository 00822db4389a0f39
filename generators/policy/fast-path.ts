import { commandFacts, commandsWith } from '../lang/shell/command-table.ts';
import { runnerWords } from '../lang/shell/wrapper-table.ts';
import { respondFailure } from './respond.ts';
import type { MayMatch } from './rules/rule.ts';
import { ruleOf } from './rules/rules.ts';
import type { Policies } from './schema.ts';

/** Absolute paths: the hook must not depend on what is on PATH. */
export interface FastPathPrograms {
  bash: string;
  cat: string;
  node: string;
  hook: string;
  policies: string;
}

/**
 * The program that the client starts for every call: a shell script that answers by itself, without starting another
 * program, where no active rule can match, and hands every other call to the exact path. It lets a call pass only
 * where it has understood the JSON without a single escape, and the command is a plain list of words none of which is
 * in `mayMatch` of a rule, or the file is at a place without links. So its answer is that of the exact path.
 */
export function fastPath(policies: Policies, programs: FastPathPrograms): string {
  const inspectsWrites = policies.rules.some((rule) => ruleOf(rule).inspects(rule).includes('writes'));
  const calls = policies.rules.map((rule): MayMatch => ruleOf(rule).mayMatch?.(rule) ?? {});
  const everyCommand = calls.some((call) => call.everyCommand);
  const everyFile = calls.some((call) => call.everyFile);
  const all = (field: 'words' | 'patterns' | 'texts' | 'files' | 'mcpNames', more: readonly string[] = []): string[] =>
    [...new Set([...more, ...calls.flatMap((call) => call[field] ?? [])])].sort();
  const patterns = all('patterns', linePatterns).join(' | ');
  return `#!${programs.bash}
# Made by nixos-intelligence. Answers a call that no rule can match; hands every other call to the hook.
LC_ALL=C
unset NODE_OPTIONS NODE_PATH
set -f
read -rN 8192 head && whole= || whole=1

# A limit of processor time, in seconds: without an answer the client would let the call pass.
hook() {
  ulimit -t 20
  exec ${quote(programs.node)} ${quote(programs.hook)} ${quote(programs.policies)}
}

exact() {
  local answer
  if [[ $whole ]]; then
    answer=$(hook <<<"$head")
  else
    answer=$({ printf %s "$head"; ${quote(programs.cat)}; } | hook)
  fi
  # shellcheck disable=SC2181
  if [[ $? == 0 ]]; then
    [[ -z $answer ]] || printf '%s\\n' "$answer"
  else
    printf '%s\\n' ${quote(respondFailure('the policy hook failed').trimEnd())}
  fi
  exit 0
}

pass() {
  # Reads the rest: the client would see a broken pipe.
  [[ $whole ]] || ${quote(programs.cat)} >/dev/null
  exit 0
}

text='"[^"\\[:cntrl:]]*"'
value="($text|-?(0|[1-9][0-9]*)|true|false|null)"
start='^[{]("[a-z_]+":('$value'|[{]"level":'$value'[}]),)*"tool_name":'
end='[}](,"tool_use_id":'$value')?[}]'$'\\n''?$'
file_call=$start'"([A-Za-z]+)","tool_input":[{]"(command|file_path)":"([^"\\[:cntrl:]]*)"(.?)'
bash_call=$start'"Bash","tool_input":[{]"command":'$text'(,"(description|timeout|run_in_background)":'$value')*'$end
read_call=$start'"Read","tool_input":[{]"file_path":'$text'(,"(offset|limit|pages)":'$value')*'$end
mcp_call=$start'"(mcp__[A-Za-z0-9_-]+)","tool_input":[{](("[a-z_]+":'$value'(,"[a-z_]+":'$value')*)?)'$end

words=' ${all('words', lineWords).join(' ')} '
readers=' ${readers.join(' ')} '

plain_command() {
  local word name reads= empty=1 last=
  for word in $1; do
    case $word in
    '|' | '&&' | '||' | ';')
      [[ $empty ]] && return 1
      empty=1 reads= last=$word
      continue ;;
    '2>&1' | '2>/dev/null' | '>/dev/null')
      [[ $empty ]] && return 1
      continue ;;
    *[!A-Za-z0-9_./:=@,+%-]* | ${patterns}) return 1 ;;
    esac
    for name in \${word//[=:,@]/ }; do
      name=\${name##*/}
      [[ $words == *" $name "* ]] && return 1
      case $name in ${patterns}) return 1 ;; esac
    done
    # The file that a command reads may be a link to another one.
    if [[ $reads ]]; then
      case $word in -* | [0-9]) ;; *) return 1 ;; esac
    fi
    [[ $readers == *" \${word##*/} "* ]] && reads=1
    empty=
  done
  [[ -z $empty || $last == ';' ]]
}

has_text() { ${
    all('texts').length === 0 ? '' : `case \${1,,} in ${alternatives(all('texts'))}) return 0 ;; esac; `
  }return 1; }

plain_place() {
  local path=$1 folder=\${1%/*}
  case $path in
  [!/]* | /nix/store/* | *//* | */./* | */../* | */. | */..) return 1 ;;
${fileCases(all('files'))}  esac
  [[ -L $path || -z $HOME ]] && return 1
  cd -P -- "\${folder:-/}" 2>/dev/null && [[ $PWD == "\${folder:-/}" ]]
}

if [[ $head =~ $file_call ]]; then
  found=("\${BASH_REMATCH[@]: -4}")
  subject=\${found[2]}
  case \${found[0]}:\${found[1]} in
${
  everyCommand
    ? ''
    : `  Bash:command)
    [[ $whole && $head =~ $bash_call ]] && ! has_text "$subject" && plain_command "$subject" && pass ;;
`
}${
  everyFile
    ? ''
    : `  Read:file_path)
    [[ $whole && $head =~ $read_call ]] && ! has_text "$subject" && plain_place "$subject" && pass ;;
  Edit:file_path | Write:file_path | MultiEdit:file_path)
    [[ \${found[3]} == , ]] && ${inspectsWrites ? 'plain_place "$subject" && ' : ''}pass ;;
`
}  esac${
    everyFile
      ? ''
      : `
elif [[ $whole && $head =~ $mcp_call ]]; then
  case \${head,,} in
  ${alternatives(['path', 'file', 'uri"', 'source', 'destination'].map((key) => `,"tool_input":{*${key}`))}) exact ;;
${mcpCase(all('mcpNames'))}  esac
  pass`
  }
fi
exact
`;
}

/** Words that make a line more than a list of commands, or that the reader of lines looks into. */
const lineWords: readonly string[] = [
  ...'if then elif else fi for while until do done case esac select function coproc time in [[ ]] alias unalias'.split(
    ' ',
  ),
  ...'nix nom'.split(' '),
  ...runnerWords,
  ...commandsWith(({ code }) => code !== undefined).filter((name) => name !== 'git'),
];

/** Patterns for commands whose name has a version, and for options whose value is code. */
const linePatterns: readonly string[] = [
  ...commandsWith(({ versioned }) => versioned === true).map((name) => `${name}[0-9]*`),
  '-c*',
  '-[!-]*c*',
];

/** Commands, and subcommands of git, that print the files among their arguments. */
const readers: readonly string[] = [
  ...commandsWith(({ operands }) => operands === 'read'),
  ...Object.keys(commandFacts('git')?.subcommands ?? {}),
];

/** The lines of `case` for files and for everything below them. */
function fileCases(files: readonly string[]): string {
  return files
    .map((file) => (file.startsWith('/') ? quote(file) : `"$HOME"${quote(`/${file}`)}`))
    .map((pattern) => `  ${pattern} | ${pattern}/*) return 1 ;;\n`)
    .join('');
}

/** The line of `case` for MCP tools that a rule may match by their name. */
function mcpCase(names: readonly string[]): string {
  return names.length === 0 ? '' : `  ${alternatives(names.map((name) => `"mcp__*${name}`))}) exact ;;\n`;
}

const alternatives = (words: readonly string[]): string =>
  words.map((word) => `*${quote(word).replaceAll('*', "'*'")}*`).join(' | ');

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
