import { type Alternatives, alternatives } from '../../data/alternatives.ts';
import { isTypedTool } from '../../data/typed-tools.ts';
import { dayNumber } from '../../days.ts';
import type { EvaluatedPackage } from '../../evidence/evaluated.ts';
import type { Evidence, EvidenceWith } from '../../evidence/evidence.ts';
import { type InstalledCommands, installedCommands } from '../../evidence/installed-commands.ts';
import type { EarlierOutputs } from '../../evidence/question.ts';
import type { CommandUse, ShellHistory } from '../../evidence/shell-history.ts';
import { isBuiltin } from '../../lang/shell/builtins.ts';
import { byText } from '../../order.ts';
import { type PackageEvolution, packageEvolution } from '../package-evolution/schema.ts';
import type { ToolUse, UsageAlignment, UsageInsight } from './schema.ts';

/** A history shorter than this says nothing about what is not used, nor one in which a tool was there for less. */
const enoughDays = 30;
const enoughLines = 200;
/** Used but not declared is worth a sentence from here on. */
const frequentUses = 20;
const frequentDays = 3;
/** A preference needs this many uses, and so many times those of the other. */
const preferenceUses = 10;
const preferenceRatio = 3;

/**
 * What is installed against what the shell history says is used. A tool that came after the history began, as
 * `package_evolution` has it, is judged from its own day on.
 *
 * @param earlier outputs of the questions asked before
 */
export function analyzeUsageAlignment(
  evidence: EvidenceWith<'shellHistory'>,
  earlier?: EarlierOutputs,
): UsageAlignment {
  const history = evidence.shellHistory;
  const installed = installedCommands(evidence);
  const uses = new Map(history.commands.map((command) => [command.name, command]));
  const window = windowOf(history, evidence.evaluated.user.shell);
  const tools = toolUses(evidence, history, installed, uses);
  const came = startsOf(earlier?.get(packageEvolution));
  const unused = window.enough ? unusedTools(evidence, tools, installed, window, came) : [];
  const notDeclared = undeclared(evidence, history, installed);
  const preferences = preferencesOf(uses);
  return {
    schemaVersion: 1,
    takenOn: history.takenOn,
    window,
    tools,
    unused,
    notDeclared,
    preferences,
    insights: [
      ...preferences.map((one) => preferenceInsight(one, window)),
      ...notDeclared.filter(isFrequent).map((one) => undeclaredInsight(one, window)),
      ...unused.map((one) => unusedInsight(one, window)),
    ],
  };
}

/** What the history really covers. */
function windowOf(history: ShellHistory, loginShell: string | null): UsageAlignment['window'] {
  const shell = loginShell === 'nu' ? 'nushell' : loginShell;
  const own = history.sources.filter(({ kind, entries }) => entries > 0 && (kind === shell || kind === 'atuin'));
  const sources = own.length > 0 || shell !== null ? own : history.sources;
  const dated = sources.flatMap(({ from }) => (from === null ? [] : [from])).sort(byText);
  const from = dated[0] ?? null;
  const days = from === null ? 0 : dayNumber(history.takenOn) - dayNumber(from);
  const lines = sources.reduce((sum, { entries }) => sum + entries, 0);
  const notUnderstood = sources.reduce((sum, one) => sum + one.notUnderstood, 0);
  const ends = sources.flatMap(({ to }) => (to === null ? [] : [to])).sort(byText);
  const silent = ends.length === 0 ? 0 : dayNumber(history.takenOn) - dayNumber(ends.at(-1) as string);
  const why =
    history.unread.length > 0
      ? `the history of ${history.unread.map(({ kind }) => kind).join(', ')} could not be read`
      : sources.length === 0
        ? `no history of the login shell (${shell ?? 'not known'}) was read`
        : from === null
          ? 'the history has no times'
          : days < enoughDays
            ? `the history covers ${days} days`
            : lines < enoughLines
              ? `the history has ${lines} lines`
              : silent > enoughDays
                ? `the history ends ${silent} days before the snapshot`
                : notUnderstood * 10 > lines
                  ? 'more than a tenth of the lines could not be understood'
                  : null;
  return {
    from,
    to: history.takenOn,
    days: Math.max(0, days),
    lines,
    sources: [...new Set(history.sources.map(({ kind }) => kind))].sort(byText),
    enough: why === null,
    why,
    counts: history.sources.some(({ counts }) => counts === 'distinct lines') ? 'at least' : 'every use',
  };
}

/** fish's lines and the recorder's are both lower bounds of the same number: the higher one is nearer. */
function countOf(use: CommandUse | undefined, captured: number | undefined): number {
  return Math.max(use?.uses ?? 0, captured ?? 0);
}

function toolUses(
  { evaluated }: Evidence,
  history: ShellHistory,
  installed: InstalledCommands,
  uses: ReadonlyMap<string, CommandUse>,
): ToolUse[] {
  const captured = new Map(history.captured?.commands.map(({ name, uses: count }) => [name, count]));
  const tools = evaluated.packages
    .filter(({ base }) => !base)
    .flatMap(({ id }): ToolUse[] => {
      const commands = installed.byPackage.get(id) ?? [];
      if (commands.length === 0) return [];
      const used = commands
        .map((command) => ({
          command,
          uses: countOf(uses.get(command), captured.get(command)),
          use: uses.get(command),
        }))
        .filter((one) => one.uses > 0)
        .sort((a, b) => b.uses - a.uses || byText(a.command, b.command));
      const days = used
        .flatMap(({ use }) => (use?.firstDay && use.lastDay ? [use.firstDay, use.lastDay] : []))
        .sort(byText);
      return [
        {
          package: id,
          commands: used.map(({ command }) => command),
          uses: used.reduce((sum, one) => sum + one.uses, 0),
          rank: null,
          recent: used.reduce((sum, { use }) => sum + (use === undefined ? 0 : total(use.recent)), 0),
          firstDay: days[0] ?? null,
          lastDay: days.at(-1) ?? null,
          asFilter: used.reduce((sum, { use }) => sum + (use?.roles.filters ?? 0), 0),
          subcommands: (used.length === 1 ? (used[0]?.use?.subcommands ?? []) : []).slice(0, 10),
        },
      ];
    })
    .sort((a, b) => b.uses - a.uses || byText(a.package, b.package));
  return tools.map((tool, index) => ({ ...tool, rank: tool.uses > 0 ? index + 1 : null }));
}

function unusedTools(
  { evaluated }: Evidence,
  tools: readonly ToolUse[],
  installed: InstalledCommands,
  window: UsageAlignment['window'],
  came: Starts,
): UsageAlignment['unused'] {
  const packages = new Map(evaluated.packages.map((one) => [one.id, one]));
  const aliased = new Set(evaluated.aliases.flatMap(({ commands }) => commands));
  return tools
    .filter(({ uses, package: id }) => {
      const declared = packages.get(id) as EvaluatedPackage;
      const commands = installed.byPackage.get(id) ?? [];
      // What an option brings works for that option; what an alias names may be typed as the alias.
      const ownWish = declared.declarations.some(({ by }) => by === null);
      return uses === 0 && ownWish && isTypedTool(declared, commands) && !commands.some((one) => aliased.has(one));
    })
    .map(({ package: id }) => ({
      package: id,
      commands: [...(installed.byPackage.get(id) ?? [])],
      ...judgedFrom(window, came.get(id)),
    }))
    .filter(({ days }) => days >= enoughDays);
}

/** package id -> start of its current span in the configuration. */
type Starts = ReadonlyMap<string, PackageEvolution['packages'][number]['since']>;

function startsOf(evolution: Pick<PackageEvolution, 'packages'> | undefined): Starts {
  return new Map(evolution?.packages.map(({ id, since }) => [id, since]));
}

/** The part of the window in which a tool is known to have been installed. */
function judgedFrom(
  { from, to, days }: UsageAlignment['window'],
  start: PackageEvolution['packages'][number]['since'] | undefined,
): Pick<UsageAlignment['unused'][number], 'since' | 'days' | 'came'> {
  if (start === undefined || start.date <= (from as string)) return { since: from as string, days, came: null };
  return {
    since: start.date,
    days: Math.max(0, dayNumber(to) - dayNumber(start.date)),
    came: start.atLeast ? 'by that day' : 'on that day',
  };
}

function undeclared(
  { evaluated, commands }: Evidence,
  history: ShellHistory,
  { byCommand }: InstalledCommands,
): UsageAlignment['notDeclared'] {
  // Without the packages' own commands nobody can say that none of them has it.
  if (commands === undefined) return [];
  const enabled = new Set(evaluated.options.map(({ option }) => option.replace(/^(programs|services)\./, '')));
  const rows = history.commands.flatMap((use) => {
    const asked = use.fetched.nixShell + use.fetched.nixRun;
    if (byCommand.has(use.name) || enabled.has(use.name) || use.uses + asked === 0) return [];
    // `sudo kill`, `xargs echo`: the shell has it too, and no package is missing.
    if (isBuiltin('bash', use.name)) return [];
    // The running system has it, so the configuration brings it by a way that the evaluation does not list.
    if (use.foundIn === 'system' || use.foundIn === 'user-profile') return [];
    // Of another distribution's own programs a home configuration knows nothing.
    if (use.foundIn === 'other' && evaluated.platform === 'home-manager') return [];
    return [
      {
        command: use.name,
        uses: use.uses,
        days: use.days,
        lastDay: use.lastDay,
        from: originOf(use),
        fetched: use.fetched,
      },
    ];
  });
  return rows.sort((a, b) => timesUsed(b) - timesUsed(a) || byText(a.command, b.command));
}

function originOf({ fetched, foundIn }: CommandUse): UsageAlignment['notDeclared'][number]['from'] {
  switch (foundIn) {
    case 'imperative-profile':
      return 'nix profile';
    case 'home':
      return 'home folder';
    case 'language':
      return 'language installer';
    case 'other':
      return 'other folder';
  }
  if (fetched.nixShell > 0) return 'nix-shell';
  return fetched.nixRun > 0 ? 'nix run' : 'not on PATH';
}

function preferencesOf(uses: ReadonlyMap<string, CommandUse>): UsageAlignment['preferences'] {
  return alternatives.flatMap((group) => {
    const rows = group.commands
      .map((command) => ({
        command,
        uses: comparable(uses.get(command)?.roles, group),
        recent: comparable(uses.get(command)?.recent, group),
      }))
      .filter((row) => row.uses > 0)
      .sort((a, b) => b.uses - a.uses || byText(a.command, b.command));
    const [first, ...rest] = rows;
    if (first === undefined || first.uses < preferenceUses) return [];
    // What was preferred years ago is not a preference now.
    const over = rest.filter((row) => first.uses >= preferenceRatio * row.uses && first.recent >= row.recent);
    if (over.length === 0 || over.length < rest.length) return [];
    return [
      {
        purpose: group.purpose,
        preferred: first.command,
        uses: first.uses,
        over: over.map(({ command, uses: count }) => ({ command, uses: count })),
        counted:
          group.roles.length === 3
            ? 'all uses'
            : group.roles.includes('feeds')
              ? 'uses not behind a pipe'
              : 'uses with nothing piped in or out',
      },
    ];
  });
  function comparable(counts: CommandUse['roles'] | undefined, group: Alternatives): number {
    return counts === undefined ? 0 : group.roles.reduce((sum, role) => sum + counts[role], 0);
  }
}

const total = ({ alone, feeds, filters }: CommandUse['roles']): number => alone + feeds + filters;

/** `nix run nixpkgs#jq` is a use of jq too, and counted apart. */
export const timesUsed = ({ uses, fetched }: UsageAlignment['notDeclared'][number]): number => uses + fetched.nixRun;

const isFrequent = (one: UsageAlignment['notDeclared'][number]): boolean =>
  timesUsed(one) >= frequentUses && one.days >= frequentDays && one.from !== 'not on PATH';

function preferenceInsight(
  { purpose, preferred, uses, over, counted }: UsageAlignment['preferences'][number],
  window: UsageAlignment['window'],
): UsageInsight {
  const others = over.map(({ command }) => `\`${command}\``).join(' and ');
  const figures = [uses, ...over.map((one) => one.uses)].join(' vs ');
  return {
    kind: 'preference',
    text: `When ${phrase(purpose)}, you prefer \`${preferred}\` over ${others} (${figures} uses).`,
    packages: [],
    commands: [preferred, ...over.map(({ command }) => command)],
    evidence: [`${counted}, shell history ${span(window)}`],
  };
}

/** "searching files" as it stands; "containers" -> "it comes to containers". */
function phrase(purpose: string): string {
  return /^\w+ing\b/.test(purpose) ? purpose : `it comes to ${purpose}`;
}

function undeclaredInsight(one: UsageAlignment['notDeclared'][number], window: UsageAlignment['window']): UsageInsight {
  const { command, from, fetched } = one;
  const uses = timesUsed(one);
  const origin: Record<typeof from, string> = {
    'nix-shell': `it came from \`nix-shell\` (${fetched.nixShell} times)`,
    'nix run': `it came from \`nix run\` (${fetched.nixRun} times)`,
    'nix profile': 'it is installed with `nix profile` or `nix-env`',
    'home folder': 'it lies in a folder of your home - did you install it manually?',
    'language installer': "it was installed by a language's own package manager",
    'other folder': 'it lies in a folder outside Nix - did you install it manually?',
    'not on PATH': 'it was not on PATH on the day of the snapshot',
  };
  return {
    kind: 'not-declared',
    text: `You frequently use \`${command}\` (${uses} times) but it's not in your nix config: ${origin[from]}`.replace(
      /(?<![?])$/,
      '.',
    ),
    packages: [],
    commands: [command],
    evidence: [`${uses} uses in the shell history ${span(window)}`, 'no package of the configuration has the command'],
  };
}

function unusedInsight(
  { package: id, commands, since, days, came }: UsageAlignment['unused'][number],
  window: UsageAlignment['window'],
): UsageInsight {
  const name = commands.length === 1 ? (commands[0] as string) : id;
  const installed = came === null ? '' : came === 'on that day' ? ` since ${since}` : ` since ${since} at least`;
  // How many of the lines are younger than the tool the snapshot does not say.
  const searched = came === null ? `${window.lines} lines of shell history` : 'the shell history';
  return {
    kind: 'unused',
    text: `You have ${came === null ? '' : 'had '}\`${name}\` installed${installed} but never use it. Consider removing.`,
    packages: [id],
    commands: [...commands],
    evidence: [
      `no use of ${commands.join(', ')} in ${searched} since ${since} (${days} days)`,
      ...(came === null ? [] : [`in the configuration${installed}, by its git history`]),
    ],
  };
}

function span({ from, to }: UsageAlignment['window']): string {
  return from === null ? `up to ${to}, start not known` : `${from} to ${to}`;
}
