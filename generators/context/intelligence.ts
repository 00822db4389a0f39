import type { Inline, ToolNote } from '../content.ts';
import { plainText } from '../text.ts';
import type { ToolProfile } from '../tools/schema.ts';
import type { Block, Line } from './block.ts';
import type { ContextInput } from './input.ts';

const maxTools = 5;
/** Minimum number of kinds of facts about a tool. */
const minKinds = 3;
const longestText = 160;

const labels: readonly (readonly [kind: ToolNote['kind'], label: string])[] = [
  ['reason', 'Purpose'],
  ['use', 'Usage'],
  ['preference', 'Context'],
  ['workflow', 'Workflow'],
  ['dependency', 'Dependencies'],
  ['recommendation', 'Recommendation'],
];

/** That nothing else is needed changes no step of an agent; what to use is in the rules and beside the tool's name. */
const leastTelling: ReadonlySet<ToolNote['kind']> = new Set(['dependency', 'recommendation']);

/** Facts about the tools that the user works with: tools with uses and at least three kinds of evidence. */
export function intelligenceBlock({ profiles }: ContextInput): Block {
  const known = profiles.profiles
    .map((profile, index) => ({ profile, index, kinds: new Set(profile.notes.map(({ kind }) => kind)) }))
    .filter(({ profile, kinds }) => kinds.size >= minKinds && isTelling(kinds) && !isNeverTyped(profile))
    .sort((a, b) => b.kinds.size - a.kinds.size || a.index - b.index)
    .slice(0, maxTools);
  return {
    id: 'intelligence',
    place: 30,
    title: 'Tool Intelligence',
    intro: [],
    lines: known.flatMap(({ profile, index }, rank) => linesOfTool(profile, index, rank)),
  };
}

/** One line for each kind, in the order of the labels. */
function linesOfTool({ name, commands, notes }: ToolProfile, index: number, rank: number): Line[] {
  const [main] = commands ?? [];
  const title = plainText(main === undefined || main === name ? name : `${name} (${main})`, longestText);
  return labels.flatMap(([kind, label]) => {
    const ofKind = notes.filter((note) => note.kind === kind);
    if (ofKind.length === 0) return [];
    const content: Inline[] = [
      { strong: label },
      `: ${plainText(ofKind.map(({ text }) => text).join('; '), longestText)}`,
    ];
    return [
      {
        content,
        evidence: [
          { file: 'tool_profiles.json', pointer: `/profiles/${index}` },
          ...ofKind.map(({ from, pointer }) => ({ file: from, pointer })),
        ],
        // The first tool stays where space is short.
        value: leastTelling.has(kind) ? 1 : rank === 0 ? 360 : 85 - rank * 10,
        group: title,
      },
    ];
  });
}

/** Its use, and something else that an agent does not find elsewhere. */
function isTelling(kinds: ReadonlySet<ToolNote['kind']>): boolean {
  return kinds.has('use') && [...kinds].some((kind) => kind !== 'use' && !leastTelling.has(kind));
}

function isNeverTyped({ notes }: ToolProfile): boolean {
  return notes.some(({ kind, text }) => kind === 'use' && text.startsWith('never'));
}
