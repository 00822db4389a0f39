import { type Contribution, type Inline, type Item, sharedTitles, type ToolNote } from '../../content.ts';
import { atLeast, code, enumerated, inline, joined, rounded } from '../../inline.ts';
import type { ToolUse, UsageAlignment, UsageInsight } from './schema.ts';

const shownNotDeclared = 8;

type Insight<Kind extends UsageInsight['kind']> = Extract<UsageInsight, { kind: Kind }>;

/** Use and preferences of each tool, and undeclared tools that are used. */
export function presentUsageAlignment(output: UsageAlignment): Contribution {
  const habits = ofKind(output, 'preference').map((insight) => ({
    content: preference(insight),
    evidence: insight.evidence,
  }));
  const unit = output.window.counts === 'every use' ? 'times' : 'distinct lines';
  const outside = notDeclared(ofKind(output, 'not declared'), unit);
  return {
    tools: toolNotes(output),
    relevance: relevance(output),
    sections: [
      { id: 'usage', title: sharedTitles.habits, place: 32, weight: 60, items: habits },
      { id: 'not-declared', title: sharedTitles.pitfalls, place: 42, weight: 60, items: outside },
    ],
  };
}

function ofKind<Kind extends UsageInsight['kind']>({ insights }: UsageAlignment, kind: Kind): Insight<Kind>[] {
  return insights.filter((insight): insight is Insight<Kind> => insight.kind === kind);
}

function preference({ purpose, preferred, uses, over }: Insight<'preference'>): Inline[] {
  const others = enumerated(over.map(({ command }) => code(command)));
  const counts = [uses, ...over.map((other) => other.uses)].map(rounded).join(' vs ');
  return inline`When ${purpose}, you prefer ${code(preferred)} over ${others} (${counts} uses).`;
}

/** One line for each origin. */
function notDeclared(insights: readonly Insight<'not declared'>[], unit: string): Item[] {
  return [...new Set(insights.map(({ from }) => from))].map((from) => {
    const rows = insights.filter((row) => row.from === from);
    const commands = limitedTo(
      rows.map(
        ({ command, uses }, index) => inline`${code(command)} (${atLeast(uses)}${index === 0 ? ` ${unit}` : ''})`,
      ),
      shownNotDeclared,
    );
    const isNot = rows.length === 1 ? "it's not" : 'they are not';
    const content = inline`You frequently use ${commands} but ${isNot} in your nix config${origin(from, rows.length === 1)}`;
    return { content, evidence: rows.flatMap((row) => row.evidence) };
  });
}

function origin(from: Insight<'not declared'>['from'], isOne: boolean): Inline[] {
  const it = isOne ? 'it' : 'them';
  switch (from) {
    case 'nix-shell':
      return inline`: fetched with ${code('nix-shell')}.`;
    case 'nix run':
      return inline`: fetched with ${code('nix run')}.`;
    case 'nix profile':
      return inline`: installed with ${code('nix profile')} or ${code('nix-env')}.`;
    case 'language installer':
      return [": installed by a language's package manager."];
    case 'home folder':
      return [` - did you install ${it} manually? Found in a folder of your home.`];
    case 'other folder':
      return [` - did you install ${it} manually? Found in a folder outside Nix.`];
  }
}

/** The first entries, and how many more there are. */
function limitedTo(entries: readonly Inline[][], limit: number): Inline[] {
  const rest = entries.length - limit;
  return rest > 0 ? [...joined(entries.slice(0, limit)), ` and ${rest} more`] : enumerated(entries);
}

function toolNotes(output: UsageAlignment): Map<string, ToolNote[]> {
  const notes = new Map<string, ToolNote[]>();
  const add = (id: string, note: ToolNote): void => {
    notes.set(id, [...(notes.get(id) ?? []), note]);
  };
  const note = (id: string, kind: ToolNote['kind'], text: string, pointer: string): void =>
    add(id, { kind, text, pointer });
  for (const [index, tool] of output.tools.entries()) {
    if (tool.rank !== null) note(tool.package, 'use', useText(tool), `/tools/${index}`);
  }
  for (const [index, { package: id, days }] of output.unused.entries()) {
    note(id, 'use', `never typed in ${months(days)} of shell history`, `/unused/${index}`);
  }
  for (const [index, { purpose, preferred, over }] of output.preferences.entries()) {
    const tool = output.tools.find(({ commands }) => commands.includes(preferred));
    if (tool === undefined) continue;
    const others = over.map(({ command, uses }) => `${command} (${rounded(uses)} uses)`).join(', ');
    const pointer = `/preferences/${index}`;
    add(tool.package, {
      kind: 'preference',
      text: `Preferred over ${others}`,
      pointer,
      over: over.map(({ command }) => command),
    });
    note(tool.package, 'recommendation', `First choice for ${purpose} on this system`, pointer);
  }
  return notes;
}

/** fish stores each line once: the number of lines is not the number of uses and gives no rank. */
function useText({ uses, counted, rank, lastDay }: ToolUse): string {
  if (counted !== null && counted > 0) {
    return `${rounded(counted)} times${rank !== null && rank <= 20 ? ` (rank: #${rank})` : ''}`;
  }
  const last = lastDay === null ? '' : `, last in ${month(lastDay)}`;
  return `typed in ${rounded(uses)} distinct lines${last}`;
}

/** In steps, so that one more use does not change the order. */
function relevance({ tools, unused: unusedTools }: UsageAlignment): Map<string, number> {
  return new Map([
    ...tools.flatMap(({ package: id, rank }): [string, number][] =>
      rank === null ? [] : [[id, rank <= 10 ? 1 : rank <= 30 ? 0.8 : 0.6]],
    ),
    ...unusedTools.map(({ package: id }): [string, number] => [id, 0.1]),
  ]);
}

/** `2026-05-31` -> `2026-05` */
function month(day: string): string {
  return day.slice(0, 7);
}

function months(days: number): string {
  const count = Math.floor(days / 30);
  return count < 2 ? 'a month' : `${count} months`;
}
