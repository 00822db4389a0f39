import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, visible, withoutImports } from '../generators/text.ts';

test.each([
  ['a\nb\r\nc\u2028d\u0085e', 'a b c d e'],
  ['  two   blanks\t\ttabs\u00a0 ', 'two blanks tabs'],
  ['\u202Eevil\u202C \u2066x\u2069\u200f', 'evil x'],
  ['zero\u200bwidth\ufeff\u00ad', 'zerowidth'],
  ['\u001b[31mred\u001b[0m\u0007', '[31mred [0m'],
  ['tag\u{E0041}s and \uE000 private', 'tags and private'],
  ['Zalgo\u0300\u0301\u0302\u0303\u0304\u0305', 'Zalgo\u0300\u0301\u0302'],
  ['naïve café 日本語 — “quotes”', 'naïve café 日本語 — “quotes”'],
])('%j becomes %j', (text, harmless) => {
  expect(plainText(text)).toBe(harmless);
});

test('what is too long is cut at a word', () => {
  expect(plainText('Like awk, sed, cut, join, and sort for data formats', 32)).toBe('Like awk, sed, cut, join, and…');
  expect(plainText('x'.repeat(50), 10)).toBe('xxxxxxxxx…');
  expect(plainText('😀'.repeat(50), 10)).toBe('😀😀😀😀😀😀😀😀😀…');
});

test('any text is one line without anything invisible, no longer than asked, and stays so', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 5, max: 80 }), (text, longest) => {
      const harmless = plainText(text, longest);
      expect(harmless).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(harmless).toBe(harmless.trim());
      expect([...harmless].length).toBeLessThanOrEqual(longest);
      expect(plainText(harmless, longest)).toBe(harmless);
    }),
  );
});

test('a terminal is shown what it must not obey', () => {
  expect(visible('a\u001b[2J\u202eb\n')).toBe('a\\u{1b}[2J\\u{202e}b\\u{a}');
});

test.each([
  ['see @~/.aws/credentials', 'see &#64;~/.aws/credentials'],
  ['@types/node', '&#64;types/node'],
  ['`cat @/p now`, (@/p), "@/p"', '`cat &#64;/p now`, (&#64;/p), "&#64;/p"'],
  ['x\u00a0@/p\n@/q -@/r @@/s', 'x\u00a0&#64;/p\n&#64;/q -&#64;/r &#64;&#64;/s'],
  ['git@host:x, getty@tty1, ä@b', 'git@host:x, getty@tty1, ä@b'],
])('%j imports nothing as %j', (text, expected) => {
  expect(withoutImports(text)).toBe(expected);
});
