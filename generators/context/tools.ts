import type { Inline } from '../content.ts';
import { knownPurpose } from '../data/known-tools.ts';
import { code, codes, inline, joined, limited } from '../inline.ts';
import { byText } from '../order.ts';
import { plainText } from '../text.ts';
import { purposes } from '../tools/purposes.ts';
import type { ToolProfile } from '../tools/schema.ts';
import type { Block, Line, Pointer } from './block.ts';
import type { ContextInput } from './input.ts';
import { renderItem } from './render.ts';

const longestDescription = 90;
const longestName = 60;
const longestPlace = 120;
/** Commands that a preferred one replaces. */
const shownCommands = 3;
const shownInGroup = 16;
/** Tools of the user's own: with a description, and by name. */
const shownDescribed = 6;
const shownNamed = 24;
const shownGraphical = 12;
/** In characters, of a line with several groups. */
const longestSharedLine = 140;

/**
 * The tools that an agent can run: one line of names for each purpose, the most useful first. A model knows public
 * tools; what it cannot know has a line of its own.
 */
export function toolsBlock({ profiles, contributions, evidence }: ContextInput): Block {
  const declared = withoutDuplicates(profiles.profiles.filter(({ base }) => !base));
  const ranked = byScore(
    declared.filter((tool) => tool.kind === 'tool' && !isPartOfService(tool)),
    highestRelevance(contributions),
  );
  const graphical = declared.filter((profile) => profile.kind === 'graphical' && isUsersChoice(profile));
  const preferred = preferredOver(contributions);
  const pointerOf = ({ id }: ToolProfile): Pointer => ({
    file: 'tool_profiles.json',
    pointer: `/profiles/${profiles.profiles.findIndex((one) => one.id === id)}`,
  });
  const onlyHere = ranked.filter(isOnlyHere);
  const described = onlyHere.filter(({ description }) => plainText(description ?? '') !== '').slice(0, shownDescribed);
  const named = onlyHere.filter((tool) => !described.includes(tool)).slice(0, shownNamed);
  const own = [...described, ...named];
  const groups = purposes.flatMap(({ id, title, worth }) => {
    const tools = ranked.filter((tool) => (tool.purpose ?? 'other') === id && !own.includes(tool));
    if (tools.length === 0) return [];
    const shown = tools.slice(0, shownInGroup);
    const more = tools.length - shown.length;
    return [
      {
        content: [
          { strong: title },
          ': ',
          ...joined(shown.map((tool) => toolName(tool, preferred))),
          more > 0 ? `, ${more} more` : '',
        ],
        evidence: shown.map(pointerOf),
        value: 300 + worth * 100,
        group: null,
      },
    ];
  });
  return {
    id: 'tools',
    place: 20,
    title: 'Tools',
    intro: evidence.evaluated.platform === 'unknown' ? ['Found on this machine.'] : [],
    lines: [
      ...sharingLines(groups),
      ...(own.length === 0
        ? []
        : [
            {
              content: [
                { strong: 'Only here' },
                ': ',
                ...joined(
                  [
                    ...described.map(ownTool),
                    ...(named.length === 0 ? [] : [joined(named.map((tool) => toolName(tool, new Map())))]),
                  ],
                  '; ',
                ),
              ],
              evidence: own.map(pointerOf),
              value: 420,
              group: null,
            },
          ]),
      ...(graphical.length === 0
        ? []
        : [
            {
              content: [
                'Graphical, for the user: ',
                ...limited(graphical.map(({ name }) => plainText(name, longestName)).sort(byText), shownGraphical),
              ],
              evidence: graphical.slice(0, shownGraphical).map(pointerOf),
              value: 30,
              group: null,
            },
          ]),
    ],
  };
}

/** Small groups share a line, as headings of one tool each would use up the budget of lines. */
function sharingLines(groups: readonly Line[]): Line[] {
  const lines: Line[] = [];
  for (const group of groups) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + lengthOf(group) <= longestSharedLine) {
      lines[lines.length - 1] = {
        ...last,
        content: [...last.content, ' · ', ...group.content],
        evidence: [...last.evidence, ...group.evidence],
        value: Math.max(last.value, group.value),
      };
    } else lines.push(group);
  }
  return lines;
}

function lengthOf({ content }: Line): number {
  return renderItem(content).length;
}

/**
 * A program that only a service or a desktop brings, and that is neither a public tool nor, with a known purpose, named
 * as that option (`networkmanager`'s plugins): no tool to call.
 */
function isPartOfService({ name, purpose, declarations }: ToolProfile): boolean {
  const isNamedAs = (option: string): boolean => (purpose ?? 'other') !== 'other' && option.endsWith(`.${name}`);
  return (
    declarations.length > 0 &&
    knownPurpose(name) === undefined &&
    declarations.every(({ by }) => by !== null && !by.startsWith('programs.') && !isNamedAs(by))
  );
}

/** `rg` (not `grep`): the command, and what the user does not use where that is known. */
function toolName({ id, name, commands }: ToolProfile, preferred: ReadonlyMap<string, readonly string[]>): Inline[] {
  const [main] = tellingCommands(name, commands ?? []);
  const over = preferred.get(id) ?? [];
  return [
    code(plainText(main ?? name, longestName)),
    ...(over.length === 0 ? [] : inline` (not ${codes(over.slice(0, shownCommands))})`),
  ];
}

/** package id -> the commands over which the user prefers it */
function preferredOver(contributions: ContextInput['contributions']): ReadonlyMap<string, readonly string[]> {
  return new Map(
    contributions.flatMap(({ contribution }) =>
      [...(contribution.tools ?? [])].flatMap(([id, notes]) => {
        const over = notes.flatMap(({ over: others }) => others ?? []);
        return over.length === 0 ? [] : [[id, over] as const];
      }),
    ),
  );
}

/**
 * Not a public tool: a script of the user's own (no version, no home page), or from an input of the flake. No model
 * knows it by its name.
 */
function isOnlyHere({ version, homepage, declarations }: ToolProfile): boolean {
  return (
    (version === null && homepage === null) ||
    declarations.some(({ attribute }) => /^(?:inputs|self)\.|^inputs'?\./.test(attribute ?? ''))
  );
}

function ownTool(tool: ToolProfile): Inline[] {
  const description = plainText(tool.description ?? '', longestDescription).replace(/\.$/, '');
  const place = tool.declarations.find(({ by }) => by === null);
  return [
    ...toolName(tool, new Map()),
    description === '' ? '' : ` ${description}`,
    ...(place?.line === undefined ? [] : inline` (${code(plainText(`${place.file}:${place.line}`, longestPlace))})`),
  ];
}

/** The main command, or the commands that the name of the package does not imply: not `git-shell` beside `git`. */
function tellingCommands(name: string, [main, ...others]: readonly string[]): string[] {
  if (main === undefined) return [];
  if (main === name) return [main];
  return [main, ...others.filter((command) => !command.startsWith(main) && !/^[.\d]|\./.test(command))];
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
