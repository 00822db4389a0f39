import type { Habit } from '../../data/habits.ts';
import { commandOfPackage } from '../../data/public-tools.ts';
import { subcommandOf, subcommandTools } from '../../data/subcommands.ts';
import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, Pipeline, ShellLine, Word } from '../../lang/shell/line.ts';
import { isBuiltin, type Shell, shells } from '../../lang/shell/shells.ts';
import type { Aliases } from './aliases.ts';
import { type FetchedPackages, fetchedPackages } from './fetched-packages.ts';
import { habitsOf } from './habits-of.ts';
import type { KnownNames } from './known-names.ts';
import { wrappedCommand } from './wrapped-command.ts';

/** A command's place in its pipeline: `filters` reads from a pipe, `feeds` writes to a pipe or a file. */
export type Role = 'alone' | 'feeds' | 'filters';

/** One use of a known command. */
export interface Use {
  name: string;
  role: Role;
  subcommand: string | null;
}

/** A pipeline of the line's own list: not one inside a loop, a group, a substitution or a script. */
export interface ListedPipeline extends Pick<Pipeline, 'connector' | 'background' | 'negated'> {
  /** Its first stage (`git log`); null if its name is not known. */
  first: string | null;
  /** The command of its last stage, whose exit status is that of the pipeline; null if that is a builtin or a loop. */
  last: { name: string | null; subcommand: string | null } | null;
  /** Has several stages. */
  piped: boolean;
}

interface Stage {
  /** `git log`, `xargs grep`; null if its name is not known. */
  label: string | null;
  command: ListedPipeline['last'];
}

/** What a line counts for whenever it is run: known names, and combinations of known names; no other text of it. */
export interface LineCounts {
  understood: boolean;
  uses: Use[];
  /** Commands whose package was fetched by name. */
  fetched: { name: string; how: FetchedPackages['how'] }[];
  builtins: string[];
  unknown: number;
  dynamic: number;
  remote: number;
  /** The stages of each pipeline of several, joined with a newline; `?` for a name that is not known. */
  pipelines: string[];
  list: ListedPipeline[];
  habits: Habit[];
}

/** Returns the function that counts a line. A name that is not on the allow-list is only counted, never returned. */
export function createLineCounter(known: KnownNames, aliases: Aliases): (text: string, shell: Shell) => LineCounts {
  /** The known command of a typed name, else null. */
  const resolve = (typed: string): string | null => {
    const name = typed.includes('/') && !/^~?(?:\/[^/]+)*\/s?bin\/[^/]+$/.test(typed) ? '' : baseName(typed);
    return name !== '' && known.has(name) ? name : null;
  };

  const aliasOf = ({ name, aliasable }: Invocation, shell: Shell): string | undefined =>
    aliasable && name !== null ? aliases.textOf(shell, name) : undefined;

  const stageOf = (line: ShellLine, index: number | null, shell: Shell): Stage => {
    const found = index === null ? null : wrappedCommand(line, index);
    if (found === null || found.invocation.name === null) return { label: null, command: null };
    const { invocation } = found;
    const alias = aliasOf(invocation, shell);
    const target = alias === undefined ? invocation : (shells[shell].parse(alias).invocations[0] ?? invocation);
    const name = target.name === null ? null : resolve(stripCaret(target.name, shell));
    const isBuiltinOfShell = isOwnBuiltin(invocation, shell);
    if (name === null) {
      const label = isBuiltinOfShell && alias === undefined && !invocation.remote ? invocation.name : null;
      return { label, command: isBuiltinOfShell ? null : { name, subcommand: null } };
    }
    const subcommand =
      alias === undefined
        ? subcommandIn(name, invocation.args)
        : subcommandIn(name, [...target.args, ...invocation.args]);
    const run = name === 'xargs' && alias === undefined ? runByXargs(line, found.index) : subcommand;
    return {
      label: invocation.remote ? null : run === null ? name : `${name} ${run}`,
      command: isBuiltinOfShell && alias === undefined ? null : { name, subcommand },
    };
  };

  const runByXargs = (line: ShellLine, xargs: number): string | null => {
    const index = line.invocations.findIndex(({ parent }) => parent === xargs);
    const name = index < 0 ? null : wrappedCommand(line, index)?.invocation.name;
    return name ? resolve(name) : null;
  };

  const addInvocation = (counts: LineCounts, invocation: Invocation, shell: Shell, isExpanded = false): void => {
    if (invocation.name === null) {
      counts.dynamic += 1;
      return;
    }
    if (invocation.remote) {
      counts.remote += 1;
      return;
    }
    const alias = isExpanded ? undefined : aliasOf(invocation, shell);
    if (alias !== undefined) {
      const expanded = shells[shell].parse(`${alias} ${invocation.args.map(({ raw }) => raw).join(' ')}`);
      const runs = expanded.invocations.filter(({ place }) => place !== 'substitution');
      for (const one of runs) {
        const { stdin, stdout } = one.stdin === 'inherited' && one.stdout === 'inherited' ? invocation : one;
        addInvocation(counts, { ...one, stdin, stdout }, shell, true);
      }
      if (runs.length > 0) return;
    }
    const typed = stripCaret(invocation.name, shell);
    if (typed === invocation.name && isOwnBuiltin(invocation, shell)) {
      counts.builtins.push(typed);
      return;
    }
    addFetched(counts, fetchedPackages(invocation));
    const name = resolve(typed);
    if (name === null) {
      counts.unknown += 1;
      return;
    }
    counts.uses.push({
      name,
      role: invocation.stdin === 'pipe' ? 'filters' : invocation.stdout === 'inherited' ? 'alone' : 'feeds',
      subcommand: subcommandIn(name, invocation.args),
    });
  };

  const addFetched = (counts: LineCounts, packages: FetchedPackages | null): void => {
    if (packages === null) return;
    for (const attribute of packages.attributes) {
      const command = commandOfPackage(attribute);
      if (command !== null && known.has(command)) counts.fetched.push({ name: command, how: packages.how });
    }
  };

  return (text, shell) => {
    const line = shells[shell].parse(text);
    const counts: LineCounts = {
      understood: line.understood,
      uses: [],
      fetched: [],
      builtins: [],
      unknown: 0,
      dynamic: 0,
      remote: 0,
      pipelines: [],
      list: [],
      habits: habitsOf(line).filter((habit) => commandsIn(habit).every(known.has)),
    };
    for (const invocation of line.invocations) addInvocation(counts, invocation, shell);
    for (const pipeline of line.pipelines) {
      const { stages, connector, background, negated } = pipeline;
      const piped = stages.length > 1;
      if (pipeline.nested && !piped) continue;
      const read = stages.map((index) => stageOf(line, index, shell));
      if (piped && read.some(({ label }) => label !== null) && !isRemote(line, pipeline)) {
        counts.pipelines.push(read.map(({ label }) => label ?? '?').join('\n'));
      }
      if (pipeline.nested) continue;
      const first = read[0]?.label ?? null;
      counts.list.push({ connector, background, negated, first, last: read.at(-1)?.command ?? null, piped });
    }
    return counts;
  };
}

function subcommandIn(name: string, args: readonly Word[]): string | null {
  return subcommandTools.has(name)
    ? subcommandOf(
        name,
        args.map(({ text, pattern }) => (pattern ? null : text)),
      )
    : null;
}

/** The commands that a habit names: find, xargs, grep for `find | xargs grep PATTERN`. */
const commandsIn = (habit: Habit): readonly string[] => habit.match(/(?<![\w-])[a-z]+/g) ?? [];

/** Whether the shell that reads the command runs a builtin of its own for it. */
function isOwnBuiltin({ name, wrappers, shell: started, behind }: Invocation, shell: Shell): boolean {
  const reader = started ?? shell;
  const transparent = reader === 'bash' ? runsBuiltinsInBash : runsBuiltins;
  return (
    name !== null && wrappers.slice(behind).every((wrapper) => transparent.has(wrapper)) && isBuiltin(reader, name)
  );
}

/** Behind these the shell still runs its builtins; behind `command` only bash does. */
const runsBuiltins: ReadonlySet<string> = new Set(['time', 'builtin', 'noglob', 'nocorrect']);
const runsBuiltinsInBash: ReadonlySet<string> = new Set([...runsBuiltins, 'command']);

/** In nushell `^ls` runs the program and not the builtin. */
function stripCaret(name: string, shell: Shell): string {
  return shell === 'nushell' && name.startsWith('^') ? name.slice(1) : name;
}

function isRemote(line: ShellLine, { stages }: Pipeline): boolean {
  return stages.some((stage) => stage !== null && line.invocations[stage]?.remote === true);
}
