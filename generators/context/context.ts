import type { Root } from 'mdast';
import type { Inline, Section } from '../content.ts';
import type { Settings } from '../evidence/settings.ts';
import { heading, list, paragraph, root, toMarkdown } from '../markdown.ts';
import { byText } from '../order.ts';
import { type Block, fitBlocks } from './fit.ts';
import type { ContextInput, Reader } from './input.ts';
import { configurationBlock, machineBlock } from './machine.ts';
import { restBlock } from './rest.ts';
import { servicesBlock } from './services.ts';
import { shellBlock } from './shell.ts';
import { toolsBlock } from './tools.ts';

/**
 * CLAUDE.md and AGENTS.md within the budget: what this machine is, how software gets onto it, what there
 * is to work with, and where the rest stands. The most valuable lines are kept, each section says how many
 * it left out.
 */
export function contexts(input: ContextInput): Record<Reader, string> {
  const forAny = restBlock(input, 'any');
  const blocks = [
    machineBlock(input),
    configurationBlock(input),
    toolsBlock(input),
    servicesBlock(input),
    shellBlock(input),
    ...contributed(input),
    forAny,
  ].filter((block) => block !== null);
  const { lines, tokens } = input.settings.budget;
  const kept = fitBlocks(blocks, { lines: lines - 1, tokens: (tokens ?? Number.POSITIVE_INFINITY) - 8 }).sort(
    (a, b) => a.place - b.place || byText(a.id, b.id),
  );
  const written = new Map<string, string>();
  const forReader = (reader: Reader) => {
    const parts = kept.map((block) => {
      // The readers' texts differ in one introduction: that for any reader, the longer, was measured.
      const own =
        block.id === forAny.id
          ? [...(restBlock(input, reader).intro ?? []), ...(block.intro ?? []).slice(forAny.intro?.length ?? 0)]
          : block.intro;
      const shown = { ...block, intro: own };
      // Most sections are the same for both, and writing them is most of the work.
      const key = JSON.stringify(shown);
      const text = written.get(key) ?? toMarkdown(section(shown));
      written.set(key, text);
      return text;
    });
    return [toMarkdown(root([heading(1, ['This machine'])])), ...parts].join('\n');
  };
  return { claude: forReader('claude'), any: forReader('any') };
}

function section(block: Block): Root {
  return root([
    ...(block.title === '' ? [] : [heading(2, [block.title])]),
    ...(block.intro ? [paragraph(block.intro)] : []),
    ...grouped(block),
  ]);
}

function grouped({ lines }: Block) {
  const groups: { title: string | null; items: (readonly Inline[])[] }[] = [];
  for (const { group, content } of lines) {
    const last = groups.at(-1);
    if (last && last.title === group) last.items.push(content);
    else groups.push({ title: group, items: [content] });
  }
  return groups.flatMap(({ title, items }) => [...(title === null ? [] : [heading(3, [title])]), list(items)]);
}

/** The sections that analyses contribute, in their own places, as blocks. */
function contributed({ contributions, settings }: ContextInput): Block[] {
  const sections = contributions.flatMap(({ contribution }) => contribution.sections ?? []);
  return sections.filter(({ items }) => items.length > 0).map((section) => contributedBlock(section, settings));
}

function contributedBlock({ id, title, place, weight, intro, items, more }: Section, settings: Settings): Block {
  return {
    id,
    place,
    title,
    intro: intro ?? null,
    lines: items.map((content, index) => ({ content, group: null, value: weight / (1 + index / 10) })),
    rest: (left) => [
      `${left} more`,
      ...(more ? [': ', { code: `${settings.folder}/intelligence/${more}` }] : [' left out']),
      '.',
    ],
  };
}
