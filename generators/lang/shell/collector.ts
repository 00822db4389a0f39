import { at } from '../../at.ts';
import type { Expander } from './expander.ts';
import type { Invocation, Place, Redirection, ShellLine, Word } from './line.ts';
import { nestedCommands } from './wrappers.ts';

/** The position of a command while a line is traversed. */
export interface Context {
  place: Place;
  stdin: Invocation['stdin'];
  stdout: Invocation['stdout'];
  parent: number | null;
  wrappers: readonly string[];
  /** The grammar of the text. */
  language: ScriptShell;
  /** The shell that a wrapper started; null: the shell of the line. */
  shell: ScriptShell | null;
  /** The number of `wrappers` up to the shell that reads the text. */
  behind: number;
  remote: boolean;
  nested: boolean;
  /** Scripts inside scripts (`bash -c "bash -c …"`). */
  depth: number;
  expander: Expander | null;
}

/** A simple command, before its arguments are searched for commands that it runs. */
export interface SimpleCommand {
  words: Word[];
  assignments: string[];
  redirections: Redirection[];
  pipeline: number;
  stage: number;
  stages: number;
  /** Inherited from a wrapper: its streams, and the redirections of its input. */
  handedOn?: { stdin: Invocation['stdin']; stdout: Invocation['stdout']; redirections: readonly Redirection[] };
}

export type ScriptShell = 'bash' | 'fish';
/** Adds what a script inside a line runs; its shell may differ from the line's: `fish -c`, `bash -c`. */
export type AddNested = (source: string, shell: ScriptShell, context: Context, out: ShellLine) => void;

/** Nobody nests deeper; beyond this depth the line is not understood. */
export const maxDepth = 12;

export const topContext: Context = {
  place: 'line',
  stdin: 'inherited',
  stdout: 'inherited',
  parent: null,
  wrappers: [],
  language: 'bash',
  shell: null,
  behind: 0,
  remote: false,
  nested: false,
  depth: 0,
  expander: null,
};

/** Keywords: an alias applies to the command that follows. */
const aliasesBehind = new Set(['time']);

export function emptyLine(): ShellLine {
  return {
    invocations: [],
    pipelines: [],
    redirections: [],
    functions: [],
    aliases: [],
    understood: true,
    problems: [],
  };
}

/**
 * Adds a command, and every command that it runs as a wrapper or in a script argument.
 * @returns the command's index among the invocations
 */
export function addCommand(out: ShellLine, command: SimpleCommand, context: Context, nest: AddNested): number {
  const head = at(command.words, 0);
  const args = command.words.slice(1);
  const index = out.invocations.length;
  const name = head.text === null || head.pattern ? null : head.text;
  const ends = command.handedOn ?? streams(command, context);
  const invocation: Invocation = {
    name,
    word: head,
    aliasable: !head.quoted && context.wrappers.every((wrapper) => aliasesBehind.has(wrapper)),
    args,
    assignments: command.assignments,
    redirections: command.redirections,
    pipeline: command.pipeline,
    stage: command.stage,
    stdin: ends.stdin,
    stdout: ends.stdout,
    parent: context.parent,
    wrappers: context.wrappers,
    shell: context.shell,
    behind: context.behind,
    place: context.place,
    remote: context.remote,
    opaque: name === null ? 'command from an expansion' : null,
  };
  out.invocations.push(invocation);
  noteAliases(out, invocation);
  if (name === null) return index;

  const nested = nestedCommands(name, args, () => feedingText(out, command, invocation));
  invocation.opaque = nested.opaque;
  if (nested.commands.length === 0) return index;
  if (context.depth >= maxDepth) {
    out.understood = false;
    out.problems.push('nested too deep');
    return index;
  }
  const inner: Context = {
    place: context.place,
    stdin: invocation.stdin,
    stdout: invocation.stdout,
    parent: index,
    wrappers: [...context.wrappers, baseName(name)],
    language: context.language,
    shell: context.shell,
    behind: context.behind,
    remote: context.remote || nested.remote,
    nested: true,
    depth: context.depth + 1,
    expander: context.expander,
  };
  for (const one of nested.commands) {
    if ('script' in one) {
      const own = one.shell === 'same';
      const language = one.shell === 'same' ? context.language : one.shell;
      const place = context.place === 'function' ? 'function' : 'script';
      const shell = own ? context.shell : language;
      nest(one.script, language, { ...inner, place, shell, behind: inner.wrappers.length }, out);
    } else {
      const handedOn = {
        stdin: one.ownInput ? ('redirect' as const) : invocation.stdin,
        stdout: invocation.stdout,
        redirections: [...(command.handedOn?.redirections ?? []), ...command.redirections],
      };
      const { words, assignments } = one;
      addCommand(out, { ...command, words, assignments, redirections: [], handedOn }, inner, nest);
    }
  }
  return index;
}

/** `/usr/bin/grep` -> `grep`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

const inputOperators = new Set(['<', '<<', '<<-', '<<<', '<>', '<&']);

/** Standard input and output of a stage of a pipeline with these redirections. */
export function streams(
  at: { redirections: readonly Redirection[]; stage: number; stages: number },
  context: Pick<Context, 'stdin' | 'stdout'>,
): Pick<Invocation, 'stdin' | 'stdout'> {
  let stdin: Invocation['stdin'] = at.stage > 0 ? 'pipe' : context.stdin;
  let stdout: Invocation['stdout'] = at.stage < at.stages - 1 ? 'pipe' : context.stdout;
  for (const { operator, descriptor } of at.redirections) {
    if (inputOperators.has(operator)) {
      if (descriptor === null || descriptor === 0) stdin = 'redirect';
    } else if (descriptor === null || descriptor === 1) {
      stdout = 'redirect';
    }
  }
  return { stdin, stdout };
}

/**
 * The fixed text on a command's standard input, for a shell that reads its script from there: a here-document, a
 * here-string, or the output of `echo`/`printf`. Null if the text is not fixed, undefined without such input.
 */
function feedingText(out: ShellLine, command: SimpleCommand, invocation: Invocation): string | null | undefined {
  if (invocation.stdin === 'inherited') return undefined;
  if (invocation.stdin === 'redirect') {
    const redirections = [...command.redirections, ...(command.handedOn?.redirections ?? [])];
    const input = redirections.find(({ operator }) => operator.startsWith('<<'));
    return input?.target?.text ?? null;
  }
  const before = out.pipelines[command.pipeline]?.stages[command.stage - 1];
  const feeder = typeof before === 'number' ? out.invocations[before] : undefined;
  if (feeder?.name !== 'echo' && feeder?.name !== 'printf') return null;
  const words = feeder.args.filter(({ text }) => text === null || !text.startsWith('-'));
  return words.every(({ text, pattern }) => text !== null && !pattern) &&
    !words.some(({ text }) => text?.includes('\\'))
    ? words.map(({ text }) => text).join(' ')
    : null;
}

function noteAliases(out: ShellLine, { name, args }: Invocation): void {
  if (name === 'alias') {
    const [first, ...rest] = args.filter(({ text }) => text === null || !/^-/.test(text));
    if (first === undefined) return;
    if (first.text !== null && !first.text.includes('=')) {
      // fish: alias NAME TEXT
      if (rest.length > 0) {
        const texts = rest.map(({ text }) => text);
        out.aliases.push({ name: first.text, text: texts.includes(null) ? null : texts.join(' ') });
      }
      return;
    }
    for (const { text } of [first, ...rest]) {
      const equals = text?.indexOf('=') ?? -1;
      if (text !== null && equals > 0) out.aliases.push({ name: text.slice(0, equals), text: text.slice(equals + 1) });
    }
  }
}
