import { expect, test } from 'vitest';
import { type Block, type Line, linesOf } from '../../generators/context/block.ts';
import { estimateTokens, fitBlocks } from '../../generators/context/fit.ts';
import { plain } from '../questions/plain.ts';

const unlimited = { lines: 1000, tokens: Number.POSITIVE_INFINITY };

function line(text: string, value: number, group: string | null = null): Line {
  return { content: [text], evidence: [], value, group };
}

function block(id: string, lines: Line[], other: Partial<Block> = {}): Block {
  return { id, place: 0, title: id, intro: [], lines, ...other };
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

test('the lines of lowest value go first, over all blocks', () => {
  const blocks = [
    block('a', [line('a1', 9), line('a2', 1), line('a3', 2)]),
    block('b', [line('b1', 8), line('b2', 7)], { intro: ['About b.'] }),
  ];
  // A blank line and a heading for each of the two blocks, an introduction, and three lines.
  expect(shown(blocks, { ...unlimited, lines: 8 })).toEqual({ a: ['a1'], b: ['About b.', 'b1', 'b2'] });
  expect(shown(blocks, { ...unlimited, lines: 7 })).toEqual({
    a: ['a1'],
    b: ['About b.', 'b1'],
  });
});

test('a block of which no line fits is not shown', () => {
  const blocks = [block('a', [line('a1', 9), line('a2', 8)]), block('b', [line('b1', 1)])];
  expect(shown(blocks, { ...unlimited, lines: 5 })).toEqual({ a: ['a1', 'a2'] });
});

test('a group is charged with its heading once', () => {
  const blocks = [block('a', [line('x1', 9, 'x'), line('x2', 8, 'x'), line('y1', 7, 'y')])];
  expect(shown(blocks, { ...unlimited, lines: 5 })).toEqual({ a: ['x1', 'x2'] });
  expect(shown(blocks, { ...unlimited, lines: 7 })).toEqual({ a: ['x1', 'x2', 'y1'] });
});

test('a line that is too long makes room for a shorter one of less value', () => {
  const blocks = [block('a', [line('first', 9), line('long '.repeat(100), 8), line('short', 7)])];
  expect(shown(blocks, { lines: 1000, tokens: 40 })).toEqual({ a: ['first', 'short'] });
});

test('lines of one value below a heading of their own are shown together or not at all', () => {
  const lines = [line('x1', 9, 'x'), line('x2', 9, 'x'), line('x3', 1, 'x'), line('y1', 5, 'y')];
  expect(shown([block('a', lines)], { ...unlimited, lines: 4 })).toEqual({ a: ['y1'] });
  expect(shown([block('a', lines)], { ...unlimited, lines: 5 })).toEqual({ a: ['x1', 'x2'] });
  expect(shown([block('a', lines)], unlimited)).toEqual({ a: ['x1', 'x2', 'x3', 'y1'] });
});

test('a finding that another block has shown is not repeated', () => {
  const from = (text: string, value: number, ...pointers: string[]): Line => ({
    ...line(text, value),
    evidence: pointers.map((pointer) => ({ file: 'usage_alignment.json', pointer })),
  });
  const blocks = (own: number) => [
    block('profile', [from('preferred', 9, '/preferences/0'), from('first choice', 8, '/preferences/0')]),
    block('habits', [
      from('prefers', own, '/preferences/0'),
      from('prefers, and more', 6, '/preferences/0', '/rules/1'),
    ]),
  ];
  expect(shown(blocks(7), unlimited)).toEqual({
    profile: ['preferred', 'first choice'],
    habits: ['prefers, and more'],
  });
  expect(shown(blocks(10), unlimited)).toEqual({ habits: ['prefers', 'prefers, and more'] });
});

test('the first lines of a section of little weight compete with the tools, the others do not', () => {
  const lines = ['1', '2', '3'].map((text) => ({ content: [text], evidence: [] }));
  expect(linesOf(lines, 50).map(({ value }) => value)).toEqual([350, 310, 50 / 1.2]);
  expect(linesOf(lines, 1000).map(({ value }) => Math.round(value))).toEqual([1000, 909, 833]);
});

test('equal values: the earlier block, then the earlier line', () => {
  const blocks = [block('b', [line('b1', 1)], { place: 2 }), block('a', [line('a1', 1), line('a2', 1)], { place: 1 })];
  expect(shown(blocks, { ...unlimited, lines: 3 })).toEqual({ a: ['a1'] });
});

test('tokens are estimated from bytes', () => {
  expect(['', 'a', 'a'.repeat(37), 'ä'.repeat(7)].map(estimateTokens)).toEqual([0, 1, 10, 4]);
});
