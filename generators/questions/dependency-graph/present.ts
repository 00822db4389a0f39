import type { Contribution, Inline, ToolNote } from '../../content.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { rankOf } from './hidden-commands.ts';
import type { DependencyGraph, HiddenCommand } from './schema.ts';

/** More of these would be noise: an agent looks the rest up. */
const shownTools = 8;
const shownCommands = 3;

/**
 * Of all dependencies only what changes an agent's next step: tools that are there and cannot be called,
 * and the package through which a compiler works although nothing puts it on PATH.
 */
export function presentDependencyGraph(output: DependencyGraph, { evaluated }: Evidence): Contribution {
  const names = new Map(evaluated.packages.map(({ id, name }) => [id, name]));
  const called = (id: string): string => names.get(id) ?? id;
  // Of a standalone home the rest of the system is unknown, and with it what else puts commands on PATH.
  const tools = evaluated.platform === 'nixos' ? byTool(output.system.hiddenCommands) : [];
  return {
    tools: chainNotes(output),
    sections: [
      {
        id: 'dependencies-only',
        title: 'Present only as dependencies',
        place: 45,
        weight: 40,
        items: tools.slice(0, shownTools).map((tool) => hiddenItem(tool, called)),
        more: 'dependency_graph.json',
      },
    ],
  };
}

/** The rows of one tool (versions, outputs), those that an agent expects most first. */
function byTool(rows: readonly HiddenCommand[]): HiddenCommand[][] {
  const tools = new Map<string, HiddenCommand[]>();
  for (const row of rows) tools.set(row.name, [...(tools.get(row.name) ?? []), row]);
  const rank = (tool: readonly HiddenCommand[]): number =>
    Math.min(...tool.flatMap(({ commands }) => commands.map(rankOf)));
  return [...tools.values()].sort((a, b) => rank(a) - rank(b));
}

function hiddenItem(rows: readonly HiddenCommand[], called: (id: string) => string): Inline[] {
  const name = rows[0]?.name ?? '';
  const commands = [...new Set(rows.flatMap((row) => row.commands))];
  const shown = commands.slice(0, shownCommands);
  const alone = commands.length === 1 && commands[0] === name;
  return [
    { strong: name },
    ...(alone ? [] : [' (', ...shown.flatMap(listed), commands.length > shown.length ? ', …)' : ')']),
    `: not declared, present through ${keeper(rows, called)}; do not rely on it in PATH`,
  ];
}

function listed(code: string, index: number): Inline[] {
  return index === 0 ? [{ code }] : [', ', { code }];
}

function keeper(rows: readonly HiddenCommand[], called: (id: string) => string): string {
  const [first] = rows.flatMap(({ packages }) => packages);
  if (first !== undefined) {
    const several = rows.some(({ packagesCount }) => packagesCount > 1) || rows.length > 1;
    return several ? `${called(first)} and others` : called(first);
  }
  const [option] = rows.flatMap(({ options }) => options);
  return option ?? 'the distribution';
}

function chainNotes({ toolChains }: DependencyGraph): Map<string, ToolNote[]> {
  const notes = new Map<string, ToolNote[]>();
  for (const { purpose, parts } of toolChains) {
    for (const { via, name } of parts) {
      if (via === null) continue;
      const note: ToolNote = { kind: 'dependency', text: `brings ${name} for ${purpose}, not in PATH` };
      notes.set(via, [...(notes.get(via) ?? []), note]);
    }
  }
  return notes;
}
