import { runnerWords } from '../lang/shell/wrapper-table.ts';
import { editors, readers } from './accesses.ts';
import { diskTools } from './disks.ts';
import { inlineCommands } from './inline-code.ts';
import { installers } from './installers.ts';
import { replacements } from './modern/replacements.ts';
import { downloaders } from './names.ts';
import { respondFailure } from './respond.ts';
import type { Policies } from './schema.ts';
import { secretWords } from './secret-paths.ts';

/** Absolute paths: the hook must not depend on what is on PATH. */
export interface FastPathPrograms {
  bash: string;
  cat: string;
  node: string;
  hook: string;
  policies: string;
}

/**
 * The program that the client starts at every call: a shell script that answers by itself, starting
 * nothing, where no active rule can have anything to say, and hands every other call to the exact
 * path. It lets pass only what it has understood as JSON without a single escape: a plain list of
 * words in which no name occurs that any rule looks at, or a file at a place that is no link. So its
 * answer is that of the exact path, only sooner.
 */
export function fastPath(policies: Policies, programs: FastPathPrograms): string {
  const active = (name: string): boolean => policies.rules.some(({ rule }) => rule === name);
  const own = policies.rules.filter((rule) => rule.rule === 'own');
  // A rule of the user's own about files or tools may be about any call.
  const anyCommand = own.some((rule) => rule.path !== null && rule.command === null);
  const anyTool = own.some((rule) => rule.path !== null || rule.tool !== null);
  const clis = policies.rules.flatMap((rule) => (rule.rule === 'native-cli' ? rule.clis : []));
  const servers = [...new Set(clis.flatMap(({ servers }) => servers.map((name) => name.split(' ')[0] as string)))];
  const hides = active('secrets') ? `case \${1,,} in ${alternatives(secretWords)}) return 0 ;; esac; ` : '';
  return `#!${programs.bash}
# Made by nixos-intelligence. Answers a call that no rule can be about; hands any other to the hook.
LC_ALL=C
unset NODE_OPTIONS NODE_PATH
set -f
read -rN 8192 head && whole= || whole=1

# A limit in the seconds that it computes: without an answer the client would let the call pass.
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
  # What is left unread would be a broken pipe to the client.
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

words=' ${slowWords(policies).join(' ')} '
readers=' ${[...readers].join(' ')} '

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
    *[!A-Za-z0-9_./:=@,+%-]* | -[cg]* | -[!-]*[cg]* | --global* | --location*) return 1 ;;
    esac
    for name in \${word//[=:,@]/ }; do
      name=\${name##*/}
      [[ $words == *" $name "* ]] && return 1
      case $name in pip[0-9]* | python[0-9]* | mkfs.*) return 1 ;; esac
    done
    # What reads a file may be given a link to another one.
    if [[ $reads ]]; then
      case $word in -* | [0-9]) ;; *) return 1 ;; esac
    fi
    [[ $readers == *" \${word##*/} "* ]] && reads=1
    empty=
  done
  [[ -z $empty || $last == ';' ]]
}

hides_secret() { ${hides}return 1; }

plain_place() {
  local path=$1 folder=\${1%/*}
  case $path in
  [!/]* | /nix/store/* | *//* | */./* | */../* | */. | */..) return 1 ;;
${targets(policies)}  esac
  [[ -L $path || -z $HOME ]] && return 1
  cd -P -- "\${folder:-/}" 2>/dev/null && [[ $PWD == "\${folder:-/}" ]]
}

if [[ $head =~ $file_call ]]; then
  found=("\${BASH_REMATCH[@]: -4}")
  subject=\${found[2]}
  case \${found[0]}:\${found[1]} in
${
  anyCommand
    ? ''
    : `  Bash:command)
    [[ $whole && $head =~ $bash_call ]] && ! hides_secret "$subject" && plain_command "$subject" && pass ;;
`
}${
  anyTool
    ? ''
    : `  Read:file_path)
    [[ $whole && $head =~ $read_call ]] && ! hides_secret "$subject" && plain_place "$subject" && pass ;;
  Edit:file_path | Write:file_path | MultiEdit:file_path)
    [[ \${found[3]} == , ]] && ${active('generated-files') ? 'plain_place "$subject" && ' : ''}pass ;;
`
}  esac${
    anyTool
      ? ''
      : `
elif [[ $whole && $head =~ $mcp_call ]]; then
  case \${head,,} in
  ${alternatives(['path', 'file', 'uri"', 'source', 'destination'].map((key) => `,"tool_input":{*${key}`))}) exact ;;
  ${alternatives(servers.length === 0 ? ['mcp__github'] : servers.map((name) => `"mcp__*${name}`))}) exact ;;
  esac
  pass`
  }
fi
exact
`;
}

/** They install only with a word or an option that is looked at by itself: `install`, `global`, `-g`. */
const byOtherWord = ['npm', 'pnpm', 'bun', 'yarn', 'cargo', 'go', 'gem', 'uv', 'luarocks'];

/** The words that some active rule, or the reading of a line, looks at. */
function slowWords(policies: Policies): string[] {
  const words = new Set([
    // What makes a line more than a list of commands.
    ...'if then elif else fi for while until do done case esac select function coproc time in [[ ]] alias unalias'.split(
      ' ',
    ),
    ...runnerWords,
    ...inlineCommands,
    ...editors,
    ...downloaders,
    ...Object.keys(installers).filter((name) => !byOtherWord.includes(name)),
    // By these the others install.
    ...'install binstall global tool pip2 pip3 python2 python3 push'.split(' '),
    ...Object.keys(diskTools),
    ...'rm grm srm find gfind fd fdfind chmod chown chgrp nix nom nix-collect-garbage nh'.split(' '),
    ...Object.keys(replacements),
  ]);
  for (const rule of policies.rules) {
    if (rule.rule !== 'own') continue;
    for (const command of rule.command ?? []) words.add(command.slice(command.lastIndexOf('/') + 1));
  }
  return [...words].sort();
}

/** The lines of `case` for files that the configuration generates: absolute, or of the home. */
function targets({ rules }: Policies): string {
  return rules
    .flatMap((rule) => (rule.rule === 'generated-files' ? rule.targets : []))
    .map(({ target }) => (target.startsWith('/') ? quote(target) : `"$HOME"${quote(`/${target}`)}`))
    .map((pattern) => `  ${pattern} | ${pattern}/*) return 1 ;;\n`)
    .join('');
}

const alternatives = (words: readonly string[]): string =>
  words.map((word) => `*${quote(word).replaceAll('*', "'*'")}*`).join(' | ');

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
