import type { Inline } from '../content.ts';
import { code, inline, limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { purposes } from '../tools/purposes.ts';
import type { ToolProfile } from '../tools/schema.ts';
import { type Block, type Line, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

/** Longer texts are cut: CLAUDE.md is read at every start. */
const longestDescription = 90;
const longestNote = 160;
const longestName = 60;
/** Commands of one tool, and the width that they may take. */
const shownCommands = 3;
const commandsWidth = 50;
const shownNames = 24;

/** The tools that an agent can run, by purpose, the most useful first. */
export function toolsBlock({ profiles, contributions, settings, evidence }: ContextInput): Block {
  const declared = withoutDuplicates(profiles.profiles.filter(({ base }) => !base));
  const ranked = byScore(
    declared.filter(({ kind }) => kind === 'tool'),
    highestRelevance(contributions),
  );
  const lines = ranked
    .filter(hasFacts)
    .map((tool, rank) => ({
      content: toolLine(tool),
      group: profiles.purposes[tool.purpose ?? 'other'] ?? null,
      // Falls slowly: there are many tools, and each is one line.
      value: 100 / (1 + rank / 40),
      purpose: purposeIndex(tool),
    }))
    .sort((a, b) => a.purpose - b.purpose || b.value - a.value);
  const undescribed = ranked.filter((tool) => !hasFacts(tool));
  const graphical = declared.filter((profile) => profile.kind === 'graphical' && isUsersChoice(profile));
  return {
    id: 'tools',
    place: 20,
    title: 'Tools',
    intro: [evidence.evaluated.platform === 'unknown' ? 'Found on this machine.' : 'On PATH, by the configuration.'],
    lines: [
      ...lines,
      ...namesLine(
        'Commands of packages without a description: ',
        undescribed.map(({ name, commands }) => commands?.[0] ?? name),
        45,
      ),
      ...namesLine(
        'Graphical, for the user: ',
        graphical.map(({ name }) => name),
        30,
      ),
    ],
    leftOut: (count) =>
      inline`${String(count)} more tools: ${code(`${settings.folder}/intelligence/tool_profiles.json`)}.`,
  };
}

/** Whether anything but the name of a tool is known. */
function hasFacts({ description, notes }: ToolProfile): boolean {
  return notes.length > 0 || plainText(description ?? '') !== '';
}

/** One line of names; none where there are no names. */
function namesLine(title: string, names: readonly string[], value: number): Line[] {
  if (names.length === 0) return [];
  const shown = names.map((name) => plainText(name, longestName)).sort(byText);
  return linesOf([[title, ...limited(shown, shownNames)]], () => value).map((line) => ({ ...line, group: 'Besides' }));
}

/** `**ripgrep** (`rg`): its description; notes from other evidence` */
function toolLine({ name, commands, description, notes }: ToolProfile): Inline[] {
  const telling = tellingCommands(name, commands ?? []);
  const facts = [
    plainText(description ?? '', longestDescription).replace(/\.$/, ''),
    ...notes.map(({ text }) => plainText(text, longestNote)),
  ].filter((text) => text !== '');
  return [
    { strong: plainText(name, longestName) },
    ...(telling.length > 0 ? inline` (${limited(telling, fittingCount(telling))})` : []),
    facts.length > 0 ? `: ${facts.join('; ')}` : '',
  ];
}

/** How many of the commands a line has room for: at least one. */
function fittingCount(commands: readonly string[]): number {
  const widths = commands.slice(0, shownCommands).map(({ length }) => length + 4);
  const fitting = widths.filter((_, index) => widths.slice(0, index + 1).reduce((a, b) => a + b) <= commandsWidth);
  return Math.max(1, fitting.length);
}

/** The commands that the name of the package does not imply: not `git-shell` beside `git`, not `git` for git alone. */
function tellingCommands(name: string, [main, ...others]: readonly string[]): string[] {
  if (main === undefined) return [];
  const distinct = others.filter(
    (command) => !command.startsWith(main) && !command.startsWith(name) && !/^[.\d]|\./.test(command),
  );
  return main === name && distinct.length === 0 ? [] : [main, ...distinct];
}

/** One profile for a package that is there in two versions or lists: the one with most facts. */
function withoutDuplicates(profiles: readonly ToolProfile[]): ToolProfile[] {
  const byKey = new Map<string, ToolProfile>();
  for (const profile of profiles) {
    const key = JSON.stringify([profile.name, profile.commands ?? []]);
    const other = byKey.get(key);
    if (other === undefined || factCount(profile) > factCount(other)) byKey.set(key, profile);
  }
  return [...byKey.values()];
}

function factCount({ description, notes }: ToolProfile): number {
  return (description ? 1 : 0) + notes.length;
}

/** package id -> the highest relevance that any question gives it */
function highestRelevance(contributions: ContextInput['contributions']): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const { contribution } of contributions) {
    for (const [id, relevance] of contribution.relevance ?? []) {
      highest.set(id, Math.max(relevance, highest.get(id) ?? 0));
    }
  }
  return highest;
}

function byScore(tools: readonly ToolProfile[], relevance: ReadonlyMap<string, number>): ToolProfile[] {
  return tools
    .map((tool) => ({ tool, score: scoreOf(tool, relevance.get(tool.id) ?? 0) }))
    .sort((a, b) => b.score - a.score || byText(a.tool.name, b.tool.name))
    .map(({ tool }) => tool);
}

/** Use counts most, then what the purpose is worth to an agent, then how much is known of the tool. */
function scoreOf(tool: ToolProfile, relevance: number): number {
  const worth = purposes[purposeIndex(tool)]?.worth ?? 0;
  const chosen = isUsersChoice(tool) ? 0.4 : 0;
  return relevance * 2 + worth + chosen + Math.min(tool.notes.length, 4) * 0.05;
}

/** Whether the user declares the package or enables it as a program, rather than that a service adds it. */
function isUsersChoice({ declarations }: ToolProfile): boolean {
  return declarations.some(({ by }) => by === null || by.startsWith('programs.'));
}

function purposeIndex({ purpose }: ToolProfile): number {
  return purposes.findIndex(({ id }) => id === purpose);
}
