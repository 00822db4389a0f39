import type { Habit } from '../../data/habits.ts';
import { commandOfPackage } from '../../data/public-tools.ts';
import { subcommandOf } from '../../data/subcommands.ts';
import { isBuiltin, type Shell } from '../../lang/shell/builtins.ts';
import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, Pipeline, ShellLine } from '../../lang/shell/line.ts';
import { parseBashLine, parseFishLine, parseNushellLine, parseZshLine } from '../../lang/shell/shell-line.ts';
import type { Aliases } from './aliases.ts';
import { habitsOf } from './habits-of.ts';
import type { KnownNames } from './known-names.ts';
import { effective, fetchedPackages } from './line-facts.ts';

/** How a command stands in its pipeline: `filters` reads a pipe, `feeds` writes to one or a file. */
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

/** What a line counts for, whenever it is run: known names and shapes made of them, nothing else of the line. */
export interface LineCounts {
  understood: boolean;
  uses: Use[];
  /** Commands whose package was asked for by name. */
  fetched: { name: string; how: 'nixRun' | 'nixShell' }[];
  builtins: string[];
  unknown: number;
  dynamic: number;
  remote: number;
  /** The stages of each joined with a newline, `?` for what is not known. */
  pipelines: string[];
  /** What each pipeline begins with, null for what is not known. */
  steps: (string | null)[];
  habits: Habit[];
}

const parsers = { fish: parseFishLine, bash: parseBashLine, zsh: parseZshLine, nushell: parseNushellLine };

/** What can be asked of a line. */
export interface LineCounter {
  parse: (text: string, shell: Shell) => ShellLine;
  countsOf: (line: ShellLine, shell: Shell) => LineCounts;
  /** The command of a pipeline's last stage, whose status the pipeline's is; null where nothing stands there that has one. */
  lastCommand: (
    line: ShellLine,
    pipeline: Pipeline,
    shell: Shell,
  ) => { name: string | null; subcommand: string | null } | null;
}

/** Reads lines against the allow-list: a name that is not on it comes out of here only as a number. */
export function createLineCounter(known: KnownNames, aliases: Aliases): LineCounter {
  const canonical = new Map<string, string | null>();

  /** The known command that a typed name is, else null. */
  const resolve = (typed: string): string | null => {
    const cached = canonical.get(typed);
    if (cached !== undefined) return cached;
    let name: string | null = typed;
    if (typed.includes('/')) name = /^~?(?:\/[^/]+)*\/s?bin\/[^/]+$/.test(typed) ? baseName(typed) : null;
    const found = name !== null && name !== '' && known.has(name) ? name : null;
    // The cache would otherwise hold every mistyped word of the history.
    if (found !== null || canonical.size < 10_000) canonical.set(typed, found);
    return found;
  };

  const parse = (text: string, shell: Shell): ShellLine => parsers[shell](text);

  const aliasOf = ({ name, aliasable }: Invocation, shell: Shell): string | undefined =>
    aliasable && name !== null ? aliases.textOf(shell, name) : undefined;

  /** What a pipeline's stage shows as: `git log`, `xargs grep`; null where nothing known stands there. */
  const stageLabel = (line: ShellLine, index: number | null, shell: Shell): string | null => {
    if (index === null) return null;
    const at = effective(line, index);
    const invocation = line.invocations[at] as Invocation;
    if (invocation.name === null || invocation.remote) return null;
    const alias = aliasOf(invocation, shell);
    if (alias !== undefined) {
      const first = parse(alias, shell).invocations[0];
      const target = typeof first?.name === 'string' ? resolve(first.name) : null;
      return target === null || first === undefined ? null : label(target, [...texts(first), ...texts(invocation)]);
    }
    const name = resolve(stripCaret(invocation.name, shell));
    if (name === null) return isOwnBuiltin(invocation, shell) ? invocation.name : null;
    if (name === 'xargs') {
      const run = line.invocations.findIndex(({ parent }) => parent === at);
      const inner = run < 0 ? null : line.invocations[effective(line, run)]?.name;
      const innerName = typeof inner === 'string' ? resolve(inner) : null;
      return innerName === null ? name : `xargs ${innerName}`;
    }
    return label(name, texts(invocation));
  };

  const addInvocation = (
    counts: LineCounts,
    invocation: Invocation,
    shell: Shell,
    throughAlias: boolean,
    depth: number,
  ): void => {
    if (invocation.name === null) {
      counts.dynamic += 1;
      return;
    }
    if (invocation.remote) {
      counts.remote += 1;
      return;
    }
    const alias = depth === 0 ? aliasOf(invocation, shell) : undefined;
    if (alias !== undefined) {
      const expanded = parse(`${alias} ${invocation.args.map(({ raw }) => raw).join(' ')}`, shell);
      const own = expanded.invocations.filter(({ place }) => place !== 'substitution');
      for (const one of own) {
        const placed = one.stdin === 'inherited' && one.stdout === 'inherited';
        addInvocation(
          counts,
          placed ? { ...one, stdin: invocation.stdin, stdout: invocation.stdout } : one,
          shell,
          true,
          depth + 1,
        );
      }
      if (own.length > 0) return;
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
    const by = invocation.wrappers;
    counts.uses.push({
      name,
      role: invocation.stdin === 'pipe' ? 'filters' : invocation.stdout === 'inherited' ? 'alone' : 'feeds',
      subcommand: subcommandOf(name, texts(invocation)),
      wrapped: by.length > 0,
      sudo: by.includes('sudo') || by.includes('doas'),
      throughAlias,
    });
    addFetched(counts, invocation);
  };

  const addFetched = ({ fetched }: LineCounts, invocation: Invocation): void => {
    const asked = fetchedPackages(invocation);
    for (const attribute of asked?.attributes ?? []) {
      const name = commandOfPackage(attribute);
      if (name === null || !known.has(name)) continue;
      fetched.push({ name, how: asked?.how === 'nix-run' ? 'nixRun' : 'nixShell' });
    }
  };

  return {
    parse,
    countsOf: (line, shell) => {
      const counts: LineCounts = {
        understood: line.understood,
        uses: [],
        fetched: [],
        builtins: [],
        unknown: 0,
        dynamic: 0,
        remote: 0,
        pipelines: [],
        steps: [],
        habits: habitsOf(line).filter((habit) => commandsIn(habit).every(known.has)),
      };
      for (const invocation of line.invocations) addInvocation(counts, invocation, shell, false, 0);
      for (const pipeline of line.pipelines) {
        const stages = pipeline.stages.map((index) => stageLabel(line, index, shell));
        if (stages.length > 1 && stages.some((stage) => stage !== null) && !isRemote(line, pipeline)) {
          counts.pipelines.push(stages.map((stage) => stage ?? '?').join('\n'));
        }
        if (!pipeline.nested) counts.steps.push(stages[0] ?? null);
      }
      return counts;
    },
    lastCommand: (line, { stages }, shell) => {
      const last = stages.at(-1);
      const invocation = last === null || last === undefined ? undefined : line.invocations[effective(line, last)];
      if (invocation === undefined || invocation.name === null) return null;
      const alias = aliasOf(invocation, shell);
      if (alias === undefined && isOwnBuiltin(invocation, shell)) return null;
      const target = alias === undefined ? invocation : (parse(alias, shell).invocations[0] ?? invocation);
      const name = target.name === null ? null : resolve(stripCaret(target.name, shell));
      if (name === null) return isOwnBuiltin(invocation, shell) ? null : { name, subcommand: null };
      const words = alias === undefined ? texts(invocation) : [...texts(target), ...texts(invocation)];
      return { name, subcommand: subcommandOf(name, words) };
    },
  };
}

const texts = ({ args }: Invocation): (string | null)[] => args.map(({ text, pattern }) => (pattern ? null : text));

/** `find | xargs grep PATTERN` -> find, xargs, grep: each may be denied. */
const commandsIn = (habit: Habit): readonly string[] => habit.match(/(?<![\w-])[a-z]+/g) ?? [];

function label(name: string, words: readonly (string | null)[]): string {
  const subcommand = subcommandOf(name, words);
  return subcommand === null ? name : `${name} ${subcommand}`;
}

function isOwnBuiltin({ name, wrappers: by, shell: started, behind }: Invocation, shell: Shell): boolean {
  const own = started ?? shell;
  const runs = own === 'bash' ? keepsBuiltinInBash : keepsBuiltin;
  return name !== null && by.every((wrapper, at) => at < behind || runs.has(wrapper)) && isBuiltin(own, name);
}

/** Behind these a shell still runs its own; `command` does not find them, but in bash. */
const keepsBuiltin: ReadonlySet<string> = new Set(['time', 'builtin', 'noglob', 'nocorrect']);
const keepsBuiltinInBash: ReadonlySet<string> = new Set([...keepsBuiltin, 'command']);

/** nushell runs `^ls` where its own `ls` is not meant. */
function stripCaret(name: string, shell: Shell): string {
  return shell === 'nushell' && name.startsWith('^') ? name.slice(1) : name;
}

function isRemote(line: ShellLine, { stages }: Pipeline): boolean {
  return stages.some((index) => index !== null && line.invocations[index]?.remote === true);
}
