/**
 * What a line of shell runs, whatever the shell: plain data, made by `bash-line.ts` and
 * `fish-line.ts`. Words keep what was typed, so nothing of this may be written anywhere as it is.
 * Nothing here imports zod or execa: the hook bundles it.
 */

/** One word as typed. */
export interface Word {
  /** Its value where it is fixed, quotes removed; null where it depends on an expansion. */
  text: string | null;
  /** What is known of it where `text` is null, NUL for what is not; only with an `Expander`, or of several words in quotes. */
  shape?: string;
  /** As it stands in the source, quotes and all. */
  raw: string;
  /** Some of it is quoted or escaped: no alias, no tilde, no pattern there. */
  quoted: boolean;
  /** It holds an unquoted `*`, `?`, `[…]`, `{a,b}`: `text` is then the pattern, not what it becomes. */
  pattern: boolean;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `&>`, `>|`, `<>`, `>&`, `<&`, … */
  operator: string;
  /** The number before the operator; null where none is written. */
  descriptor: number | null;
  /** File, descriptor or here-string; of a here-document its body. */
  target: Word | null;
}

/** Where a command stands. Commands of a `function` are defined, not run, by this line. */
export type Place = 'line' | 'substitution' | 'function' | 'script';

/** Commands joined by `|`; a command alone is a pipeline of one. */
export interface Pipeline {
  /** For each stage the invocation that stands there, by its index; null for a loop, a group or a subshell. */
  stages: (number | null)[];
  /** What precedes it in its list; null at the beginning. */
  connector: ';' | '&' | '&&' | '||' | null;
  place: Place;
  /** Started with `&`. */
  background: boolean;
  /** Its status is turned round (`! grep`, `not grep`). */
  negated: boolean;
  /** Inside a group, a loop, a condition, a substitution, a function or a script, not in the line's own list. */
  nested: boolean;
}

export interface Invocation {
  /** The command as typed, quotes removed, perhaps with a path (`/bin/ls`, `./x`); null where it is an expansion. */
  name: string | null;
  /** The word that stands there. */
  word: Word;
  /** An alias of this name would apply: not quoted (`\ls`), not behind a wrapper (`sudo ls`). */
  aliasable: boolean;
  args: Word[];
  /** Names of the variables set in front of it; never their values. */
  assignments: string[];
  redirections: Redirection[];
  /** Index into `pipelines`. */
  pipeline: number;
  /** Its place in that pipeline, from 0. */
  stage: number;
  /** What feeds it, seen through enclosing groups and loops. */
  stdin: 'inherited' | 'pipe' | 'redirect';
  stdout: 'inherited' | 'pipe' | 'redirect' | 'captured';
  /** The invocation that runs it (`sudo`, `xargs`, `bash -c`), by its index; null where the shell does. */
  parent: number | null;
  /** The names of all that run it, outermost first: `['sudo', 'env']`. */
  wrappers: readonly string[];
  /** The shell that one of them starts and whose script it stands in (`sudo sh -c '…'`); null: that of the line. */
  shell: 'bash' | 'fish' | null;
  /** Where among `wrappers` those begin that stand between it and its shell. */
  behind: number;
  place: Place;
  /** It runs on another machine or in a container (`ssh host ls`). */
  remote: boolean;
  /** Why what it runs in turn cannot be told from the text; null for ordinary commands. */
  opaque:
    | 'script from standard input'
    | 'script from an expansion'
    | 'script in a file'
    | 'command from an expansion'
    | null;
}

export interface ShellLine {
  /** Source order; a wrapper stands before what it wraps. */
  invocations: Invocation[];
  pipelines: Pipeline[];
  /** All redirections of the line, those of loops, groups and nothing (`> file`) too. */
  redirections: Redirection[];
  /** Names of the functions that the line defines. */
  functions: string[];
  /** Names that the line makes aliases, with the text they stand for where it is fixed. */
  aliases: { name: string; text: string | null }[];
  /** False where the parser met an error, or something was nested too deep: what is here may then be wrong or too little. */
  understood: boolean;
  /** What the parser said, in its own words, at most a few; may quote the source. */
  problems: string[];
}
