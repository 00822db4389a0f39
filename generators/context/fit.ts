import type { Evaluated } from '../evidence/evaluated.ts';
import type { Settings } from '../evidence/settings.ts';
import { byText } from '../order.ts';
import type { Block, Line } from './block.ts';
import { renderHeading, renderIntro, renderItem } from './render.ts';

export interface Budget {
  lines: number;
  tokens: number;
}

const bytesPerToken = 4;

/** The budget without options, and the numbers of declared packages from which and to which it grows. */
const small = { lines: 60, tokens: 1000, packages: 40 };
const large = { lines: 100, tokens: 2000, packages: 150 };

/** The budget of the settings; what they leave open grows with the number of declared packages. */
export function budgetFor({ budget }: Settings, { packages }: Evaluated): Budget {
  const declared = packages.filter(({ base }) => !base).length;
  const share = Math.min(1, Math.max(0, (declared - small.packages) / (large.packages - small.packages)));
  const between = (key: 'lines' | 'tokens'): number => Math.round(small[key] + share * (large[key] - small[key]));
  return { lines: budget.lines ?? between('lines'), tokens: budget.tokens ?? between('tokens') };
}

/** An estimate: a token for 4 bytes of UTF-8. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/**
 * The blocks with the lines that fit, chosen by falling value over all blocks. Each line is charged with the headings
 * and the introduction that it brings along. The introduction of a block says how many of its lines were left out.
 */
export function fitBlocks(blocks: readonly Block[], budget: Budget): Block[] {
  const remaining = { lines: budget.lines, bytes: Math.floor(budget.tokens * bytesPerToken) };
  const chosen = new Set<Line>();
  const started = new Set<string>();
  for (const { block, line } of byValue(blocks)) {
    if (remaining.lines === 0) break;
    const group = JSON.stringify([block.id, line.group]);
    const text = [
      // A blank line before the block.
      started.has(block.id) ? '' : `\n${startOf(block)}`,
      line.group === null || started.has(group) ? '' : renderHeading(3, line.group),
      renderItem(line.content),
    ].join('');
    const lines = text.split('\n').length - 1;
    const bytes = Buffer.byteLength(text);
    if (lines > remaining.lines || bytes > remaining.bytes) continue;
    remaining.lines -= lines;
    remaining.bytes -= bytes;
    chosen.add(line);
    started.add(block.id).add(group);
  }
  return blocks.filter(({ id }) => started.has(id)).map((block) => withLines(block, chosen));
}

function byValue(blocks: readonly Block[]): { block: Block; line: Line }[] {
  return blocks
    .flatMap((block) => block.lines.map((line) => ({ block, line })))
    .sort((a, b) => b.line.value - a.line.value || a.block.place - b.block.place || byText(a.block.id, b.block.id));
}

/** The heading and the longest introduction that a block can have. */
function startOf({ title, intro, leftOut }: Block): string {
  return (title === null ? '' : renderHeading(2, title)) + renderIntro([...intro, ' ', ...leftOut(99_999)]);
}

function withLines(block: Block, chosen: ReadonlySet<Line>): Block {
  const lines = block.lines.filter((line) => chosen.has(line));
  const count = block.lines.length - lines.length;
  return { ...block, lines, intro: count === 0 ? block.intro : [...block.intro, ' ', ...block.leftOut(count)] };
}
