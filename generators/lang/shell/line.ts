/**
 * What a command line runs, in the same form for every shell; made by `bash-line.ts` and `fish-line.ts`. Words contain
 * what was typed and must not be written anywhere. This module imports neither zod nor execa, because the hook
 * bundles it.
 */

/** One word as typed. */
export interface Word {
  /** Its value without quotes; null if it depends on an expansion. */
  text: string | null;
  /** If `text` is null: the known text, NUL for the unknown. Set by an `Expander`, or for quoted text with blanks. */
  shape?: string;
  /** Its source text, with quotes. */
  raw: string;
  /** Part of it is quoted or escaped: no alias, tilde or pattern there. */
  quoted: boolean;
  /** It has an unquoted `*`, `?`, `[…]` or `{a,b}`: `text` is the pattern, not its matches. */
  pattern: boolean;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `&>`, `>|`, `<>`, `>&`, `<&`, … */
  operator: string;
  /** The number before the operator; null without one. */
  descriptor: number | null;
  /** File, descriptor, here-string, or the body of a here-document. */
  target: Word | null;
}

/** The position of a command. The line defines the commands of a `function` and does not run them. */
export type Place = 'line' | 'substitution' | 'function' | 'script';

/** Commands joined by `|`; a command alone is a pipeline of one. */
export interface Pipeline {
  /** The index of each stage's invocation; null for a loop, a group or a subshell. */
  stages: (number | null)[];
  /** The operator before it in its list; null at the beginning. */
  connector: ';' | '&' | '&&' | '||' | null;
  place: Place;
  /** Started with `&`. */
  background: boolean;
  /** Its status is negated (`! grep`, `not grep`). */
  negated: boolean;
  /** Inside a group, a loop, a condition, a substitution, a function or a script, not in the line's own list. */
  nested: boolean;
}

export interface Invocation {
  /** The command as typed, without quotes, perhaps with a path (`/bin/ls`, `./x`); null for an expansion. */
  name: string | null;
  /** The word of the name. */
  word: Word;
  /** An alias of this name applies: it is not quoted (`\ls`) and not run by a wrapper (`sudo ls`). */
  aliasable: boolean;
  args: Word[];
  /** Names of the variables that are set before it; never their values. */
  assignments: string[];
  redirections: Redirection[];
  /** Index into `pipelines`. */
  pipeline: number;
  /** Its place in that pipeline, from 0. */
  stage: number;
  /** Its standard input, through enclosing groups and loops. */
  stdin: 'inherited' | 'pipe' | 'redirect';
  stdout: 'inherited' | 'pipe' | 'redirect' | 'captured';
  /** The index of the invocation that runs it (`sudo`, `xargs`, `bash -c`); null if the shell does. */
  parent: number | null;
  /** The names of all wrappers around it, outermost first: `['sudo', 'env']`. */
  wrappers: readonly string[];
  /** The shell whose script contains it, if a wrapper starts one (`sudo sh -c '…'`); null: the shell of the line. */
  shell: 'bash' | 'fish' | null;
  /** Index of the first wrapper between it and its shell. */
  behind: number;
  place: Place;
  /** It runs on another machine or in a container (`ssh host ls`). */
  remote: boolean;
  /** Why the text does not show which commands it runs; null for ordinary commands. */
  opaque:
    | 'script from standard input'
    | 'script from an expansion'
    | 'script in a file'
    | 'command from an expansion'
    | null;
}

export interface ShellLine {
  /** In source order; a wrapper comes before the command that it runs. */
  invocations: Invocation[];
  pipelines: Pipeline[];
  /** All redirections of the line, including those of loops, groups and empty commands (`> file`). */
  redirections: Redirection[];
  /** Names of the functions that the line defines. */
  functions: string[];
  /** The aliases that the line defines; `text` is null if it depends on an expansion. */
  aliases: { name: string; text: string | null }[];
  /** False after a syntax error or too deep nesting: the rest may then be wrong or incomplete. */
  understood: boolean;
  /** The first messages of the parser; they may quote the source. */
  problems: string[];
}
