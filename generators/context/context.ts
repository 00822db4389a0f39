import type { Section } from '../content.ts';
import type { Settings } from '../evidence/settings.ts';
import { code } from '../inline.ts';
import { byText } from '../order.ts';
import { type Block, linesOf, onlyCounted } from './block.ts';
import { configurationBlock } from './configuration.ts';
import { estimateTokens, fitBlocks } from './fit.ts';
import type { ContextInput, Reader } from './input.ts';
import { lookUpBlock } from './look-up.ts';
import { machineBlock } from './machine.ts';
import { renderBlock, renderHeading } from './render.ts';
import { servicesBlock } from './services.ts';
import { shellBlock } from './shell.ts';
import { toolsBlock } from './tools.ts';

/**
 * CLAUDE.md and AGENTS.md within the budget: what this machine is, how software is installed on it, which tools it
 * has, what the questions found, and where the complete data is.
 */
export function contexts(input: ContextInput): Record<Reader, string> {
  const blocks = commonBlocks(input);
  return { claude: contextFor(input, blocks, 'claude'), any: contextFor(input, blocks, 'any') };
}

function contextFor(input: ContextInput, common: readonly Block[], reader: Reader): string {
  const title = renderHeading(1, 'This machine');
  const { lines, tokens } = input.settings.budget;
  const blocks = [...common, lookUpBlock(input, reader)].sort((a, b) => a.place - b.place || byText(a.id, b.id));
  const fitting = fitBlocks(blocks, {
    lines: lines - 1,
    tokens: (tokens ?? Number.POSITIVE_INFINITY) - estimateTokens(title),
  });
  return title + fitting.map(renderBlock).join('');
}

/** The blocks that are the same for every reader. */
function commonBlocks(input: ContextInput): Block[] {
  const sections = input.contributions.flatMap(({ contribution }) => contribution.sections ?? []);
  return [
    machineBlock(input),
    configurationBlock(input),
    toolsBlock(input),
    servicesBlock(input),
    shellBlock(input),
    ...sections.map((section) => contributedBlock(section, input.settings)),
  ];
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
