import type { Inline } from '../content.ts';
import { byText } from '../order.ts';

/** A block of the document: a heading, an introduction, its lines. Groups are headings within it. */
export interface Block {
  id: string;
  /** Blocks keep this order. */
  place: number;
  title: string;
  intro: readonly Inline[] | null;
  lines: readonly Line[];
  /** Says how many lines were left out and where they are. */
  rest: (left: number) => readonly Inline[];
}

export interface Line {
  content: readonly Inline[];
  /** Lines of the whole document are kept in descending value: what does not fit goes. */
  value: number;
  /** Title of the group below the block's heading that the line belongs to. */
  group: string | null;
}

export interface Budget {
  lines: number;
  tokens: number;
}

const bytesPerToken = 3.5;

/** Tokens are estimated, not counted: one for 3.5 bytes of UTF-8, a little above what Markdown of this kind takes. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/**
 * Never less than the bytes of the Markdown of a line: what may have to be escaped is counted as if it
 * were. Writing the line to measure it would double the time of the whole.
 */
function bytesAtMost(content: readonly Inline[]): number {
  let bytes = 3; // the bullet, the line break
  for (const part of content) {
    const text = typeof part === 'string' ? part : (Object.values(part)[0] as string);
    bytes += Buffer.byteLength(text) + (text.match(/[^a-zA-Z0-9\u0080-\uffff .,;:()/'-]/g)?.length ?? 0);
    // Code may need longer fences; the blanks and letters beside emphasis may have to be written as entities.
    if (typeof part !== 'string') bytes += 'code' in part ? 4 + 2 * longestRun(text) : 24;
  }
  return bytes + 12;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/**
 * Chooses the lines that fit: by falling value over all blocks, each charged with the heading, the
 * introduction and the remark about what was left out that it brings along.
 */
export function fitBlocks(blocks: readonly Block[], budget: Budget): Block[] {
  const kept = new Map(blocks.map(({ id }) => [id, new Set<number>()]));
  const spent = { lines: 0, bytes: 0 };
  const candidates = blocks
    .flatMap((block) => block.lines.map((line, index) => ({ block, line, index })))
    .sort(
      (a, b) =>
        b.line.value - a.line.value ||
        a.block.place - b.block.place ||
        byText(a.block.id, b.block.id) ||
        a.index - b.index,
    );

  for (const { block, line, index } of candidates) {
    const chosen = kept.get(block.id) as Set<number>;
    const cost = { lines: 1, bytes: bytesAtMost(line.content) };
    if (chosen.size === 0) {
      // The heading, the introduction with the remark about what was left out, the blank line before.
      cost.lines += 3;
      cost.bytes += bytesAtMost([block.title]) + bytesAtMost([...(block.intro ?? []), ' ', ...block.rest(99_999)]) + 6;
    }
    if (line.group !== null && ![...chosen].some((other) => block.lines[other]?.group === line.group)) {
      cost.lines += 1;
      cost.bytes += bytesAtMost([line.group]) + 6;
    }
    if (spent.lines + cost.lines > budget.lines || (spent.bytes + cost.bytes) / bytesPerToken > budget.tokens) continue;
    chosen.add(index);
    spent.lines += cost.lines;
    spent.bytes += cost.bytes;
  }
  return blocks
    .map((block) => {
      const lines = block.lines.filter((_, index) => kept.get(block.id)?.has(index));
      const left = block.lines.length - lines.length;
      const intro = [...(block.intro ?? []), ...(left > 0 ? [block.intro ? ' ' : '', ...block.rest(left)] : [])];
      return { ...block, lines, intro: intro.length > 0 ? intro : null };
    })
    .filter(({ lines }) => lines.length > 0);
}
