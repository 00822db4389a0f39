import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, codes, enumerated, inline, limited, rounded } from '../generators/inline.ts';

test.each([
  [0, '0'],
  [5, '5'],
  [40, '40'],
  [99, '100'],
  [128, '130'],
  [995, '1000'],
  [1234, '1200'],
  [2_345_678, '2300000'],
])('%i is rounded to %s', (count, expected) => {
  expect(rounded(count)).toBe(expected);
});

test.each([
  'sha256sum',
  'python3.13',
  'x86_64-linux',
  'nodejs_22',
  '2026-11-28',
  '1.2 GB of 1234 MB',
  '/usr/lib64/ld-linux-x86-64.so.2',
])('digits in `%s` stay as they are', (name) => {
  expect(inline`${name} and ${code(name)}: ${1234} times`).toEqual([
    name,
    ' and ',
    { code: name },
    ': ',
    '1200',
    ' times',
  ]);
});

test('no text is changed, whatever its digits', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, count) => {
      const content = inline`a ${text} b ${count} c ${code(text)}`;
      expect(content.filter((part) => typeof part === 'string').join('')).toBe(`a ${text} b ${rounded(count)} c `);
      expect(content.at(-1)).toEqual({ code: text });
    }),
  );
});

test('content in a template is spread', () => {
  expect(inline`${codes(['a', 'b'])}.`).toEqual([{ code: 'a' }, ', ', { code: 'b' }, '.']);
});

test.each([
  [[], []],
  [['a'], [{ code: 'a' }]],
  [
    ['a', 'b'],
    [{ code: 'a' }, ' and ', { code: 'b' }],
  ],
  [
    ['a', 'b', 'c'],
    [{ code: 'a' }, ', ', { code: 'b' }, ' and ', { code: 'c' }],
  ],
])('the enumeration of %j', (names, expected) => {
  expect(enumerated(names.map(code))).toEqual(expected);
});

test('names beyond the limit are counted', () => {
  expect(limited(['a', 'b', 'c'], 2)).toEqual([{ code: 'a' }, ', ', { code: 'b' }, ', 1 more']);
  expect(limited(['a', 'b'], 2)).toEqual([{ code: 'a' }, ', ', { code: 'b' }]);
});
