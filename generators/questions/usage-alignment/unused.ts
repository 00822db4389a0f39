import { isTypedTool } from '../../data/typed-tools.ts';
import { daysBetween } from '../../days.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { InstalledCommands } from '../../evidence/installed-commands.ts';
import type { PackageEvolution } from '../package-evolution/schema.ts';
import type { ToolUse, UsageAlignment } from './schema.ts';
import { minDays } from './window.ts';

type Window = UsageAlignment['window'];
type Unused = UsageAlignment['unused'][number];
type Installation = PackageEvolution['packages'][number]['since'];

/**
 * Tools for the prompt that the user declared and did not type in the days in which they were installed.
 *
 * @param evolution the days of installation; without it a tool counts as installed during the whole window
 */
export function unusedTools(
  { evaluated }: Evidence,
  tools: readonly ToolUse[],
  installed: InstalledCommands,
  window: Window,
  evolution: PackageEvolution | undefined,
): Unused[] {
  const { from } = window;
  if (!window.enough || from === null) return [];
  const packages = new Map(evaluated.packages.map((entry) => [entry.id, entry]));
  const installations = new Map(evolution?.packages.map(({ id, since }) => [id, since]));
  // Typed as the alias, and recorded as such.
  const aliased = new Set(evaluated.aliases.flatMap(({ commands }) => commands));
  return tools.flatMap(({ package: id, uses }) => {
    const entry = packages.get(id);
    const commands = installed.byPackage.get(id) ?? [];
    if (uses > 0 || entry === undefined || commands.some((command) => aliased.has(command))) return [];
    // A package that an option adds is used by that option.
    if (!entry.declarations.some(({ by }) => by === null) || !isTypedTool(entry, commands)) return [];
    const judged = judgedFrom({ ...window, from }, installations.get(id));
    return judged.days < minDays ? [] : [{ package: id, commands: [...commands], ...judged }];
  });
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
