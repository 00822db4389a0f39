import { isTypedTool } from '../../data/typed-tools.ts';
import { daysBetween } from '../../days.ts';
import type { Closure } from '../../evidence/closure.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { InstalledCommands } from '../../evidence/installed-commands.ts';
import type { PackageEvolution } from '../package-evolution/schema.ts';
import type { ToolUse, UsageAlignment } from './schema.ts';
import { minDays } from './window.ts';

type Window = UsageAlignment['window'];
type Unused = UsageAlignment['unused'][number];
type Installation = PackageEvolution['packages'][number]['since'];

/**
 * Tools for the prompt that the user declared and never typed while they were installed, except tools that the flake's
 * files name elsewhere (a key binding, a script), that another package refers to, or that agents run.
 *
 * @param evolution the days of installation; without it a tool counts as installed during the whole window
 * @param usedByOthers commands that agents run or are told to run, and tools that projects use
 */
export function unusedTools(
  { evaluated, closure, commands: installedFiles }: Evidence,
  tools: readonly ToolUse[],
  installed: InstalledCommands,
  window: Window,
  { evolution, usedByOthers }: { evolution: PackageEvolution | undefined; usedByOthers: ReadonlySet<string> },
): Unused[] {
  const { from } = window;
  if (!window.enough || from === null) return [];
  const packages = new Map(evaluated.packages.map((entry) => [entry.id, entry]));
  const histories = new Map(evolution?.packages.map((one) => [one.id, one]));
  // Typed as the alias, and recorded as such.
  const aliased = new Set(evaluated.aliases.flatMap(({ commands }) => commands));
  const graphical = new Set(installedFiles?.graphical);
  const referrers = closure && packagesWithReferrers(closure);
  return tools.flatMap(({ package: id, uses }) => {
    const entry = packages.get(id);
    const commands = installed.byPackage.get(id) ?? [];
    if (uses > 0 || entry === undefined || graphical.has(id)) return [];
    if (commands.some((command) => aliased.has(command) || usedByOthers.has(command))) return [];
    if ((entry.namedElsewhere ?? []).length > 0 || referrers?.has(id)) return [];
    // A package that an option adds is used by that option.
    if (!entry.declarations.some(({ by }) => by === null) || !isTypedTool(entry, commands)) return [];
    const history = histories.get(id);
    const judged = judgedFrom({ ...window, from }, history?.since);
    const removable = entry.namedElsewhere !== undefined && referrers !== undefined && !isNeededByOthers(history);
    return judged.days < minDays ? [] : [{ package: id, removable, commands: [...commands], ...judged }];
  });
}

const need =
  /\b(?:requir\w*|need\w*|depend\w*|used by|so that|support\w*|compatib\w*|preview\w*|backends?|sandbox\w*|for \S+ to)\b/i;
/** The user has it for coding agents. */
const forAgents = /\b(?:agents?|claude|codex|gemini|copilot|cursor|aider|opencode|llms?|ai)\b/i;

/** Whether the user's own words say that another program or an agent needs it: `required by the sandbox of …`. */
function isNeededByOthers(history: PackageEvolution['packages'][number] | undefined): boolean {
  const words = [history?.purpose?.text, history?.section, history?.reason?.text];
  return words.some((text) => text !== undefined && text !== null && (need.test(text) || forAgents.test(text)));
}

/** The part of the window in which a tool is known to have been installed. */
function judgedFrom(
  { from, to, days }: Window & { from: string },
  installation: Installation | undefined,
): Pick<Unused, 'since' | 'days' | 'installed'> {
  if (installation === undefined || installation.date <= from) return { since: from, days, installed: null };
  return {
    since: installation.date,
    days: Math.max(0, daysBetween(installation.date, to)),
    installed: installation.atLeast ? 'by that day' : 'on that day',
  };
}

/** Packages to which the store path of another package refers. */
function packagesWithReferrers({ roots, paths }: Closure): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const [id, outputs] of Object.entries(roots)) {
    for (const output of outputs) owners.set(output, (owners.get(output) ?? new Set()).add(id));
  }
  const found = new Set<string>();
  for (const { path, references } of paths) {
    const own = owners.get(path);
    for (const reference of references) {
      for (const id of owners.get(reference) ?? []) if (!own?.has(id)) found.add(id);
    }
  }
  return found;
}
