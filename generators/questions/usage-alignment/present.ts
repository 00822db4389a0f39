import type { Contribution, Inline, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { rounded } from '../../words.ts';
import { inline } from '../tool-chains/present.ts';
import { timesUsed } from './analyze.ts';
import type { UsageAlignment } from './schema.ts';

/** How often each tool is used and what it is preferred over; what is used and not declared, what is not used. */
export function presentUsageAlignment(output: UsageAlignment, _evidence: Evidence): Contribution {
  const tools = new Map<string, ToolNote[]>();
  const relevance = new Map<string, number>();
  const note = (id: string, one: ToolNote): void => {
    tools.set(id, [...(tools.get(id) ?? []), one]);
  };
  const used = output.tools.filter(({ rank }) => rank !== null);
  for (const tool of used) {
    const rank = tool.rank as number;
    const place = rank <= 20 ? `, rank ${rank}` : '';
    note(tool.package, { kind: 'use', text: `used ${atLeast(output)}${rounded(tool.uses)} times${place}` });
    // Steps, so that one more use moves nothing.
    relevance.set(tool.package, rank <= 10 ? 1 : rank <= 30 ? 0.8 : 0.6);
  }
  for (const { package: id, days } of output.unused) {
    note(id, { kind: 'use', text: `never typed in ${months(days)} of shell history` });
    relevance.set(id, 0.1);
  }
  const byCommand = new Map(output.tools.flatMap((tool) => tool.commands.map((command) => [command, tool.package])));
  for (const { preferred, over } of output.preferences) {
    const id = byCommand.get(preferred);
    const others = over.map(({ command }) => command).join(', ');
    if (id !== undefined) note(id, { kind: 'preference', text: `preferred over ${others}` });
  }
  const items: Inline[][] = [
    ...output.preferences.map(({ purpose, preferred, uses, over }): Inline[] => [
      `For ${purpose}: prefers `,
      { code: preferred },
      ' over ',
      ...over.flatMap(({ command }, index): Inline[] => [index === 0 ? '' : ' and ', { code: command }]),
      ` (${[uses, ...over.map((one) => one.uses)].map(rounded).join(' vs ')} uses)`,
    ]),
    ...undeclared(output),
  ];
  const { unused } = output;
  if (unused.length > 0) {
    const since = output.window.from?.slice(0, 7) ?? '';
    const shown = unused
      .slice(0, 12)
      .flatMap(({ package: id, came, since: own }, index): Inline[] => [
        index === 0 ? '' : ', ',
        { code: id },
        ...(came === null ? [] : [` (installed since ${own.slice(0, 7)}${came === 'by that day' ? ' at least' : ''})`]),
      ]);
    const more = unused.length > 12 ? `, ${unused.length - 12} more` : '';
    items.push([`Installed and never typed since ${since}: `, ...shown, more]);
  }
  return {
    tools,
    relevance,
    sections:
      items.length === 0
        ? []
        : [{ id: 'usage', title: 'What is really used', place: 32, weight: 60, items, more: 'usage_alignment.json' }],
  };
}

const origins: Readonly<Record<UsageAlignment['notDeclared'][number]['from'], string>> = {
  'nix-shell': 'fetched with `nix-shell`',
  'nix run': 'fetched with `nix run`',
  'nix profile': 'installed with `nix profile`',
  'home folder': 'in a folder of the home',
  'language installer': "installed by a language's package manager",
  'other folder': 'in a folder outside Nix',
  'not on PATH': 'not on PATH',
};

/** A line for each place that what is used comes from. */
function undeclared({ insights, notDeclared }: UsageAlignment): Inline[][] {
  const told = new Set(insights.filter(({ kind }) => kind === 'not-declared').flatMap(({ commands }) => commands));
  const rows = notDeclared.filter(({ command }) => told.has(command));
  return [...new Set(rows.map(({ from }) => from))].map((from) => {
    const own = rows.filter((row) => row.from === from);
    const shown = own
      .slice(0, 8)
      .flatMap((row, index): Inline[] => [
        index === 0 ? '' : ', ',
        { code: row.command },
        ` (${rounded(timesUsed(row))}${index === 0 ? ' uses' : ''})`,
      ]);
    const more = own.length > 8 ? `, ${own.length - 8} more` : '';
    return ['Used and not in the configuration, ', ...inline(origins[from]), ': ', ...shown, more];
  });
}

function atLeast({ window }: UsageAlignment): string {
  return window.counts === 'at least' ? 'at least ' : '';
}

function months(days: number): string {
  const count = Math.floor(days / 30);
  return count < 2 ? 'a month' : `${count} months`;
}
