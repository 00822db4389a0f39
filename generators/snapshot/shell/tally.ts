import { isBuiltin, type Shell } from '../../shell-lang/builtins.ts';
import { baseName } from '../../shell-lang/collector.ts';
import type { Invocation, Pipeline, ShellLine } from '../../shell-lang/line.ts';
import { parseBashLine, parseFishLine } from '../../shell-lang/shell-line.ts';
import { wrappers } from '../../shell-lang/wrapper-table.ts';
import type { Habit } from '../../tools/habits.ts';
import { commandOfPackage } from '../../tools/public-tools.ts';
import { subcommandOf, subcommandTools } from '../../tools/subcommands.ts';
import type { Entry } from './entry.ts';
import { habitsOf } from './habits-of.ts';
import type { KnownNames } from './known-names.ts';
import { effective, fetchedPackages, verdictOf } from './line-facts.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';

/** Counts of one known command, by the fields of the schema. */
export interface CommandTally {
  uses: number;
  alone: number;
  feeds: number;
  filters: number;
  recent: number;
  days: Set<number>;
  wrapped: number;
  sudo: number;
  throughAlias: number;
  nixShell: number;
  nixRun: number;
  subcommands: Map<string, number>;
}

export interface Tally {
  commands: Map<string, CommandTally>;
  builtins: Map<string, number>;
  /** By the stages joined with a newline, `?` for what is not known. */
  pipelines: Map<string, { uses: number; days: Set<number> }>;
  /** By the steps joined with a newline. */
  sequences: Map<string, { uses: number; days: Set<number> }>;
  habits: Map<Habit, { uses: number; lastDay: number | null }>;
  outcomes: Outcomes;
  lines: number;
  unknown: number;
  dynamic: number;
  remote: number;
}

/** What a history's entries have in common. */
export interface Origin {
  shell: Shell;
  knowsStatus: 'atuin' | 'nushell' | null;
}

export interface Settings {
  known: KnownNames;
  /** The text an alias stands for, by shell. */
  aliases: (shell: Shell, name: string) => string | undefined;
  /** Days since 1970 of `takenOn`. */
  today: number;
}

/** Seconds within which one command counts as following another. */
const together = 60;
const recentDays = 90;

/**
 * Counts command lines. Nothing of a line is kept but names on the allow-list and shapes made of them;
 * the line before it is held until the next one, to see what follows what.
 */
export function createTally(settings: Settings): {
  tally: Tally;
  /** Counts one entry; `dayNumber` is null where its time is not known. Returns whether it was understood. */
  add: (entry: Entry, dayNumber: number | null, origin: Origin) => boolean;
  /** Forgets what came before: at the end of a history. */
  forget: () => void;
} {
  const { known, aliases, today } = settings;
  const tally: Tally = {
    commands: new Map(),
    builtins: new Map(),
    pipelines: new Map(),
    sequences: new Map(),
    habits: new Map(),
    outcomes: createOutcomes(today),
    lines: 0,
    unknown: 0,
    dynamic: 0,
    remote: 0,
  };
  /** The last steps of each session. */
  let sessions = new Map<string | null, { time: number; steps: string[] }>();
  const canonical = new Map<string, string | null>();

  /** The known command that a typed name is, else null. */
  const resolve = (typed: string): string | null => {
    const cached = canonical.get(typed);
    if (cached !== undefined) return cached;
    let name: string | null = typed;
    if (typed.includes('/')) name = /^(?:\/[^/]+)*\/s?bin\/[^/]+$/.test(typed) ? baseName(typed) : null;
    const found = name !== null && name !== '' && known.has(name) ? name : null;
    // The cache would otherwise hold every mistyped word of the history.
    if (found !== null || canonical.size < 10_000) canonical.set(typed, found);
    return found;
  };

  const record = (name: string): CommandTally => {
    let found = tally.commands.get(name);
    if (found === undefined) {
      found = {
        uses: 0,
        alone: 0,
        feeds: 0,
        filters: 0,
        recent: 0,
        days: new Set(),
        wrapped: 0,
        sudo: 0,
        throughAlias: 0,
        nixShell: 0,
        nixRun: 0,
        subcommands: new Map(),
      };
      tally.commands.set(name, found);
    }
    return found;
  };

  const countUse = (name: string, words: readonly (string | null)[], day: number | null): CommandTally => {
    const found = record(name);
    found.uses += 1;
    if (day !== null) {
      found.days.add(day);
      if (day > today - recentDays) found.recent += 1;
    }
    if (subcommandTools.has(name)) {
      const subcommand = subcommandOf(name, words);
      if (subcommand !== null) found.subcommands.set(subcommand, (found.subcommands.get(subcommand) ?? 0) + 1);
    }
    return found;
  };

  const parse = (text: string, shell: Shell): ShellLine =>
    shell === 'fish' || shell === 'nushell' ? parseFishLine(text) : parseBashLine(text);

  const isOwnBuiltin = ({ name, wrappers: by }: Invocation, shell: Shell): boolean =>
    name !== null && by.every((wrapper) => wrapper === 'time' || wrapper === 'builtin') && isBuiltin(shell, name);

  const label = (name: string, words: readonly (string | null)[]): string => {
    const subcommand = subcommandTools.has(name) ? subcommandOf(name, words) : null;
    return subcommand === null ? name : `${name} ${subcommand}`;
  };

  /** What a pipeline's stage shows as: `git log`, `xargs grep`; null where nothing known stands there. */
  const stageLabel = (line: ShellLine, index: number | null, shell: Shell): string | null => {
    if (index === null) return null;
    const at = effective(line, index);
    const invocation = line.invocations[at] as Invocation;
    if (invocation.name === null || invocation.remote) return null;
    const alias = invocation.aliasable ? aliases(shell, invocation.name) : undefined;
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

  const countInvocation = (
    invocation: Invocation,
    day: number | null,
    shell: Shell,
    throughAlias: boolean,
    depth: number,
  ): void => {
    if (invocation.name === null) {
      tally.dynamic += 1;
      return;
    }
    if (invocation.remote) {
      tally.remote += 1;
      return;
    }
    const alias = invocation.aliasable && depth === 0 ? aliases(shell, invocation.name) : undefined;
    if (alias !== undefined) {
      const expanded = parse(`${alias} ${invocation.args.map(({ raw }) => raw).join(' ')}`, shell);
      const own = expanded.invocations.filter(({ place }) => place !== 'substitution');
      for (const one of own) {
        const placed = one.stdin === 'inherited' && one.stdout === 'inherited';
        countInvocation(
          placed ? { ...one, stdin: invocation.stdin, stdout: invocation.stdout } : one,
          day,
          shell,
          true,
          depth + 1,
        );
      }
      if (own.length > 0) return;
    }
    const typed = stripCaret(invocation.name, shell);
    if (typed === invocation.name && isOwnBuiltin(invocation, shell)) {
      tally.builtins.set(typed, (tally.builtins.get(typed) ?? 0) + 1);
      return;
    }
    const name = resolve(typed);
    if (name === null) {
      tally.unknown += 1;
      return;
    }
    const found = countUse(name, texts(invocation), day);
    if (invocation.stdin === 'pipe') found.filters += 1;
    else if (invocation.stdout === 'inherited') found.alone += 1;
    else found.feeds += 1;
    if (invocation.wrappers.length > 0) found.wrapped += 1;
    if (invocation.wrappers.includes('sudo') || invocation.wrappers.includes('doas')) found.sudo += 1;
    if (throughAlias) found.throughAlias += 1;
    countFetched(invocation);
  };

  const countFetched = (invocation: Invocation): void => {
    const fetched = fetchedPackages(invocation);
    for (const attribute of fetched?.attributes ?? []) {
      const command = commandOfPackage(attribute);
      if (command === null || !known.has(command)) continue;
      record(command)[fetched?.how === 'nix-run' ? 'nixRun' : 'nixShell'] += 1;
    }
  };

  const bump = (map: Map<string, { uses: number; days: Set<number> }>, key: string, day: number | null): void => {
    let found = map.get(key);
    if (found === undefined) {
      found = { uses: 0, days: new Set() };
      map.set(key, found);
    }
    found.uses += 1;
    if (day !== null) found.days.add(day);
  };

  /** Notes that these steps came after those before them in the session. */
  const follow = (entry: Entry, steps: readonly (string | null)[], day: number | null): void => {
    if (entry.time === null) {
      let alone: string[] = [];
      for (const step of steps) alone = next(alone, step, day);
      return;
    }
    const before = sessions.get(entry.session);
    const gap = before === undefined ? -1 : entry.time - before.time;
    let last = before !== undefined && gap >= 0 && gap <= together ? before.steps : [];
    for (const step of steps) last = next(last, step, day);
    sessions.set(entry.session, { time: entry.time + Math.max(0, Math.min(entry.duration ?? 0, 86_400)), steps: last });
    if (sessions.size > 1000) sessions = new Map([...sessions].slice(-500));
  };
  const next = (last: string[], step: string | null, day: number | null): string[] => {
    if (step === null) return [];
    const previous = last.at(-1);
    if (previous === step) return last;
    if (previous !== undefined) bump(tally.sequences, `${previous}\n${step}`, day);
    const earlier = last.at(-2);
    if (earlier !== undefined) bump(tally.sequences, `${earlier}\n${previous}\n${step}`, day);
    return previous === undefined ? [step] : [previous, step];
  };

  const addSimple = (entry: Entry, words: string[], day: number | null, origin: Origin): void => {
    const typed = words[0] as string;
    let step: string | null = null;
    const args = words.slice(1);
    if (isBuiltin(origin.shell, typed)) {
      tally.builtins.set(typed, (tally.builtins.get(typed) ?? 0) + 1);
      step = typed;
    } else {
      const name = resolve(typed);
      if (name === null) tally.unknown += 1;
      else {
        countUse(name, args, day).alone += 1;
        step = label(name, args);
      }
    }
    follow(entry, [step], day);
    if (origin.knowsStatus !== null && entry.exit !== null) {
      const command = step === null || isBuiltin(origin.shell, typed) ? null : resolve(typed);
      tally.outcomes.line(origin.knowsStatus, day);
      tally.outcomes.attempt(command, command === null ? null : subcommandOf(command, args), entry.exit, false, day);
      tally.outcomes.remember(entry, command, command === null ? null : subcommandOf(command, args), entry.exit, day);
    }
  };

  const addParsed = (entry: Entry, line: ShellLine, day: number | null, origin: Origin): void => {
    for (const invocation of line.invocations) countInvocation(invocation, day, origin.shell, false, 0);
    const steps: (string | null)[] = [];
    for (const pipeline of line.pipelines) {
      const labels = pipeline.stages.map((index) => stageLabel(line, index, origin.shell));
      if (labels.length > 1 && labels.some((stage) => stage !== null) && !isRemote(line, pipeline)) {
        bump(tally.pipelines, labels.map((stage) => stage ?? '?').join('\n'), day);
      }
      if (!pipeline.nested) steps.push(labels[0] ?? null);
    }
    follow(entry, steps, day);
    for (const habit of habitsOf(line)) {
      const found = tally.habits.get(habit) ?? { uses: 0, lastDay: null };
      found.uses += 1;
      if (day !== null && (found.lastDay === null || day > found.lastDay)) found.lastDay = day;
      tally.habits.set(habit, found);
    }
    if (origin.knowsStatus !== null && entry.exit !== null) addOutcome(entry, line, day, origin);
  };

  const addOutcome = (entry: Entry, line: ShellLine, day: number | null, origin: Origin): void => {
    const { outcomes } = tally;
    outcomes.line(origin.knowsStatus as 'atuin' | 'nushell', day);
    const verdict = entry.exit === null ? [] : verdictOf(line, entry.exit);
    if (verdict.length === 0) {
      outcomes.undecided();
      return;
    }
    for (const { pipeline, status } of verdict) {
      const { stages } = line.pipelines[pipeline] as Pipeline;
      const last = stages.at(-1);
      const invocation = last === null || last === undefined ? undefined : line.invocations[effective(line, last)];
      if (invocation?.name === null || invocation === undefined) continue;
      const alias = invocation.aliasable ? aliases(origin.shell, invocation.name) : undefined;
      const target = alias === undefined ? invocation : (parse(alias, origin.shell).invocations[0] ?? invocation);
      const command =
        target.name === null || (alias === undefined && isOwnBuiltin(invocation, origin.shell))
          ? null
          : resolve(stripCaret(target.name, origin.shell));
      const words = alias === undefined ? texts(invocation) : [...texts(target), ...texts(invocation)];
      const subcommand = command === null ? null : subcommandOf(command, words);
      if (command === null && isOwnBuiltin(invocation, origin.shell)) continue;
      outcomes.attempt(command, subcommand, status, stages.length > 1, day);
      if (verdict.length === 1) outcomes.remember(entry, command, subcommand, status, day);
    }
  };

  return {
    tally,
    add: (entry, day, origin) => {
      tally.lines += 1;
      const words = simpleWords(entry.text);
      if (words !== null && aliases(origin.shell, words[0] as string) === undefined) {
        addSimple(entry, words, day, origin);
        return true;
      }
      const line = parse(entry.text, origin.shell);
      addParsed(entry, line, day, origin);
      return line.understood;
    },
    forget: () => {
      sessions = new Map();
      tally.outcomes.forget();
    },
  };
}

const texts = ({ args }: Invocation): (string | null)[] => args.map(({ text, pattern }) => (pattern ? null : text));

const keywords = new Set(
  `if then else elif fi for while until do done case esac in function select begin end switch and or not time { } ! [[ ]]
  coproc`.split(/\s+/),
);

/**
 * The words of a line in which every shell sees one plain command, else null: no quotes, operators,
 * expansions, patterns, keywords, assignments, and no command that runs another.
 */
function simpleWords(text: string): string[] | null {
  if (!/^[\w./:@%+,^-][\w./:@%+,^=\- ]*$/.test(text)) return null;
  const words = text.split(' ').filter((word) => word !== '');
  const first = words[0];
  if (first === undefined || keywords.has(first) || first.includes('=') || first.startsWith('^')) return null;
  const base = first.includes('/') ? baseName(first) : first;
  return wrappers.has(base) ? null : words;
}

/** nushell runs `^ls` where its own `ls` is not meant. */
function stripCaret(name: string, shell: Shell): string {
  return shell === 'nushell' && name.startsWith('^') ? name.slice(1) : name;
}

function isRemote(line: ShellLine, { stages }: Pipeline): boolean {
  return stages.some((index) => index !== null && line.invocations[index]?.remote === true);
}
