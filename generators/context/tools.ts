import type { Contribution, Inline } from '../content.ts';
import { limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { purposes } from '../tools/purposes.ts';
import type { ToolProfile } from '../tools/schema.ts';
import type { Block, Line } from './fit.ts';
import type { ContextInput } from './input.ts';

/** A description longer than this is cut: CLAUDE.md is read at every start. */
const longestDescription = 90;
const longestNote = 160;
const longestName = 60;
const commandsShown = 3;
const commandsWidth = 50;
const bareShown = 24;

/** The tools that an agent can run, by purpose, the most useful first. */
export function toolsBlock({ profiles, contributions, settings, evidence }: ContextInput): Block | null {
  const own = once(profiles.profiles.filter(({ base }) => !base));
  const tools = own.filter(({ kind }) => kind === 'tool');
  if (tools.length === 0) return null;
  const relevance = highest(contributions.map(({ contribution }) => contribution));
  const score = (tool: ToolProfile) => scoreOf(tool, relevance.get(tool.id));
  const ranked = tools
    .map((tool) => ({ tool, score: score(tool) }))
    .sort((a, b) => b.score - a.score || byText(a.tool.name, b.tool.name))
    .map(({ tool }) => tool);
  const told = ranked.filter(isTold);
  const lines = told.map((tool, rank) => ({
    content: toolLine(tool),
    group: profiles.purposes[tool.purpose ?? 'other'] ?? null,
    place: placeOf(tool),
    // Falls slowly: there are many tools, and each is one line.
    value: 100 / (1 + rank / 40),
  }));
  const bare = bareLines(
    ranked.filter((tool) => !isTold(tool)),
    own.filter((one) => one.kind === 'graphical' && isAsked(one)),
  );
  return {
    id: 'tools',
    place: 20,
    title: 'Tools',
    intro: [evidence.evaluated.platform === 'unknown' ? 'Found on this machine.' : 'On PATH, by the configuration.'],
    lines: [...lines.sort((a, b) => a.place - b.place || b.value - a.value), ...bare],
    rest: (left) => [`${left} more tools: `, { code: `${settings.folder}/intelligence/tool_profiles.json` }, '.'],
  };
}

/** Whether there is anything to say of a tool but its name. */
function isTold({ description, notes }: ToolProfile): boolean {
  return notes.length > 0 || plainText(description ?? '') !== '';
}

/** What has only a name, and what an agent cannot run, on a line each. */
function bareLines(untold: readonly ToolProfile[], graphical: readonly ToolProfile[]): Line[] {
  const line = (title: string, names: readonly string[], value: number): Line[] =>
    names.length > 0
      ? [{ content: [title, ...limited([...names].sort(byText), bareShown)], group: 'Besides', value }]
      : [];
  return [
    ...line(
      'Commands of packages without a description: ',
      untold.map(({ name, commands }) => plainText(commands?.[0] ?? name, longestName)),
      45,
    ),
    ...line(
      'Graphical, for the user: ',
      graphical.map(({ name }) => plainText(name, longestName)),
      30,
    ),
  ];
}

/** `**ripgrep** (`rg`): what it says of itself; what other evidence adds.` */
function toolLine({ name, commands, description, notes }: ToolProfile): Inline[] {
  const shown = commandsOf(name, commands ?? []);
  const said = plainText(description ?? '', longestDescription).replace(/\.$/, '');
  const facts = [said, ...notes.map(({ text }) => plainText(text, longestNote))].filter((text) => text !== '');
  return [
    { strong: plainText(name, longestName) },
    ...(shown.length > 0 ? [' (', ...limited(shown, fitting(shown)), ')'] : []),
    facts.length > 0 ? `: ${facts.join('; ')}` : '',
  ];
}

/** How many commands a line has room for: one at least. */
function fitting(names: readonly string[]): number {
  let width = 0;
  let count = 0;
  for (const name of names.slice(0, commandsShown)) {
    width += name.length + 4;
    if (width > commandsWidth) break;
    count += 1;
  }
  return Math.max(1, count);
}

/** The commands that the package's name does not already tell: `git-shell` goes without saying where `git` stands. */
function commandsOf(name: string, [main, ...others]: readonly string[]): string[] {
  if (main === undefined) return [];
  const distinct = others.filter(
    (command) => !command.startsWith(main) && !command.startsWith(name) && !/^[.\d]|\./.test(command),
  );
  return main === name && distinct.length === 0 ? [] : [main, ...distinct];
}

/** The same package in two versions or lists is one tool to a reader. */
function once(profiles: readonly ToolProfile[]): ToolProfile[] {
  const seen = new Map<string, ToolProfile>();
  for (const profile of profiles) {
    const key = `${profile.name}\n${(profile.commands ?? []).join(' ')}`;
    const other = seen.get(key);
    if (!other || richness(profile) > richness(other)) seen.set(key, profile);
  }
  return [...seen.values()];
}

function richness({ description, notes }: ToolProfile): number {
  return (description ? 1 : 0) + notes.length;
}

function highest(contributions: readonly Contribution[]): Map<string, number> {
  const relevance = new Map<string, number>();
  for (const [id, value] of contributions.flatMap((contribution) => [...(contribution.relevance ?? [])])) {
    relevance.set(id, Math.max(value, relevance.get(id) ?? 0));
  }
  return relevance;
}

/** Use first, where it is known; then what the field is worth to an agent; then how much is known of the tool. */
function scoreOf(profile: ToolProfile, relevance: number | undefined): number {
  const worth = purposes[placeOf(profile)]?.worth ?? 0;
  const asked = isAsked(profile) ? 0.4 : 0;
  return (relevance ?? 0) * 2 + worth + asked + Math.min(profile.notes.length, 4) * 0.05;
}

/** Whether the user names it, or switches it on as a program, rather than that a service brings it along. */
function isAsked({ declarations }: ToolProfile): boolean {
  return declarations.some(({ by }) => by === null || by.startsWith('programs.'));
}

function placeOf({ purpose }: ToolProfile): number {
  return purposes.findIndex(({ id }) => id === purpose);
}
