import type { RootContent } from 'mdast';
import type { Inline, Section } from '../content.ts';
import type { Settings } from '../evidence/settings.ts';
import { code } from '../inline.ts';
import { heading, list, paragraph, root, toMarkdown } from '../markdown.ts';
import { byText } from '../order.ts';
import { type Block, linesOf, onlyCounted } from './block.ts';
import { configurationBlock } from './configuration.ts';
import { estimateTokens, fitBlocks } from './fit.ts';
import type { ContextInput, Reader } from './input.ts';
import { lookUpBlock } from './look-up.ts';
import { machineBlock } from './machine.ts';
import { servicesBlock } from './services.ts';
import { shellBlock } from './shell.ts';
import { toolsBlock } from './tools.ts';

/**
 * CLAUDE.md and AGENTS.md within the budget: what this machine is, how software is installed on it, which tools it
 * has, what the questions found, and where the complete data is.
 */
export function contexts(input: ContextInput): Record<Reader, string> {
  return { claude: contextFor(input, 'claude'), any: contextFor(input, 'any') };
}

function contextFor(input: ContextInput, reader: Reader): string {
  const title = heading(1, ['This machine']);
  const { lines, tokens } = input.settings.budget;
  const blocks = fitBlocks(blocksFor(input, reader), {
    lines: lines - 1,
    tokens: (tokens ?? Number.POSITIVE_INFINITY) - estimateTokens(toMarkdown(root([title]))),
  });
  return toMarkdown(root([title, ...blocks.flatMap(contentOf)]));
}

/** All blocks in the order in which they are shown. */
function blocksFor(input: ContextInput, reader: Reader): Block[] {
  const sections = input.contributions.flatMap(({ contribution }) => contribution.sections ?? []);
  return [
    machineBlock(input),
    configurationBlock(input),
    toolsBlock(input),
    servicesBlock(input),
    shellBlock(input),
    ...sections.map((section) => contributedBlock(section, input.settings)),
    lookUpBlock(input, reader),
  ].sort((a, b) => a.place - b.place || byText(a.id, b.id));
}

function contributedBlock({ id, title, place, weight, intro = [], items, more }: Section, settings: Settings): Block {
  return {
    id,
    place,
    title,
    intro,
    lines: linesOf(items, (index) => weight / (1 + index / 10)),
    leftOut: (count) =>
      more === undefined
        ? onlyCounted(count)
        : [`${count} more: `, code(`${settings.folder}/intelligence/${more}`), '.'],
  };
}

function contentOf({ title, intro, lines }: Block): RootContent[] {
  const groups: { title: string | null; items: (readonly Inline[])[] }[] = [];
  for (const { group, content } of lines) {
    const last = groups.at(-1);
    if (last !== undefined && last.title === group) last.items.push(content);
    else groups.push({ title: group, items: [content] });
  }
  return [
    ...(title === null ? [] : [heading(2, [title])]),
    ...(intro.length === 0 ? [] : [paragraph(intro)]),
    ...groups.flatMap((group) => [...(group.title === null ? [] : [heading(3, [group.title])]), list(group.items)]),
  ];
}
