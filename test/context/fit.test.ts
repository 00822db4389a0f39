import { expect, test } from 'vitest';
import type { Block, Line } from '../../generators/context/block.ts';
import { estimateTokens, fitBlocks } from '../../generators/context/fit.ts';
import { plain } from '../questions/plain.ts';

const unlimited = { lines: 1000, tokens: Number.POSITIVE_INFINITY };

function line(text: string, value: number, group: string | null = null): Line {
  return { content: [text], evidence: [], value, group };
}

function block(id: string, lines: Line[], other: Partial<Block> = {}): Block {
  return { id, place: 0, title: id, intro: [], lines, leftOut: (count) => [`${count} more.`], ...other };
}

/** The lines of each block, and its introduction in front where it has one. */
function shown(blocks: readonly Block[], budget: { lines: number; tokens: number }): Record<string, string[]> {
  return Object.fromEntries(
    fitBlocks(blocks, budget).map(({ id, intro, lines }) => [
      id,
      [...(intro.length > 0 ? [plain(intro).trim()] : []), ...lines.map(({ content }) => plain(content))],
    ]),
  );
}

test('within the budget everything stays, in its order', () => {
  const blocks = [
    block('a', [line('low', 1), line('high', 9)]),
    block('b', [line('middle', 5)], { intro: ['About b.'] }),
  ];
  expect(shown(blocks, unlimited)).toEqual({ a: ['low', 'high'], b: ['About b.', 'middle'] });
});

test('the lines of lowest value go first, over all blocks, and the introduction counts them', () => {
  const blocks = [
    block('a', [line('a1', 9), line('a2', 1), line('a3', 2)]),
    block('b', [line('b1', 8), line('b2', 7)], { intro: ['About b.'] }),
  ];
  // A blank line, a heading and an introduction for each of the two blocks, and three lines.
  expect(shown(blocks, { ...unlimited, lines: 9 })).toEqual({ a: ['2 more.', 'a1'], b: ['About b.', 'b1', 'b2'] });
  expect(shown(blocks, { ...unlimited, lines: 8 })).toEqual({
    a: ['2 more.', 'a1'],
    b: ['About b. 1 more.', 'b1'],
  });
});

test('a block of which no line fits is not shown', () => {
  const blocks = [block('a', [line('a1', 9), line('a2', 8)]), block('b', [line('b1', 1)])];
  expect(shown(blocks, { ...unlimited, lines: 5 })).toEqual({ a: ['a1', 'a2'] });
});

test('a group is charged with its heading once', () => {
  const blocks = [block('a', [line('x1', 9, 'x'), line('x2', 8, 'x'), line('y1', 7, 'y')])];
  expect(shown(blocks, { ...unlimited, lines: 6 })).toEqual({ a: ['1 more.', 'x1', 'x2'] });
  expect(shown(blocks, { ...unlimited, lines: 8 })).toEqual({ a: ['x1', 'x2', 'y1'] });
});

test('a line that is too long makes room for a shorter one of less value', () => {
  const blocks = [block('a', [line('first', 9), line('long '.repeat(100), 8), line('short', 7)])];
  expect(shown(blocks, { lines: 1000, tokens: 40 })).toEqual({ a: ['1 more.', 'first', 'short'] });
});

test('equal values: the earlier block, then the earlier line', () => {
  const blocks = [block('b', [line('b1', 1)], { place: 2 }), block('a', [line('a1', 1), line('a2', 1)], { place: 1 })];
  expect(shown(blocks, { ...unlimited, lines: 4 })).toEqual({ a: ['1 more.', 'a1'] });
});

test('tokens are estimated from bytes', () => {
  expect(['', 'a', 'a'.repeat(37), 'ä'.repeat(7)].map(estimateTokens)).toEqual([0, 1, 10, 4]);
});
