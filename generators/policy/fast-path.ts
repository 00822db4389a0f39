import { agents } from '../agents/agents.ts';
import { groupBy } from '../group-by.ts';
import { commandFacts, commandsWith } from '../lang/shell/command-table.ts';
import { runnerWords } from '../lang/shell/wrapper-table.ts';
import { conditionalWords } from './conditional-words.ts';
import { packageRunners } from './execs.ts';
import { respondFailure } from './respond.ts';
import type { MayMatch } from './rules/rule.ts';
import { ruleOf } from './rules/rules.ts';
import type { Policies } from './schema.ts';
import { harmlessTools } from './tool-inputs.ts';

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
 * where it has understood the JSON (with `\"` as the only escape), and the command is a plain list of words none of which
 * is in `mayMatch` of a rule, or the file is at a place without links. So its answer is that of the exact path.
 */
export function fastPath(policies: Policies, programs: FastPathPrograms): string {
  const calls = policies.rules.map((rule): MayMatch => ruleOf(rule).mayMatch?.(rule) ?? {});
  const everyCommand = calls.some((call) => call.everyCommand);
  const everyTool = calls.some((call) => call.everyTool);
  const all = (
    field:
      | ('words' | 'commands' | 'filters' | 'patterns' | 'texts' | 'pathTexts')
      | ('files' | 'editedPaths' | 'mcpNames' | 'tools'),
    more: readonly string[] = [],
  ): string[] => [...new Set([...more, ...calls.flatMap((call) => call[field] ?? [])])].sort();
  const patterns = all('patterns', linePatterns).join(' | ');
  const conditional = (name: string): boolean => Object.hasOwn(conditionalWords, name);
  const words = all('words', lineWords).filter((name) => !conditional(name));
  const first = all('commands', keywords).filter((name) => !conditional(name) && !words.includes(name));
  const commands = Object.keys(conditionalWords);
  const harmless = harmlessTools.filter((tool) => !all('tools').includes(tool));
  const lists = ['Glob', 'LS'].filter((tool) => !all('tools').includes(tool));
  return `#!${programs.bash}
# Made by nixos-intelligence. Answers a call that no rule can match; hands every other call to the hook.
LC_ALL=C
unset NODE_OPTIONS NODE_PATH
set -f
agent=\${1-}
read -rN 8192 head && whole= || whole=1

hook() {
  ulimit -St ${processorSeconds}
  exec ${quote(programs.node)} ${quote(programs.hook)} ${quote(programs.policies)} "$agent"
}

slow() {
${failures(`the call needs more than ${processorSeconds} seconds to check`)}}

failed() {
${failures('the policy hook failed')}}

exact() {
  local answer
  if [[ $whole ]]; then
    answer=$(hook <<<"$head")
  else
    answer=$({ printf %s "$head"; ${quote(programs.cat)}; } | hook)
  fi
  # shellcheck disable=SC2181
  case $? in
  0) [[ -z $answer ]] || printf '%s\\n' "$answer" ;;
  # SIGXCPU
  152) slow ;;
  *) failed ;;
  esac
  exit 0
}

pass() {
  # Reads the rest: the client would see a broken pipe.
  [[ $whole ]] || ${quote(programs.cat)} >/dev/null
  exit 0
}

# A byte that no UTF-8 text contains stands for \\" while the JSON is read.
quote=$'\\xff'
call=\${head//\\\\\\"/$quote}
text='"[^"\\[:cntrl:]]*"'
value="($text|-?(0|[1-9][0-9]*)|true|false|null)"
start='^[{]("[a-z_]+":('$value'|[{]"level":'$value'[}]),)*"tool_name":'
end='[}](,"tool_use_id":'$value')?[}]'$'\\n''?$'
cwd_of='^[{][^{}]*"cwd":"(/[^"\\[:cntrl:]]*)"'
tool_call=$start'"([A-Za-z][A-Za-z0-9_-]*)","tool_input":[{]'
file_call=$start'"([A-Za-z]+)","tool_input":[{]"(command|file_path)":"([^"\\[:cntrl:]]*)"(.?)'
bash_call=$start'"Bash","tool_input":[{]"command":'$text'(,"(description|timeout|run_in_background)":'$value')*'$end
read_call=$start'"Read","tool_input":[{]"file_path":'$text'(,"(offset|limit|pages)":'$value')*'$end
flat_call=$tool_call'("[a-zA-Z_-]+":'$value'(,"[a-zA-Z_-]+":'$value')*)?'$end

# The reader below knows the calls of Claude Code.
[[ -z $agent ]] || exact

words=' ${words.join(' ')} '
first_words=' ${first.join(' ')} '
commands=' ${commands.join(' ')} '
runners=' ${runners.join(' ')} '
filters=' ${all('filters').join(' ')} '
readers=' ${readers.join(' ')} '
searchers=' ${searchers.join(' ')} '

# Replaces quoted text by its words, joined by commas, so that blanks separate words only outside quotes.
unquote() {
  local rest=$1 inside
  line=
  while [[ $rest =~ ^([^\\'$quote]*)(\\'([^\\']*)\\'|$quote([^$quote\\$\\\`\\!]*)$quote)(.*)$ ]]; do
    inside=\${BASH_REMATCH[3]}\${BASH_REMATCH[4]}
    line+=\${BASH_REMATCH[1]}\${inside//[!A-Za-z0-9_.\\/:=@+%^-]/,}
    rest=\${BASH_REMATCH[5]}
  done
  [[ $rest == *[\\'$quote]* ]] && return 1
  line+=$rest
  line=\${line//;/ ; }
  # They lose nothing, and their option may be one for code.
  line=\${line//git checkout -b /git branch }
  line=\${line//git switch -c /git branch }
}

plain_command() {
  local word name first=1 operands= reads= filter= command= runs= last= folder=$2
  unquote "$1" || return 1
  # Quotes inside a word hide its text.
  has_text "$line" && return 1
  has_path_text "$line" && return 1
  for word in $line; do
    case $word in
    '|' | '&&' | '||' | ';')
      [[ $first ]] && return 1
      first=1 reads= filter= operands= command= runs= last=$word
      continue ;;
    '2>&1' | '2>/dev/null' | '>/dev/null' | '&>/dev/null')
      [[ $first ]] && return 1
      continue ;;
    *[!A-Za-z0-9_./:=@,+%~^-]* | '~'* | *[=:]'~'* | ${patterns}) return 1 ;;
    esac
    if [[ $first && $last == '|' && $filters == *" $word "* ]]; then
      filter=1 first=
      continue
    fi
    for name in \${word//[=:,@]/ }; do
      name=\${name##*/}
      [[ $words == *" $name "* ]] && return 1
      if [[ $first == 1 || $runs ]]; then
        [[ $first_words == *" $name "* || $first_words == *" \${name%%[0-9]*} "* ]] && return 1
        [[ $commands == *" \${name%%[0-9]*} "* ]] && command+=" \${name%%[0-9]*}"
        [[ $runners == *" $name "* ]] && runs=1
      elif [[ $command ]]; then
        [[ $runners == *" \${command##* }-$name "* ]] && runs=1
        [[ $commands == *" \${command##* }-$name "* ]] && command+=" \${command##* }-$name"
      fi
      case $name in ${patterns}) return 1 ;; esac
      [[ $command ]] && conditional "$name" && return 1
    done
    [[ $command ]] && conditional "$word" && return 1
    if [[ $filter ]]; then
      # A filter with a pattern and no files.
      case $word in
      -[ivnoEFcwxqahs]* | -[0-9]*) case $word in *[!a-zA-Z0-9-]* | *[efrRm]*) return 1 ;; esac ;;
      -*) return 1 ;;
      *)
        [[ $operands ]] && return 1
        operands=1 ;;
      esac
    elif [[ $first == cd ]]; then
      case $word in
      -* | *,* | ../* | */../* | */.. | ..) return 1 ;;
      /*) folder=$word ;;
      *) folder=$folder/\${word#./} ;;
      esac
      first=
    elif [[ $reads ]]; then
      # The file that a command reads may be a link to another one.
      case $word in
      -[ef]* | --regexp* | --file* | --pre* ) [[ $reads == search ]] && return 1 ;;
      -* | [0-9]) ;;
      *)
        if [[ $reads == search && -z $operands ]]; then
          operands=1
        else
          case $word in
          *[,:]*) return 1 ;;
          /*) plain_place "$word" ;;
          *) plain_place "\${folder%/}/\${word#./}" ;;
          esac || return 1
        fi ;;
      esac
    fi
    # Behind variables the command comes.
    if [[ $first == 1 && $word != [A-Za-z_]*=* ]]; then
      name=\${word##*/}
      [[ $name == cd ]] && first=cd || first=
    fi
    [[ -z $reads && $readers == *" \${word##*/} "* ]] && reads=1
    [[ -z $reads && $searchers == *" \${word##*/} "* ]] && reads=search
  done
  [[ -z $first || $last == ';' ]]
}

# Whether a word makes one of the commands before it more than harmless.
conditional() {
  local name
  for name in $command; do
    case $name:$1 in
${commands.flatMap((name) => conditionalCase(name)).join('')}    esac
  done
  return 1
}

has_text() { ${
    all('texts').length === 0 ? '' : `case \${1,,} in ${alternatives(all('texts'))}) return 0 ;; esac; `
  }return 1; }

has_path_text() { ${
    all('pathTexts').length === 0 ? '' : `case \${1,,} in ${alternatives(all('pathTexts'))}) return 0 ;; esac; `
  }return 1; }

plain_place() {
  local path=$1 folder=\${1%/*}
  case $path in
  [!/]* | /nix/store/* | *//* | */./* | */../* | */. | */..) return 1 ;;
${fileCases(all('files'))}  esac
  [[ -L $path || -z $HOME ]] && return 1
  has_path_text "$path" && return 1
  cd -P -- "\${folder:-/}" 2>/dev/null && [[ $PWD == "\${folder:-/}" ]]
}

edited_place() {
  has_path_text "$1" && return 1
  case \${1,,} in
  ${all('editedPaths').length === 0 ? "''" : alternatives(all('editedPaths'))}) return 1 ;;
  esac
  ${calls.some((call) => call.linkedFiles) ? 'plain_place "$1"' : 'return 0'}
}

if [[ $call =~ $file_call ]]; then
  found=("\${BASH_REMATCH[@]: -4}")
  subject=\${found[2]}
  case \${found[0]}:\${found[1]} in
${
  everyCommand
    ? ''
    : `  Bash:command)
    if [[ $whole && $call =~ $bash_call && $call =~ $cwd_of ]] && ! has_text "$subject" &&
      ! has_path_text "$subject \${BASH_REMATCH[1]}"; then
      plain_command "$subject" "\${BASH_REMATCH[1]}" && pass
    fi ;;
`
}${
  everyTool
    ? ''
    : `  Read:file_path)
    [[ $whole && $call =~ $read_call && $subject != *$quote* ]] && ! has_text "$subject" && plain_place "$subject" && pass ;;
  Edit:file_path | Write:file_path | MultiEdit:file_path)
    [[ \${found[3]} == , && $subject != *$quote* ]] && edited_place "$subject" && pass ;;
`
}  esac${
    everyTool
      ? ''
      : `
elif [[ $call =~ $tool_call ]]; then
  case \${BASH_REMATCH[-1]} in
  ${[...harmless, ...lists].join(' | ')}) pass ;;
${toolCases(all('tools'))}  esac
  if [[ $whole && $call =~ $flat_call ]]; then
    case \${call,,} in
    ${alternatives(inputKeys.map((key) => `,"tool_input":{*${key}`))}) exact ;;
${mcpCase(all('mcpNames'))}    esac
    pass
  fi`
  }
fi
exact
`;
}

/** The lines of a shell function that answer a failure in the form that the agent reads. */
function failures(what: string): string {
  const own = Object.entries(agents).flatMap(([id, { hook }]) =>
    hook === undefined ? [] : [[id, respondFailure(what, hook)] as const],
  );
  const byAnswer = groupBy(own, ([, answer]) => answer);
  const print = (answer: string): string => `printf '%s\\n' ${quote(answer.trimEnd())} ;;\n`;
  const cases = [...byAnswer].map(([answer, those]) => `  ${those.map(([id]) => id).join(' | ')}) ${print(answer)}`);
  return `  case $agent in\n${cases.join('')}  *) ${print(respondFailure(what))}  esac\n`;
}

/** A limit of processor time: without an answer the client would let the call pass. */
const processorSeconds = 2;

/** Parts of the keys under which a tool takes files and commands. */
const inputKeys: readonly string[] = [
  ...['path', 'file', 'uri"', 'source', 'destination', 'command', 'cmd', 'shell', 'bash', 'script', 'code'],
];

const conditionalCase = (name: string): string[] => {
  const triggers = (conditionalWords[name] ?? '').split(' ').filter((word) => word !== '');
  return triggers.length === 0 ? [] : [`    ${triggers.map((word) => `${name}:${word}`).join(' | ')}) return 0 ;;\n`];
};

const toolCases = (tools: readonly string[]): string =>
  [...new Set([...tools, 'Bash', 'Monitor', 'PowerShell', 'NotebookEdit'])]
    .map((tool) => `  ${tool}) exact ;;\n`)
    .join('');

/** Programs behind which another command stands: `npx`, `npm-exec`. */
const runners: readonly string[] = Object.entries(packageRunners).flatMap(([name, subcommands]) =>
  subcommands.map((subcommand) => (subcommand === '' ? name : `${name}-${subcommand}`)),
);

const gitRunners: readonly string[] = ['bisect', 'submodule', 'rebase'];

/** Commands that make a line more than a list of commands. */
const keywords: readonly string[] =
  'if then elif else fi for while until do done case esac select function coproc time in [[ ]] alias unalias nix nom'.split(
    ' ',
  );

/** Words that the reader of lines looks into. */
const lineWords: readonly string[] = [
  // Git's by `conditionalWords`.
  ...[...runnerWords].filter((word) => !gitRunners.includes(word)),
  ...commandsWith(({ code }) => code !== undefined).filter((name) => name !== 'git'),
];

/** Patterns for commands whose name has a version, and for options whose value is code. */
const linePatterns: readonly string[] = [
  ...commandsWith(({ versioned }) => versioned === true)
    .filter((name) => !Object.hasOwn(conditionalWords, name))
    .map((name) => `${name}[0-9]*`),
  '-c*',
  '-[!-]*c*',
];

/** Commands, and subcommands of git, that print the files among their arguments. */
const readers: readonly string[] = [
  ...commandsWith(({ operands, expression }) => operands === 'read' && expression === undefined),
  ...Object.keys(commandFacts('git')?.subcommands ?? {}).filter((name) => name !== 'grep'),
];

/** Commands whose first operand is an expression and the others are files that they print. */
const searchers: readonly string[] = commandsWith(
  ({ operands, expression }) => operands === 'read' && expression !== undefined,
);

/** The lines of `case` for files and for everything below them. */
function fileCases(files: readonly string[]): string {
  return files
    .map((file) => (file.startsWith('/') ? quote(file) : `"$HOME"${quote(`/${file}`)}`))
    .map((pattern) => `  ${pattern} | ${pattern}/*) return 1 ;;\n`)
    .join('');
}

/** The line of `case` for MCP tools that a rule may match by their name. */
function mcpCase(names: readonly string[]): string {
  return names.length === 0 ? '' : `    ${alternatives(names.map((name) => `"mcp__*${name}`))}) exact ;;\n`;
}

const alternatives = (words: readonly string[]): string =>
  words.map((word) => `*${quote(word).replaceAll('*', "'*'")}*`).join(' | ');

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
