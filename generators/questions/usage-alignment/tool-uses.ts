import type { Evidence } from '../../evidence/evidence.ts';
import type { InstalledCommands } from '../../evidence/installed-commands.ts';
import type { CommandUse, ShellHistory } from '../../evidence/shell-history.ts';
import { byText } from '../../order.ts';
import type { CountSource, ToolUse } from './schema.ts';

/** How often each declared package with commands was used, most used first: by counts of every use where there are. */
export function toolUses(
  { evaluated }: Evidence,
  history: ShellHistory,
  installed: InstalledCommands,
  countedBy: CountSource | null,
): ToolUse[] {
  const typed = new Map(history.commands.map((use) => [use.name, use]));
  const recorded = new Map(history.captured?.commands.map(({ name, uses }) => [name, uses]));
  const countedUses = (commands: readonly string[]): number | null => {
    if (countedBy === null) return null;
    const counts = commands.map((command) =>
      countedBy === 'recorder' ? (recorded.get(command) ?? 0) : sumOf(typed.get(command)?.counted?.all),
    );
    return counts.reduce((total, count) => total + count, 0);
  };
  return evaluated.packages
    .filter(({ id, base }) => !base && (installed.byPackage.get(id) ?? []).length > 0)
    .map(({ id }) => {
      const used = (installed.byPackage.get(id) ?? [])
        .map((command) => {
          const use = typed.get(command);
          // The lines of fish and those of the recorder are both lower bounds: the higher one is nearer.
          return { command, use, uses: Math.max(use?.uses ?? 0, recorded.get(command) ?? 0) };
        })
        .filter(({ uses }) => uses > 0)
        .sort((a, b) => b.uses - a.uses || byText(a.command, b.command));
      return toolUse(
        id,
        used.map(({ command }) => command),
        used.reduce((sum, { uses }) => sum + uses, 0),
        used.flatMap(({ use }) => use ?? []),
        countedUses(installed.byPackage.get(id) ?? []),
      );
    })
    .sort((a, b) => (b.counted ?? 0) - (a.counted ?? 0) || b.uses - a.uses || byText(a.package, b.package))
    .map((tool, index) => ({ ...tool, rank: tool.uses > 0 ? index + 1 : null }));
}

function sumOf(roles: CommandUse['roles'] | undefined): number {
  return roles === undefined ? 0 : roles.alone + roles.feeds + roles.filters;
}

function toolUse(
  id: string,
  commands: string[],
  uses: number,
  typed: readonly CommandUse[],
  counted: number | null,
): ToolUse {
  const days = typed.flatMap(({ firstDay, lastDay }) => (firstDay && lastDay ? [firstDay, lastDay] : [])).sort(byText);
  const sum = (count: (use: CommandUse) => number) => typed.reduce((total, use) => total + count(use), 0);
  return {
    package: id,
    commands,
    uses,
    counted,
    rank: null,
    recent: sum(({ recent: { alone, feeds, filters } }) => alone + feeds + filters),
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
    months: monthsOf(typed),
    asFilter: sum(({ roles }) => roles.filters),
    subcommands: (commands.length === 1 ? (typed[0]?.subcommands ?? []) : []).slice(0, 10),
  };
}

function monthsOf(typed: readonly CommandUse[]): ToolUse['months'] {
  const most = new Map<string, number>();
  for (const [month, days] of typed.flatMap(({ months }) => Object.entries(months))) {
    most.set(month, Math.max(most.get(month) ?? 0, days));
  }
  return Object.fromEntries([...most].sort(([a], [b]) => byText(a, b)));
}
