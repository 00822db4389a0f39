import type { Habit } from '../../data/habits.ts';
import { commandOfPackage } from '../../data/public-tools.ts';
import { subcommandOf, subcommandTools } from '../../data/subcommands.ts';
import { isBuiltin, type Shell } from '../../shell-lang/builtins.ts';
import { baseName } from '../../shell-lang/collector.ts';
import type { Invocation, Pipeline, ShellLine } from '../../shell-lang/line.ts';
import { keywords } from '../../shell-lang/plain-line.ts';
import { joints, type PlainScan, scanPlain, wordText } from '../../shell-lang/plain-scan.ts';
import { parseBashLine, parseFishLine } from '../../shell-lang/shell-line.ts';
import { wrappers } from '../../shell-lang/wrapper-table.ts';
import type { Entry } from './entry.ts';
import { habitsOf } from './habits-of.ts';
import type { KnownNames } from './known-names.ts';
import { effective, fetchedPackages, verdictOf } from './line-facts.ts';
import { createLineForm } from './line-form.ts';
import { createOutcomes, type Outcomes } from './outcomes.ts';

/** What fed a use, and where its output went. */
export interface Roles {
  alone: number;
  feeds: number;
  filters: number;
}

/** Counts of one known command, by the fields of the schema. */
export interface CommandTally {
  uses: number;
  roles: Roles;
  /** Uses in the recent past, by role. */
  recent: Roles;
  days: Set<number>;
  lastDay: number;
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
  pipelines: Map<string, Shape>;
  /** By the steps joined with a newline. */
  sequences: () => Map<string, Shape>;
  habits: Map<Habit, { uses: number; lastDay: number | null }>;
  outcomes: Outcomes;
  lines: number;
  unknown: number;
  dynamic: number;
  remote: number;
}

/** A combination of commands. */
export interface Shape {
  uses: number;
  /** Days with a use; one that comes after a later day is not seen. */
  days: number;
  lastDay: number;
}

/** Two steps, and what came third. */
interface Pair extends Shape {
  thirds: Map<number, Shape>;
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
  /** False: every line goes through the parser (for tests: the counts must be the same). */
  quick?: boolean;
}

/** One use of a known command. */
interface Use {
  of: CommandTally;
  role: keyof Roles;
  subcommand: string | null;
  wrapped: boolean;
  sudo: boolean;
  throughAlias: boolean;
}

/** What a line counts for, whenever it is run: names and shapes as above, nothing else of the line. */
interface LineCounts {
  understood: boolean;
  uses: Use[];
  fetched: { of: CommandTally; how: 'nixRun' | 'nixShell' }[];
  builtins: string[];
  unknown: number;
  dynamic: number;
  remote: number;
  pipelines: string[];
  /** Steps by number, 0 for what is not known. */
  steps: number[];
  habits: Habit[];
}

/** The end of the last line of a session, and its last two steps; 0 where there is none. */
interface Session {
  time: number;
  last: number;
  pair: Pair | null;
}

/** Seconds within which one command counts as following another. */
const together = 60;
const recentDays = 90;
/** Some megabytes; most lines are of few forms. */
const maxForms = 10_000;
/** More different steps than there are known commands with their subcommands. */
const stepBase = 2 ** 15;

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
  const { known, aliases, today, quick = true } = settings;
  const tally: Tally = {
    commands: new Map(),
    builtins: new Map(),
    pipelines: new Map(),
    sequences: () => sequences(),
    habits: new Map(),
    outcomes: createOutcomes(today),
    lines: 0,
    unknown: 0,
    dynamic: 0,
    remote: 0,
  };
  /** The last steps of each session. */
  let sessions = new Map<string | null, Session>();
  /** Steps by number: a sequence is then one number, which costs a million lines less than joined texts. */
  const stepNumbers = new Map<string, number>();
  const stepNames: string[] = [''];
  const pairs = new Map<number, Pair>();
  const numberOf = (step: string | null): number => {
    if (step === null) return 0;
    let number = stepNumbers.get(step);
    if (number === undefined) {
      number = stepNames.push(step) - 1;
      stepNumbers.set(step, number);
    }
    return number;
  };
  const sequences = (): Map<string, Shape> => {
    const found = new Map<string, Shape>();
    for (const [key, pair] of pairs) {
      const name = `${stepNames[Math.floor(key / stepBase)]}\n${stepNames[key % stepBase]}`;
      found.set(name, pair);
      for (const [third, shape] of pair.thirds) found.set(`${name}\n${stepNames[third]}`, shape);
    }
    return found;
  };
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
        roles: { alone: 0, feeds: 0, filters: 0 },
        recent: { alone: 0, feeds: 0, filters: 0 },
        days: new Set(),
        lastDay: -1,
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

  const countUse = (found: CommandTally, subcommand: string | null, role: keyof Roles, day: number | null): void => {
    found.uses += 1;
    found.roles[role] += 1;
    if (day !== null) {
      if (day !== found.lastDay) found.days.add(day);
      found.lastDay = day;
      if (day > today - recentDays) found.recent[role] += 1;
    }
    if (subcommand !== null) found.subcommands.set(subcommand, (found.subcommands.get(subcommand) ?? 0) + 1);
  };

  const countBuiltin = (name: string): void => {
    tally.builtins.set(name, (tally.builtins.get(name) ?? 0) + 1);
  };

  const parse = (text: string, shell: Shell): ShellLine =>
    shell === 'fish' || shell === 'nushell' ? parseFishLine(text) : parseBashLine(text);

  const isOwnBuiltin = ({ name, wrappers: by }: Invocation, shell: Shell): boolean =>
    name !== null && by.every((wrapper) => wrapper === 'time' || wrapper === 'builtin') && isBuiltin(shell, name);

  const labelOf = (name: string, subcommand: string | null): string => {
    if (subcommand === null) return name;
    let own = labels.get(name);
    if (own === undefined) {
      own = new Map();
      labels.set(name, own);
    }
    let text = own.get(subcommand);
    if (text === undefined) {
      text = `${name} ${subcommand}`;
      own.set(subcommand, text);
    }
    return text;
  };
  const labels = new Map<string, Map<string, string>>();
  const label = (name: string, words: readonly (string | null)[]): string => labelOf(name, subcommandOf(name, words));

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
    const alias = invocation.aliasable && depth === 0 ? aliases(shell, invocation.name) : undefined;
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
      of: record(name),
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
      const command = commandOfPackage(attribute);
      if (command === null || !known.has(command)) continue;
      fetched.push({ of: record(command), how: asked?.how === 'nix-run' ? 'nixRun' : 'nixShell' });
    }
  };

  const bump = <Key, Kept extends Shape>(map: Map<Key, Kept>, key: Key, day: number | null, make: () => Kept): Kept => {
    let found = map.get(key);
    if (found === undefined) {
      found = make();
      map.set(key, found);
    }
    found.uses += 1;
    if (day !== null && day > found.lastDay) {
      found.days += 1;
      found.lastDay = day;
    }
    return found;
  };

  /** The session that an entry goes on with: what came before, if it ended within a minute. */
  const sessionOf = (entry: Entry): Session => {
    const before = entry.time === null ? undefined : sessions.get(entry.session);
    if (entry.time === null || before === undefined) {
      const session: Session = { time: 0, last: 0, pair: null };
      if (entry.time !== null) {
        sessions.set(entry.session, session);
        if (sessions.size > 1000) sessions = new Map([...sessions].slice(-500));
      }
      return session;
    }
    const gap = entry.time - before.time;
    if (gap < 0 || gap > together) {
      before.last = 0;
      before.pair = null;
    }
    return before;
  };
  const endSession = (session: Session, entry: Entry): void => {
    if (entry.time !== null) session.time = entry.time + Math.max(0, Math.min(entry.duration ?? 0, 86_400));
  };
  const next = (session: Session, number: number, day: number | null): void => {
    if (number === session.last && number !== 0) return;
    if (number === 0 || number >= stepBase) {
      session.last = 0;
      session.pair = null;
      return;
    }
    if (session.pair !== null) bump(session.pair.thirds, number, day, newShape);
    session.pair = session.last === 0 ? null : bump(pairs, session.last * stepBase + number, day, newPair);
    session.last = number;
  };

  /** Counts a line straight from the scan, if none of its commands needs more than that. */
  const addPlain = (entry: Entry, scan: PlainScan, day: number | null, origin: Origin): boolean => {
    const { text } = entry;
    const { shell } = origin;
    if (origin.knowsStatus !== null && (scan.count > 1 || entry.exit !== null)) return false;
    for (let command = 0; command < scan.count; command++) {
      const word = scan.firstWord[command] as number;
      const typed = text.slice(scan.starts[word], scan.ends[word]);
      if (needsMore(typed, scan, command) || wrappers.has(baseName(typed)) || aliases(shell, typed) !== undefined)
        return false;
      typedNames[command] = typed;
    }
    const session = sessionOf(entry);
    let pipeline = '';
    let stages = 0;
    let anyKnown = false;
    for (let command = 0; command < scan.count; command++) {
      const typed = typedNames[command] as string;
      const joint = scan.joints[command] as number;
      const pipedOn = command + 1 < scan.count && scan.joints[command + 1] === joints.pipe;
      let step: string | null = null;
      if (isBuiltin(shell, typed)) {
        countBuiltin(typed);
        step = typed;
      } else {
        const name = resolve(typed);
        if (name === null) tally.unknown += 1;
        else {
          const subcommand = subcommandTools.has(name) ? subcommandOf(name, wordsOf(text, scan, command)) : null;
          const feeds = pipedOn || isRedirected(text, scan, command);
          countUse(record(name), subcommand, joint === joints.pipe ? 'filters' : feeds ? 'feeds' : 'alone', day);
          step = labelOf(name, subcommand);
        }
      }
      if (joint === joints.pipe) {
        pipeline += `\n${step ?? '?'}`;
        stages += 1;
        anyKnown ||= step !== null;
      } else {
        if (stages > 1 && anyKnown) bump(tally.pipelines, pipeline, day, newShape);
        pipeline = step ?? '?';
        stages = 1;
        anyKnown = step !== null;
        next(session, numberOf(step), day);
      }
    }
    if (stages > 1 && anyKnown) bump(tally.pipelines, pipeline, day, newShape);
    endSession(session, entry);
    return true;
  };

  const countsOf = (line: ShellLine, shell: Shell): LineCounts => {
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
      habits: habitsOf(line),
    };
    for (const invocation of line.invocations) addInvocation(counts, invocation, shell, false, 0);
    for (const pipeline of line.pipelines) {
      const stages = pipeline.stages.map((index) => stageLabel(line, index, shell));
      if (stages.length > 1 && stages.some((stage) => stage !== null) && !isRemote(line, pipeline)) {
        counts.pipelines.push(stages.map((stage) => stage ?? '?').join('\n'));
      }
      if (!pipeline.nested) counts.steps.push(numberOf(stages[0] ?? null));
    }
    return counts;
  };

  const addCounts = (counts: LineCounts, entry: Entry, day: number | null): void => {
    tally.unknown += counts.unknown;
    tally.dynamic += counts.dynamic;
    tally.remote += counts.remote;
    for (const name of counts.builtins) countBuiltin(name);
    for (const { of, subcommand, role, wrapped, sudo, throughAlias } of counts.uses) {
      countUse(of, subcommand, role, day);
      if (wrapped) of.wrapped += 1;
      if (sudo) of.sudo += 1;
      if (throughAlias) of.throughAlias += 1;
    }
    for (const { of, how } of counts.fetched) of[how] += 1;
    for (const pipeline of counts.pipelines) bump(tally.pipelines, pipeline, day, newShape);
    const session = sessionOf(entry);
    for (const step of counts.steps) next(session, step, day);
    endSession(session, entry);
    for (const habit of counts.habits) {
      const found = tally.habits.get(habit) ?? { uses: 0, lastDay: null };
      found.uses += 1;
      if (day !== null && (found.lastDay === null || day > found.lastDay)) found.lastDay = day;
      tally.habits.set(habit, found);
    }
  };

  /** What lines of a form count for, by shell. */
  const forms: Record<Shell, Map<string, LineCounts>> = {
    fish: new Map(),
    bash: new Map(),
    zsh: new Map(),
    nushell: new Map(),
  };
  const formOf = createLineForm(known, aliases);

  /** What a line counts for; of a form that was seen before without parsing it. */
  const countsOfText = (text: string, shell: Shell): LineCounts => {
    const form = quick ? formOf(text) : null;
    if (form === null) return countsOf(parse(text, shell), shell);
    const cached = forms[shell].get(form);
    if (cached !== undefined) return cached;
    const counts = countsOf(parse(form, shell), shell);
    if (forms[shell].size < maxForms) forms[shell].set(form, counts);
    return counts;
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
      const scan = quick ? scanPlain(entry.text) : null;
      if (scan !== null && addPlain(entry, scan, day, origin)) return true;
      if (origin.knowsStatus === null || entry.exit === null) {
        const counts = countsOfText(entry.text, origin.shell);
        addCounts(counts, entry, day);
        return counts.understood;
      }
      const line = parse(entry.text, origin.shell);
      addCounts(countsOf(line, origin.shell), entry, day);
      addOutcome(entry, line, day, origin);
      return line.understood;
    },
    forget: () => {
      sessions = new Map();
      tally.outcomes.forget();
    },
  };
}

const texts = ({ args }: Invocation): (string | null)[] => args.map(({ text, pattern }) => (pattern ? null : text));

/** Commands whose arguments are looked at for habits, where they stand in front of a pipe or read no pipe. */
const habitual = new Set(['cat', 'find', 'grep', 'sort', 'ps']);

/** Whether a command must go through the parser. */
function needsMore(typed: string, scan: PlainScan, command: number): boolean {
  if (habitual.has(typed)) {
    const pipedOn = command + 1 < scan.count && scan.joints[command + 1] === joints.pipe;
    if (pipedOn || ((typed === 'grep' || typed === 'find') && scan.joints[command] !== joints.pipe)) return true;
  }
  const first = typed.charCodeAt(0);
  // Quoted, an assignment, `%job`, `^command` of nushell.
  return (
    keywords.has(typed) ||
    typed === 'alias' ||
    first === 37 ||
    first === 94 ||
    first === 34 ||
    first === 39 ||
    /[="']/.test(typed)
  );
}

const typedNames: string[] = [];

function isRedirected(text: string, scan: PlainScan, command: number): boolean {
  for (let index = 0; index < scan.redirections; index++) {
    const at = 5 * index;
    const start = scan.redirection[at + 1] as number;
    const other = start !== scan.redirection[at + 2] && text[start] !== '1';
    if (scan.redirection[at] === command && !other) return true;
  }
  return false;
}

function wordsOf(text: string, scan: PlainScan, command: number): string[] {
  const words: string[] = [];
  const end = scan.firstWord[command + 1] as number;
  for (let word = (scan.firstWord[command] as number) + 1; word < end; word++)
    words.push(wordText(text, scan.starts[word] as number, scan.ends[word] as number));
  return words;
}

const newShape = (): Shape => ({ uses: 0, days: 0, lastDay: -1 });
const newPair = (): Pair => ({ uses: 0, days: 0, lastDay: -1, thirds: new Map() });

/** nushell runs `^ls` where its own `ls` is not meant. */
function stripCaret(name: string, shell: Shell): string {
  return shell === 'nushell' && name.startsWith('^') ? name.slice(1) : name;
}

function isRemote(line: ShellLine, { stages }: Pipeline): boolean {
  return stages.some((index) => index !== null && line.invocations[index]?.remote === true);
}
