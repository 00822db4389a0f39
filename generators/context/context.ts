import type { Section } from '../content.ts';
import type { Settings } from '../evidence/settings.ts';
import { code } from '../inline.ts';
import { byText } from '../order.ts';
import { type Block, linesOf, onlyCounted, type Pointer } from './block.ts';
import { configurationBlock } from './configuration.ts';
import { budgetFor, estimateTokens, fitBlocks } from './fit.ts';
import type { ContextInput, Reader } from './input.ts';
import { intelligenceBlock } from './intelligence.ts';
import { lookUpBlock } from './look-up.ts';
import { machineBlock } from './machine.ts';
import { renderBlock, renderHeading, renderItem } from './render.ts';
import { servicesBlock } from './services.ts';
import { shellBlock } from './shell.ts';
import { toolsBlock } from './tools.ts';

/**
 * CLAUDE.md and AGENTS.md within the budget: what this machine is, how software is installed on it, which tools it
 * has, what the questions found, and where the complete data is.
 */
export function contexts(input: ContextInput): Record<Reader, Context> {
  const blocks = commonBlocks(input);
  return { claude: contextFor(input, blocks, 'claude'), any: contextFor(input, blocks, 'any') };
}

/** A document, with the evidence for its lines. */
export interface Context {
  text: string;
  lines: { line: number; text: string; evidence: readonly Pointer[] }[];
}

function contextFor(input: ContextInput, common: readonly Block[], reader: Reader): Context {
  const title = renderHeading(1, 'This machine');
  const { lines, tokens } = budgetFor(input.settings, input.evidence.evaluated);
  const blocks = [...common, lookUpBlock(input, reader)].sort((a, b) => a.place - b.place || byText(a.id, b.id));
  const fitting = fitBlocks(blocks, {
    lines: lines - 1,
    tokens: tokens - estimateTokens(title),
  });
  const text = title + fitting.map(renderBlock).join('');
  return { text, lines: evidenceOfLines(text, fitting) };
}

/** The lines of the text with evidence, numbered from 1. */
function evidenceOfLines(text: string, blocks: readonly Block[]): Context['lines'] {
  const pointers = new Map(
    blocks.flatMap(({ lines }) =>
      lines.map(({ content, evidence }) => [renderItem(content).trimEnd(), evidence] as const),
    ),
  );
  return text.split('\n').flatMap((line, index) => {
    const evidence = pointers.get(line) ?? [];
    return evidence.length === 0 ? [] : [{ line: index + 1, text: line, evidence }];
  });
}

/** The blocks that are the same for every reader. */
function commonBlocks(input: ContextInput): Block[] {
  const sections = input.contributions.flatMap(({ file, contribution }) =>
    (contribution.sections ?? []).map((section) => contributedBlock(section, `${file}.json`, input.settings)),
  );
  return [
    machineBlock(input),
    configurationBlock(input),
    toolsBlock(input),
    intelligenceBlock(input),
    servicesBlock(input),
    shellBlock(input),
    ...sections,
  ];
}

function contributedBlock(
  { id, title, place, weight, intro = [], items, more }: Section,
  file: string,
  settings: Settings,
): Block {
  return {
    id,
    place,
    title,
    intro,
    lines: linesOf(
      items.map(({ content, evidence }) => ({ content, evidence: evidence.map((pointer) => ({ file, pointer })) })),
      (index) => weight / (1 + index / 10),
    ),
    leftOut: (count) =>
      more === undefined
        ? onlyCounted(count)
        : [`${count} more: `, code(`${settings.folder}/intelligence/${more}`), '.'],
  };
}
