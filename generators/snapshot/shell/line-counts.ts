import type { Habit } from '../../data/habits.ts';
import { commandOfPackage } from '../../data/public-tools.ts';
import { subcommandOf } from '../../data/subcommands.ts';
import { isBuiltin, type Shell } from '../../lang/shell/builtins.ts';
import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, Pipeline, ShellLine } from '../../lang/shell/line.ts';
import { parseBashLine, parseFishLine, parseNushellLine, parseZshLine } from '../../lang/shell/shell-line.ts';
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
  wrapped: boolean;
  sudo: boolean;
  throughAlias: boolean;
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

const parsers = { fish: parseFishLine, bash: parseBashLine, zsh: parseZshLine, nushell: parseNushellLine };

/** Returns the function that counts a line. A name that is not on the allow-list is only counted, never returned. */
export function createLineCounter(known: KnownNames, aliases: Aliases): (text: string, shell: Shell) => LineCounts {
  /** The known command of a typed name, else null. */
  const resolve = (typed: string): string | null => {
    const name = typed.includes('/') && !/^~?(?:\/[^/]+)*\/s?bin\/[^/]+$/.test(typed) ? '' : baseName(typed);
    return name !== '' && known.has(name) ? name : null;
  };

  const aliasOf = ({ name, aliasable }: Invocation, shell: Shell): string | undefined =>
    aliasable && name !== null ? aliases.textOf(shell, name) : undefined;

  /** A stage of a pipeline as `git log` or `xargs grep`; null if its name is not known. */
  const stageLabel = (line: ShellLine, stage: number | null, shell: Shell): string | null => {
    const found = stage === null ? null : wrappedCommand(line, stage);
    if (found === null || found.invocation.name === null || found.invocation.remote) return null;
    const { index, invocation } = found;
    const alias = aliasOf(invocation, shell);
    if (alias !== undefined) {
      const [first] = parsers[shell](alias).invocations;
      const target = first?.name ? resolve(first.name) : null;
      return target === null || first === undefined ? null : label(target, [...texts(first), ...texts(invocation)]);
    }
    const name = resolve(stripCaret(found.invocation.name, shell));
    if (name === null) return isOwnBuiltin(invocation, shell) ? invocation.name : null;
    if (name === 'xargs') {
      const run = line.invocations.findIndex(({ parent }) => parent === index);
      const inner = run < 0 ? null : wrappedCommand(line, run)?.invocation.name;
      const innerName = inner ? resolve(inner) : null;
      return innerName === null ? name : `xargs ${innerName}`;
    }
    return label(name, texts(invocation));
  };

  const lastCommand = (line: ShellLine, { stages }: Pipeline, shell: Shell): ListedPipeline['last'] => {
    const stage = stages.at(-1) ?? null;
    const invocation = stage === null ? undefined : wrappedCommand(line, stage)?.invocation;
    if (invocation === undefined || invocation.name === null) return null;
    const alias = aliasOf(invocation, shell);
    if (alias === undefined && isOwnBuiltin(invocation, shell)) return null;
    const target = alias === undefined ? invocation : (parsers[shell](alias).invocations[0] ?? invocation);
    const name = target.name === null ? null : resolve(stripCaret(target.name, shell));
    if (name === null) return isOwnBuiltin(invocation, shell) ? null : { name, subcommand: null };
    const words = alias === undefined ? texts(invocation) : [...texts(target), ...texts(invocation)];
    return { name, subcommand: subcommandOf(name, words) };
  };

  const addInvocation = (counts: LineCounts, invocation: Invocation, shell: Shell, throughAlias: boolean): void => {
    if (invocation.name === null) {
      counts.dynamic += 1;
      return;
    }
    if (invocation.remote) {
      counts.remote += 1;
      return;
    }
    const alias = throughAlias ? undefined : aliasOf(invocation, shell);
    if (alias !== undefined) {
      const expanded = parsers[shell](`${alias} ${invocation.args.map(({ raw }) => raw).join(' ')}`);
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
    const name = resolve(typed);
    if (name === null) {
      counts.unknown += 1;
      return;
    }
    const { wrappers } = invocation;
    counts.uses.push({
      name,
      role: invocation.stdin === 'pipe' ? 'filters' : invocation.stdout === 'inherited' ? 'alone' : 'feeds',
      subcommand: subcommandOf(name, texts(invocation)),
      wrapped: wrappers.length > 0,
      sudo: wrappers.includes('sudo') || wrappers.includes('doas'),
      throughAlias,
    });
    const packages = fetchedPackages(invocation);
    if (packages === null) return;
    for (const attribute of packages.attributes) {
      const command = commandOfPackage(attribute);
      if (command !== null && known.has(command)) counts.fetched.push({ name: command, how: packages.how });
    }
  };

  return (text, shell) => {
    const line = parsers[shell](text);
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
    for (const invocation of line.invocations) addInvocation(counts, invocation, shell, false);
    for (const pipeline of line.pipelines) {
      const { stages, connector, background, negated } = pipeline;
      const piped = stages.length > 1;
      const labels = piped || !pipeline.nested ? stages.map((stage) => stageLabel(line, stage, shell)) : [];
      if (piped && labels.some((stage) => stage !== null) && !isRemote(line, pipeline)) {
        counts.pipelines.push(labels.map((stage) => stage ?? '?').join('\n'));
      }
      if (pipeline.nested) continue;
      const last = lastCommand(line, pipeline, shell);
      counts.list.push({ connector, background, negated, first: labels[0] ?? null, last, piped });
    }
    return counts;
  };
}

const texts = ({ args }: Invocation): (string | null)[] => args.map(({ text, pattern }) => (pattern ? null : text));

/** The commands that a habit names: find, xargs, grep for `find | xargs grep PATTERN`. */
const commandsIn = (habit: Habit): readonly string[] => habit.match(/(?<![\w-])[a-z]+/g) ?? [];

function label(name: string, words: readonly (string | null)[]): string {
  const subcommand = subcommandOf(name, words);
  return subcommand === null ? name : `${name} ${subcommand}`;
}

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
