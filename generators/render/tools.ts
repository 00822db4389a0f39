import { byText } from '../evidence/canonical.ts';
import type { Contribution, Inline } from '../frame.ts';
import type { ToolProfile } from '../schema/tool-profiles.ts';
import { purposes } from '../synthesize/purposes.ts';
import type { ContextInput } from './context.ts';
import type { Block, Line } from './fit.ts';
import { plainText } from './plain-text.ts';

/** A description longer than this is cut: CLAUDE.md is read at every start. */
const longestDescription = 90;
const commandsShown = 4;

/** The tools that an agent can run, by purpose, the most useful first. */
export function toolsBlock({ profiles, contributions, settings }: ContextInput): Block | null {
  const tools = once(profiles.profiles.filter(({ base, kind }) => !base && kind === 'tool'));
  if (tools.length === 0) return null;
  const relevance = highest(contributions.map(({ contribution }) => contribution));
  const ranked = tools
    .map((tool) => ({ tool, score: scoreOf(tool, relevance.get(tool.id)) }))
    .sort((a, b) => b.score - a.score || byText(a.tool.name, b.tool.name));
  const lines = ranked.map(({ tool }, rank): Line & { purpose: number } => ({
    content: toolLine(tool),
    group: profiles.purposes[tool.purpose] ?? tool.purpose,
    purpose: purposes.findIndex(({ id }) => id === tool.purpose),
    // Falls slowly: there are many tools, and each is one line.
    value: 100 / (1 + rank / 40),
  }));
  return {
    id: 'tools',
    place: 20,
    title: 'Tools',
    intro: ['On PATH, from the configuration. Prefer them to installing others.'],
    lines: lines.sort((a, b) => a.purpose - b.purpose || b.value - a.value),
    rest: (left) => [`${left} more: `, { code: `${settings.folder}/intelligence/tool_profiles.json` }, '.'],
  };
}

/** `**ripgrep** (`rg`): what it says of itself. What other evidence adds.` */
export function toolLine({ name, commands, description, notes }: ToolProfile): Inline[] {
  const own = commands ?? [];
  const shown = own.length === 1 && own[0] === name ? [] : own.slice(0, commandsShown);
  const said = plainText(description ?? '', longestDescription);
  const facts = [said, ...notes.map(({ text }) => plainText(text, 160))].filter((text) => text !== '');
  return [
    { strong: name },
    ...(shown.length > 0
      ? [
          ' (',
          ...shown.flatMap((code, index): Inline[] => (index === 0 ? [{ code }] : [', ', { code }])),
          own.length > shown.length ? `, ${own.length - shown.length} more)` : ')',
        ]
      : []),
    facts.length > 0 ? `: ${facts.join('; ')}` : '',
  ];
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
  const worth = purposes.find(({ id }) => id === profile.purpose)?.worth ?? 0;
  const named = profile.declarations.some(({ by }) => by === null) ? 0.15 : 0;
  return (
    (relevance ?? 0) * 2 + worth + named + (profile.description ? 0.2 : 0) + Math.min(profile.notes.length, 4) * 0.05
  );
}
