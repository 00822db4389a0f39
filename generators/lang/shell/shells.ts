import { keysOf } from '../../keys-of.ts';
import type { ShellLine } from './line.ts';
import { parseBashLine, parseFishLine, parseNushellLine, parseZshLine } from './shell-line.ts';

const posix = `. : [ alias bg break builtin cd command continue echo eval exec exit export false fc fg getopts hash jobs kill
  printf pwd read readonly return set shift source test times trap true type ulimit umask unalias unset wait`;

const table = {
  bash: {
    program: 'bash',
    parse: parseBashLine,
    builtins: `${posix} bind caller compgen complete compopt declare dirs disown enable help history let local logout mapfile
      popd pushd readarray shopt suspend time typeset coproc`,
  },
  zsh: {
    program: 'zsh',
    parse: parseZshLine,
    builtins: `${posix} autoload bindkey bye chdir compdef declare dirs disable disown echotc emulate enable float functions
      history integer let limit local log logout noglob nocorrect popd print private pushd pushln rehash sched setopt
      suspend time ttyctl typeset unfunction unhash unlimit unsetopt vared whence where which zcompile zftp zle zmodload
      zparseopts zstyle coproc`,
  },
  fish: {
    program: 'fish',
    parse: parseFishLine,
    builtins: `. : [ _ abbr alias and argparse bg bind block break breakpoint builtin cd cdh command commandline complete contains
      continue count dirh dirs disown echo emit eval exec exit export false fc fg fish_add_path fish_config
      fish_key_reader fish_update_completions funced funcsave functions getopts hash help history isatty jobs kill math
      nextd not open or path popd prevd printf psub pushd pwd random read realpath return set set_color source status
      string suspend test time trap true type ulimit umask vared wait`,
  },
  nushell: {
    program: 'nu',
    parse: parseNushellLine,
    builtins: `alias all ansi any append ast bits break bytes cal cd char chunks clear collect columns commandline compact
      complete config const continue cp date debug decode def default describe detect do drop du each echo encode enumerate
      error every exec exit explain explore export export-env extern fill filter find first flatten for format from
      generate get glob grid group-by hash headers help hide hide-env history http if ignore input insert inspect into
      is-admin is-empty is-not-empty is-terminal items job join keybindings kill last length let let-env lines load-env
      loop ls match math merge metadata mkdir mktemp module move mut mv nu-check nu-highlight open overlay panic par-each
      parse path plugin port prepend print ps query random reduce register reject rename return reverse rm roll rotate
      run-external save schema scope select seq shuffle skip sleep slice sort sort-by source source-env split start stor
      str sum sys table take tee term timeit to touch transpose try tutor ulimit uname uniq uniq-by update upsert url use
      values version view watch where which while whoami window with-env wrap zip`,
  },
};

/** The shells whose histories are read. */
export type Shell = keyof typeof table;

interface ShellFacts {
  /** The name of its executable. */
  program: string;
  /** Every command that a line runs. Never throws. */
  parse: (line: string) => ShellLine;
  /** Separated by blanks. */
  builtins: string;
}

export const shells: Readonly<Record<Shell, ShellFacts>> = table;

const builtins = new Map(keysOf(shells).map((shell) => [shell, new Set(shells[shell].builtins.split(/\s+/))]));

/** Whether a shell has a builtin of this name. It does not run for a wrapper such as `env` or `xargs`. */
export function isBuiltin(shell: Shell, name: string): boolean {
  return builtins.get(shell)?.has(name) ?? false;
}

/** The shell with this executable; undefined for other programs. */
export function shellOfProgram(program: string): Shell | undefined {
  return keysOf(shells).find((shell) => shells[shell].program === program);
}
