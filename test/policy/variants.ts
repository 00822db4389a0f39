/**
 * Other spellings of a command line that run the same command. The line is one command of plain words: no quotes, no
 * operators.
 */
export type Variant = (line: string, random: () => number) => string;

const split = (line: string): [name: string, rest: string] => {
  const at = line.indexOf(' ');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at)];
};
const single = (text: string): string => `'${text}'`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Words that the shell would expand keep their meaning only without quotes. */
const quotable = (word: string): boolean => !/[~$*?[\]{}]/.test(word);
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

/** By name; each keeps what the command does. */
export const variants: Readonly<Record<string, Variant>> = {
  // quoting
  'quoted name': (line) => line.replace(/^\S+/, (name) => `'${name}'`),
  'double-quoted words': (line) => line.replace(/\S+/g, (word) => (quotable(word) ? `"${word}"` : word)),
  'quotes inside': (line, random) => {
    const [name, rest] = split(line);
    const at = 1 + Math.floor(random() * Math.max(name.length - 1, 1));
    return `${name.slice(0, at)}${pick(["''", '""'], random)}${name.slice(at)}${rest}`;
  },
  backslashes: (line) => {
    const [name, rest] = split(line);
    return name.replace(/[a-z]/g, '\\$&') + rest;
  },
  'one backslash': (line) => `\\${line}`,
  'ANSI-C quotes': (line) => {
    const [name, rest] = split(line);
    const hex = [...name].map((char) => `\\x${char.charCodeAt(0).toString(16)}`).join('');
    return `$'${hex}'${rest}`;
  },
  'continued line': (line) => line.replace(' ', ' \\\n'),
  'name continued': (line) => `${line.slice(0, 1)}\\\n${line.slice(1)}`,
  'more blanks': (line) => `  ${line.replaceAll(' ', '   ')}  `,
  'a comment': (line) => `# nothing to see\n${line} # really`,
  // variables
  'name in a variable': (line) => {
    const [name, rest] = split(line);
    return `x=${name}; $x${rest}`;
  },
  'name in two variables': (line) => {
    const [name, rest] = split(line);
    return `a=${name.slice(0, 1)} b=${name.slice(1)}; $a$b${rest}`;
  },
  'name in a default': (line) => {
    const [name, rest] = split(line);
    return `\${unset_name:-${name}}${rest}`;
  },
  'last word in a variable': (line) => {
    const at = line.lastIndexOf(' ') + 1;
    // The value of a variable of the environment is not known.
    return at === 0 || line[at] === '$' ? `x=1; ${line}` : `x=${line.slice(at)}; ${line.slice(0, at)}$x`;
  },
  'all words but the last in a variable': (line) => {
    const at = line.lastIndexOf(' ');
    return at < 0 || /[~$*?{[]/.test(line.slice(0, at))
      ? `x=1; ${line}`
      : `x='${line.slice(0, at)}'; $x${line.slice(at)}`;
  },
  'an array': (line) => `x=(${line}); "\${x[@]}"`,
  positional: (line) => `set -- ${line}; "$@"`,
  'a loop over names': (line) => {
    const [name, rest] = split(line);
    return `for x in ${name}; do $x${rest}; done`;
  },
  IFS: (line) => (quotable(line) ? line.replaceAll(' ', '${IFS}') : line),
  braces: (line) => (/[,{}]/.test(line) || !line.includes(' ') ? line : `{${line.replaceAll(' ', ',')}}`),
  // shells
  eval: (line) => `eval ${single(line)}`,
  'eval of words': (line) => `eval ${line}`,
  'sh -c': (line, random) =>
    `${pick(['sh', 'bash', '/bin/sh', 'bash -l', 'env bash', 'dash', 'zsh'], random)} -c ${single(line)}`,
  'bash -lc': (line) => `bash -lc "${line.replace(/[$`]/g, '\\$&')}"`,
  'sh -c in sh -c': (line) => `sh -c "bash -c '${line.replace(/[$`]/g, '\\$&')}'"`,
  'a here-document': (line) => `bash <<'END'\n${line}\nEND`,
  'a here-string': (line) => `sh <<< ${single(line)}`,
  'echo into sh': (line) => `echo ${single(line)} | sh`,
  'printf into bash': (line) => `printf '%s\\n' ${single(line)} | bash`,
  'cat into sh': (line) => `cat <<'END' | sh\n${line}\nEND`,
  'base64 into sh': (line) => `echo ${base64(line)} | base64 -d | sh`,
  'base64 in eval': (line) => `eval "$(echo ${base64(line)} | base64 --decode)"`,
  'base64 in bash -c': (line) => `bash -c "$(base64 -d <<< ${base64(line)})"`,
  'hex into sh': (line) => `echo ${Buffer.from(line).toString('hex')} | xxd -r -p | sh`,
  'a process substitution': (line) => `bash <(echo ${single(line)})`,
  source: (line) => `source <(echo ${single(line)})`,
  // substitutions
  'name by echo': (line) => {
    const [name, rest] = split(line);
    return `$(echo ${name})${rest}`;
  },
  'name by backquotes': (line) => {
    const [name, rest] = split(line);
    return `\`echo ${name}\`${rest}`;
  },
  'name by printf': (line) => {
    const [name, rest] = split(line);
    return `$(printf '%s%s' ${name.slice(0, 1)} ${name.slice(1)})${rest}`;
  },
  'name by which': (line) => {
    const [name, rest] = split(line);
    return name.includes('/') ? line : `$(which ${name})${rest}`;
  },
  'in a substitution': (line) => `echo "$(${line})"`,
  'in backquotes': (line) => `echo \`${line}\``,
  // programs that run programs
  env: (line, random) => `${pick(['env', 'env A=1', 'env -u B', 'env -S', '/usr/bin/env'], random)} ${line}`,
  assignment: (line) => `A=1 B='x y' ${line}`,
  wrapper: (line, random) =>
    `${pick(['command', 'nice -n 5', 'nohup', 'timeout 60', 'time', 'exec', 'stdbuf -oL', 'setsid', 'ionice -c 3', 'chrt -i 0'], random)} ${line}`,
  'find -exec': (line) => `find . -maxdepth 0 -exec ${line} \\;`,
  'xargs sh -c': (line) => `echo x | xargs -I{} sh -c ${single(line)}`,
  'xargs with the last word': (line) => {
    const at = line.lastIndexOf(' ');
    return at < 0 || line.includes('exec-env')
      ? `xargs ${line} < /dev/null`
      : `echo ${line.slice(at + 1)} | xargs ${line.slice(0, at)}`;
  },
  parallel: (line) => `parallel ::: ${single(line)}`,
  'nix shell': (line) => `nix shell nixpkgs#coreutils -c ${line}`,
  script: (line) => `script -qc ${single(line)} /dev/null`,
  watch: (line) => `watch -n 5 ${single(line)}`,
  // lists and compound commands
  list: (line, random) => {
    const [before, after] = pick(
      [
        ['true && ', ''],
        ['false || ', ''],
        ['cd . ; ', ''],
        [': | ', ''],
        ['! ', ''],
        ['', ' &'],
        ['', ' || true'],
      ],
      random,
    );
    return before + line + after;
  },
  group: (line) => `{ ${line}; }`,
  subshell: (line) => `( ${line} )`,
  if: (line) => `if true; then ${line}; fi`,
  'if condition': (line) => `if ${line}; then :; fi`,
  for: (line) => `for i in 1; do ${line}; done`,
  while: (line) => `while true; do ${line}; break; done`,
  case: (line) => `case x in *) ${line} ;; esac`,
  function: (line) => `f() { ${line}; }; f`,
  'function with the keyword': (line) => `function f { ${line}; }\nf`,
  'function of its arguments': (line) => `f() { "$@"; }; f ${line}`,
  'function with arguments': (line) => {
    const [name, rest] = split(line);
    return `f() { ${name} "$@"; }; f${rest}`;
  },
  'function of a name': (line) => {
    const [name, rest] = split(line);
    return `f() { $1${rest}; }; f ${name}`;
  },
  alias: (line) => `shopt -s expand_aliases\nalias x=${single(line)}\nx`,
  'alias of a name': (line) => {
    const [name, rest] = split(line);
    return `alias x=${name}\nx${rest}`;
  },
  trap: (line) => `trap ${single(line)} EXIT`,
  coproc: (line) => `coproc ${line}`,
};
