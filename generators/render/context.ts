import type { Contribution, Evidence, Inline, Section } from '../frame.ts';
import type { Settings } from '../schema/settings.ts';
import type { ToolProfiles } from '../schema/tool-profiles.ts';
import { type Block, fitBlocks } from './fit.ts';
import { configurationBlock, machineBlock } from './machine.ts';
import { heading, lineOf, list, paragraph, root, toMarkdown } from './markdown.ts';
import { restBlock } from './rest.ts';
import { servicesBlock } from './services.ts';
import { toolsBlock } from './tools.ts';

/** Whom a context file is for: only the client that is Claude Code knows plugins, skills and `~/.claude`. */
export type Reader = 'claude' | 'any';

export interface ContextInput {
  evidence: Evidence;
  profiles: ToolProfiles;
  contributions: readonly { file: string; contribution: Contribution }[];
  settings: Settings;
  /** Files below `intelligence/`, with what each answers. */
  files: readonly { file: string; title: string }[];
  /** Evidence that is missing or was rejected, in words. */
  gaps: readonly string[];
}

/**
 * CLAUDE.md (or AGENTS.md) within the budget: what this machine is, how software gets onto it, what there
 * is to work with, and where the rest stands. The most valuable lines are kept, each section says how many
 * it left out.
 */
export function context(input: ContextInput, reader: Reader): string {
  const { budget } = input.settings;
  const title: Inline[] = ['This machine'];
  const blocks = [
    machineBlock(input),
    configurationBlock(input, reader),
    toolsBlock(input),
    servicesBlock(input),
    ...contributed(input),
    restBlock(input),
  ].filter((block) => block !== null);
  const kept = fitBlocks(
    blocks,
    { lines: budget.lines - 1, tokens: (budget.tokens ?? Number.POSITIVE_INFINITY) - 8 },
    lineOf,
  );
  return toMarkdown(
    root([
      heading(1, title),
      ...[...kept]
        .sort((a, b) => a.place - b.place)
        .flatMap((block) => [
          ...(block.title === '' ? [] : [heading(2, [block.title])]),
          ...(block.intro ? [paragraph(block.intro)] : []),
          ...grouped(block),
        ]),
    ]),
  );
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
