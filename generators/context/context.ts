import type { Section } from '../content.ts';
import type { EntrySource } from '../evidence/entry-source.ts';
import { byText } from '../order.ts';
import { aboutBlock } from './about.ts';
import { type Block, linesOf, type Pointer } from './block.ts';
import { configurationBlock } from './configuration.ts';
import { budgetFor, estimateTokens, fitBlocks } from './fit.ts';
import type { ContextInput } from './input.ts';
import { intelligenceBlock } from './intelligence.ts';
import { machineBlock } from './machine.ts';
import { renderBlock, renderHeading, renderItem } from './render.ts';
import { servicesBlock } from './services.ts';
import { shellBlock } from './shell.ts';
import { type Documents, withSource } from './sources.ts';
import { toolsBlock } from './tools.ts';

/** A document, with the evidence for its lines: none for those that are the same on every machine. */
export interface Context {
  text: string;
  lines: { line: number; text: string; evidence: (Pointer & EntrySource)[] }[];
}

/**
 * CLAUDE.md and AGENTS.md within the budget: what this machine is, how software is installed on it, which tools it
 * has, and what the questions found.
 */
export function contextOf(input: ContextInput): Context {
  const title = renderHeading(1, 'This machine');
  const { lines, tokens } = budgetFor(input.settings, input.evidence.evaluated);
  const blocks = fitBlocks(mergedByTitle(blocksOf(input)), {
    lines: lines - 1,
    tokens: tokens - estimateTokens(title),
  });
  const text = title + blocks.map(renderBlock).join('');
  return { text, lines: evidenceOfLines(text, blocks, input.documents) };
}

/** The lines of the text, without headings, numbered from 1. */
function evidenceOfLines(text: string, blocks: readonly Block[], documents: Documents): Context['lines'] {
  const pointers = new Map(
    blocks.flatMap(({ lines }) =>
      lines.map(({ content, evidence }) => [renderItem(content).trimEnd(), evidence] as const),
    ),
  );
  return text.split('\n').flatMap((line, index) => {
    if (line === '' || line.startsWith('#')) return [];
    const evidence = (pointers.get(line) ?? []).map((pointer) => withSource(pointer, documents));
    return [{ line: index + 1, text: line, evidence }];
  });
}

/** The blocks in the order in which they are shown. */
function blocksOf(input: ContextInput): Block[] {
  const sections = input.contributions.flatMap(({ file, contribution }) =>
    (contribution.sections ?? []).map((section) => contributedBlock(section, `${file}.json`)),
  );
  return [
    machineBlock(input),
    configurationBlock(input),
    toolsBlock(input),
    intelligenceBlock(input),
    servicesBlock(input),
    shellBlock(input),
    ...sections,
    aboutBlock(input),
  ].sort((a, b) => a.place - b.place || byText(a.id, b.id));
}

function contributedBlock({ id, title, place, weight, intro = [], items }: Section, file: string): Block {
  const lines = items.map(({ content, evidence }) => ({
    content,
    evidence: evidence.map((pointer) => ({ file, pointer })),
  }));
  return { id, place, title, intro, lines: linesOf(lines, weight) };
}

/** One block for each title, at the place of the first. */
function mergedByTitle(blocks: readonly Block[]): Block[] {
  const byTitle = new Map<string | null, Block>();
  for (const block of blocks) {
    const first = byTitle.get(block.title);
    byTitle.set(block.title, first === undefined ? block : { ...first, lines: [...first.lines, ...block.lines] });
  }
  return [...byTitle.values()];
}
